import yaml
from transformers import Trainer, TrainingArguments


def load_config(path="config.yaml"):
    with open(path) as stream:
        return yaml.safe_load(stream)


def main():
    config = load_config()
    trainer_kwargs = config["trainer"]
    args = TrainingArguments(**trainer_kwargs)
    Trainer(model=None, args=args, train_dataset=[]).train(resume_from_checkpoint=config["resume"])


if __name__ == "__main__":
    main()
