import argparse

from transformers import Trainer, TrainingArguments


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dataset", default="conll2003")
    parser.add_argument("--checkpoint", default="roberta-base")
    parser.add_argument("--output_dir", default="out")
    parser.add_argument("--learning_rate", type=float, default=3e-5)
    parser.add_argument("--num_train_epochs", type=float, default=3)
    parser.add_argument("--group_by_length", action=argparse.BooleanOptionalAction, default=True)
    options = vars(parser.parse_args())
    dataset = options.pop("dataset")
    checkpoint = options.pop("checkpoint")

    from datasets import load_dataset
    from transformers import AutoModelForTokenClassification

    data = load_dataset(dataset)
    model = AutoModelForTokenClassification.from_pretrained(checkpoint)
    Trainer(model=model, args=TrainingArguments(**options), train_dataset=data["train"]).train()


if __name__ == "__main__":
    main()
