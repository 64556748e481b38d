import sys

from transformers import TrainingArguments

LR = 1e-4
STEPS = 500
WEIGHT_DECAY = 0.01
BLOCK_SIZE = 128


def configure(arguments):
    for argument in arguments:
        key, _, value = argument.lstrip("-").partition("=")
        if key in globals():
            globals()[key] = type(globals()[key])(value)


def main():
    configure(sys.argv[1:])
    names = {"learning_rate": "LR", "max_steps": "STEPS", "weight_decay": "WEIGHT_DECAY"}
    TrainingArguments(output_dir="out", **{param: globals()[name] for param, name in names.items()})


if __name__ == "__main__":
    main()
