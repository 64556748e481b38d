import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    TrainingArguments(
        output_dir=cfg["output_dir"],
        learning_rate=cfg.get("learning_rate", 5e-5),
        warmup_ratio=cfg.get("warmup_ration", 0.0),
        gradient_accumulation_steps=cfg.get("grad_acc", 1),
    )


if __name__ == "__main__":
    main()
