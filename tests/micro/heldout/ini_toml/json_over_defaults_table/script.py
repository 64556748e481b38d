import json
import os

from gliner.training import TrainingArguments

FIELDS = {
    "output_dir": ("out", str),
    "learning_rate": (1e-5, float),
    "others_lr": (5e-5, float),
    "focal_loss_alpha": (-1, float),
}


def resolve(user):
    values = {}
    for name, (default, kind) in FIELDS.items():
        values[name] = kind(user.get(name, default))
    return values


def main():
    user = {}
    if os.path.exists("config.json"):
        with open("config.json") as handle:
            user = json.load(handle)
    TrainingArguments(**resolve(user))


if __name__ == "__main__":
    main()
