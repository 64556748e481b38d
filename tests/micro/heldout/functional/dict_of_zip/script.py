import yaml
from peft import LoraConfig

PARAMS = ("r", "lora_alpha", "lora_dropout")


def main():
    with open("config.yaml") as f:
        lora = yaml.safe_load(f)["lora"]
    values = [lora["rank"], lora["scale"], lora["dropout"]]
    LoraConfig(**dict(zip(PARAMS, values)), bias=lora.get("bias", "none"))


if __name__ == "__main__":
    main()
