import yaml
from transformers import TrainingArguments


def as_float(value):
    return float(value) if value is not None else None


def main():
    with open("config.yaml") as f:
        hp = yaml.safe_load(f)["hparams"]
    TrainingArguments(
        output_dir="out",
        learning_rate=as_float(hp["lr"]),
        adam_epsilon=float(hp["eps"]),
        max_steps=int(hp["steps"]),
        save_steps=int(hp["steps"]) // int(hp["num_saves"]),
    )


if __name__ == "__main__":
    main()
