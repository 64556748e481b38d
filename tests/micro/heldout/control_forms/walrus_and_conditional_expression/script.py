import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    args = TrainingArguments(
        output_dir=(out := cfg["out"]),
        logging_dir=out + "/logs",
        bf16=True if cfg["precision"] == "bf16" else False,
        max_steps=steps if (steps := cfg.get("steps")) is not None else -1,
    )
    if (ratio := cfg.get("warmup_ratio", 0)) > 0:
        args.warmup_ratio = ratio
    elif cfg.get("warmup_steps"):
        args.warmup_steps = cfg["warmup_steps"]


main()
