import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    for name in ("small", "large"):
        run = cfg[name]
        TrainingArguments(
            output_dir=run["dir"],
            learning_rate=run["lr"],
            per_device_train_batch_size=run["batch"],
        )


if __name__ == "__main__":
    main()
