import helpers
from settings import LEARNING_RATE, OUTPUT

from transformers import TrainingArguments


def main():
    opts = helpers.options()
    TrainingArguments(output_dir=OUTPUT, learning_rate=LEARNING_RATE, **opts)


if __name__ == "__main__":
    main()
