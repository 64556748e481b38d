import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    if cfg.get("dry_run"):
        print("would train with", cfg)
        return None
    if not cfg.get("train", True):
        return None
    return TrainingArguments(output_dir=cfg["out"], learning_rate=cfg["lr"])


if __name__ == "__main__":
    main()
