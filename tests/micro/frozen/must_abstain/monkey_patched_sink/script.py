import json
import transformers
from transformers import TrainingArguments

with open("patch.json") as f:
    PATCH = json.load(f)


class Patched(TrainingArguments):
    def __init__(self, *args, **kwargs):
        for key in PATCH:
            kwargs[key] = PATCH[key]
        super().__init__(*args, **kwargs)


transformers.TrainingArguments = Patched


def main():
    return transformers.TrainingArguments(output_dir="out", learning_rate=1e-5)


if __name__ == "__main__":
    main()
