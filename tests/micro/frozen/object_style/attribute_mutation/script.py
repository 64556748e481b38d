import yaml
from transformers import Trainer, TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    args = TrainingArguments(output_dir=cfg["out"])
    args.learning_rate = cfg["lr"]
    args.num_train_epochs = cfg["epochs"]
    setattr(args, "save_total_limit", cfg["keep"])
    for name in ("seed", "fp16"):
        setattr(args, name, cfg[name])
    Trainer(model=None, args=args).train()


if __name__ == "__main__":
    main()
