import yaml
from transformers import Trainer, TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    args = TrainingArguments(output_dir=cfg["out"], learning_rate=cfg["lr"], save_total_limit=cfg["keep"])
    args.save_total_limit = 1
    args.run_name = cfg["name"]
    Trainer(model=None, args=args).train()


main()
