import json

from transformers import TrainingArguments

DEFAULTS = {
    "output_dir": lambda c: "runs/" + c["name"],
    "learning_rate": lambda c: 1e-5 * c["scale"],
    "seed": lambda c: 42,
}


def main():
    with open("config.json") as f:
        cfg = json.load(f)
    kwargs = {key: cfg.get(key, make(cfg)) for key, make in DEFAULTS.items()}
    TrainingArguments(**kwargs)


if __name__ == "__main__":
    main()
