import json
from typing import NamedTuple

from gliner.training import TrainingArguments


class Recipe(NamedTuple):
    out: str
    lr: float
    others_lr: float
    steps: int = 100
    gamma: float = 2.0


def main():
    with open("recipe.json") as f:
        recipe = Recipe(**json.load(f))
    recipe = recipe._replace(steps=min(recipe.steps, 1000))
    out, lr, others, *_ = recipe
    TrainingArguments(
        output_dir=out,
        learning_rate=lr,
        others_lr=others,
        max_steps=recipe.steps,
        focal_loss_gamma=recipe._asdict()["gamma"],
    )


main()
