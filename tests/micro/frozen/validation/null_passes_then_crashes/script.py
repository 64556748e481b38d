import yaml
from transformers import TrainingArguments

TYPES = {"lr": (float, type(None)), "warmup": (int, type(None)), "out": (str,)}


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    for name, kinds in TYPES.items():
        if not isinstance(cfg.get(name), kinds):
            raise ValueError(f"{name}: {cfg.get(name)!r}")
    TrainingArguments(
        output_dir=cfg["out"],
        learning_rate=float(cfg["lr"]),
        warmup_steps=cfg["warmup"] if cfg["warmup"] is not None else 0,
    )


if __name__ == "__main__":
    main()
