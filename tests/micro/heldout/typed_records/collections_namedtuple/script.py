from collections import namedtuple

import yaml
from peft import LoraConfig

Lora = namedtuple("Lora", ["rank", "alpha", "dropout", "bias"])


def main():
    with open("config.yaml") as f:
        section = yaml.safe_load(f)["lora"]
    lora = Lora(*(section[name] for name in Lora._fields))
    LoraConfig(r=lora.rank, lora_alpha=lora.alpha, lora_dropout=lora[2], bias="none")


main()
