import tomllib

from transformers import TrainingArguments


def main():
    with open("train.toml", "rb") as f:
        doc = tomllib.load(f)
    train, io = doc["train"], doc["io"]
    args = TrainingArguments(
        output_dir=io["output"],
        logging_dir=io["logs"],
        learning_rate=train["lr"],
        lr_scheduler_type=train["schedule"],
        gradient_checkpointing=train["checkpointing"],
    )
    print("will train for", train["epochs"], "epochs into", args.output_dir)


if __name__ == "__main__":
    main()
