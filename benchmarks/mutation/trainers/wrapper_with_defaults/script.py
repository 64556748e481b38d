"""GLiNER fine-tuning behind a wrapper that has defaults of its own; a table says the same ones and checks types."""

import json
import sys
from pathlib import Path

from gliner import GLiNER

FIELDS = {
    "output_dir": {"type": str, "required": True},
    "learning_rate": {"type": float, "default": 1e-5},
    "others_lr": {"type": float, "default": 5e-5},
    "weight_decay": {"type": float, "default": 0.01},
    "max_steps": {"type": int, "default": 2000},
    "save_steps": {"type": int, "default": 500},
    "masking": {"type": str, "default": "none", "choices": ("none", "global")},
    "max_grad_norm": {"type": float, "default": 1.0},
}


def check(section):
    for name, rule in FIELDS.items():
        if name not in section:
            if rule.get("required"):
                raise ValueError(f"{name} is missing")
            continue
        value = section[name]
        if not isinstance(value, rule["type"]):
            raise ValueError(f"{name} must be {rule['type'].__name__}, not {value!r}")
        if "choices" in rule and value not in rule["choices"]:
            raise ValueError(f"{name} must be one of {rule['choices']}, not {value!r}")


def fine_tune(
    model,
    train,
    output_dir,
    learning_rate=1e-5,
    others_lr=5e-5,
    weight_decay=0.01,
    max_steps=2000,
    save_steps=500,
    masking="none",
    max_grad_norm=1.0,
):
    return model.train_model(
        train_dataset=train,
        eval_dataset=[],
        output_dir=output_dir,
        learning_rate=learning_rate,
        others_lr=others_lr,
        weight_decay=weight_decay,
        max_steps=max_steps,
        save_steps=save_steps,
        masking=masking,
        max_grad_norm=max_grad_norm,
    )


def main(path="config.json"):
    config = json.loads(Path(path).read_text(encoding="utf-8"))
    check(config["training"])
    model = GLiNER.from_pretrained(config["model"])
    train = json.loads(Path(config["data"]).read_text(encoding="utf-8"))
    fine_tune(model, train, **config["training"])


if __name__ == "__main__":
    main(*sys.argv[1:])
