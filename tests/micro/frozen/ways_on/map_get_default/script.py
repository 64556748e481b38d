import yaml
from transformers import TrainingArguments

SCHEDULERS = {"linear": "linear", "cosine": "cosine", "const": "constant", "poly": "polynomial"}
EVERY = {"epoch": "epoch", "step": "steps"}


def main():
    with open("config.yaml") as f:
        c = yaml.safe_load(f)
    if c["scheduler"] not in ("linear", "cosine", "const", "poly", "inverse_sqrt"):
        raise ValueError(f"scheduler: {c['scheduler']!r}")
    TrainingArguments(
        output_dir=c["out"],
        lr_scheduler_type=SCHEDULERS.get(c["scheduler"], "linear"),
        save_strategy=EVERY[c["save_every"]],
    )


if __name__ == "__main__":
    main()
