import json
import logging

from transformers import TrainingArguments

log = logging.getLogger("train")

SCHEMA = {
    "learning_rate": {"type": (int, float), "min": 0.0},
    "batch_size": {"type": int, "min": 1},
    "patience": {"type": int, "min": 0},
    "tags": {"type": list},
}


def validate(config):
    errors = []
    for field, rule in SCHEMA.items():
        value = config.get(field)
        if value is None:
            continue
        if not isinstance(value, rule["type"]):
            errors.append(f"{field}: wrong type {type(value).__name__}")
        elif "min" in rule and value < rule["min"]:
            errors.append(f"{field}: {value} is below {rule['min']}")
    for field in config.keys() - SCHEMA.keys():
        log.warning("%s is not in the schema", field)
    if errors:
        raise SystemExit("; ".join(errors))


def main():
    with open("config.json") as f:
        config = json.load(f)
    validate(config)
    TrainingArguments(
        output_dir="out",
        learning_rate=config["learning_rate"],
        per_device_train_batch_size=config["batch_size"],
        weight_decay=config["weight_decay"],
    )


if __name__ == "__main__":
    main()
