import yaml
from peft import LoraConfig
from transformers import TrainingArguments

TRAIN_NAMES = {
    "lr": "learning_rate",
    "bs": "per_device_train_batch_size",
    "accum": "gradient_accumulation_steps",
    "clip": "max_grad_norm",
}
LORA_NAMES = {"rank": "r", "alpha": "lora_alpha", "dropout": "lora_dropout"}


def rename(section, table):
    out = {}
    for short, full in table.items():
        if short in section:
            out[full] = section[short]
    return out


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    TrainingArguments(output_dir=cfg["out"], **rename(cfg["train"], TRAIN_NAMES))
    LoraConfig(**rename(cfg["lora"], LORA_NAMES))


if __name__ == "__main__":
    main()
