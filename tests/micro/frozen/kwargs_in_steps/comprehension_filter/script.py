import yaml
from transformers import TrainingArguments

ALLOWED = ("learning_rate", "weight_decay", "num_train_epochs", "seed")


def main():
    with open("config.yaml") as f:
        section = yaml.safe_load(f)["trainer"]
    known = {k: v for k, v in section.items() if k in ALLOWED}
    skipped = sorted(set(section) - set(known) - {"output_dir"})
    if skipped:
        print("not passed on:", ", ".join(skipped))
    TrainingArguments(output_dir=section["output_dir"], **known)


if __name__ == "__main__":
    main()
