import yaml
from transformers import Trainer, TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    Trainer(
        model=None,
        args=TrainingArguments(
            output_dir=cfg["out"],
            per_device_train_batch_size=cfg["batch_size"],
            per_device_eval_batch_size=8,
            save_steps=cfg["eval_steps"],
            logging_steps=cfg["eval_steps"],
            eval_strategy="steps",
            eval_steps=500,
        ),
    ).train()


if __name__ == "__main__":
    main()
