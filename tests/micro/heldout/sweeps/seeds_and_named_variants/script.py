from copy import deepcopy

import yaml
from gliner.training import TrainingArguments

VARIANTS = {
    "plain": {},
    "focal": {"focal_loss_alpha": 0.75},
    "smooth": {"label_smoothing": 0.1},
}


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    for name in cfg["variants"]:
        args = deepcopy(cfg["args"])
        args |= VARIANTS[name]
        for seed in cfg["seeds"]:
            TrainingArguments(output_dir=f"{name}/{seed}", seed=seed, **args)


if __name__ == "__main__":
    main()
