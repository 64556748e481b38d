import yaml
from peft import LoraConfig
from transformers import TrainingArguments

PARAMS = ("learning_rate", "weight_decay", "max_grad_norm")
KEYS = ("lr", "wd", "clip")


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    values = [cfg["optim"][key] for key in KEYS]
    TrainingArguments(output_dir=cfg["out"], **dict(zip(PARAMS, values)))
    r, alpha, *targets = cfg["lora"]
    LoraConfig(r=r, lora_alpha=alpha, target_modules=targets)


if __name__ == "__main__":
    main()
