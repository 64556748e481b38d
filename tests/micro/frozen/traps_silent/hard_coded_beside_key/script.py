import os

import yaml
from gliner import GLiNER


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    os.makedirs(cfg["output_dir"], exist_ok=True)
    model = GLiNER.from_pretrained(cfg["model"])
    model.train_model(
        train_dataset=[],
        eval_dataset=[],
        output_dir="models",
        learning_rate=float(cfg["learning_rate"]),
        bf16=True,
        save_total_limit=3,
        max_grad_norm=1.0,
    )


if __name__ == "__main__":
    main()
