import configparser

from transformers import TrainingArguments


def main():
    ini = configparser.ConfigParser()
    ini.read("train.ini")
    train = ini["train"]
    TrainingArguments(
        output_dir=ini.get("paths", "out"),
        learning_rate=train.getfloat("lr"),
        num_train_epochs=ini.getint("train", "epochs"),
        weight_decay=train.getfloat("weight_decay", fallback=0.0),
    )


if __name__ == "__main__":
    main()
