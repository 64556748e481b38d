"""A command line grown around GLiNER: a table validates more than the launch hands over."""

import sys

import torch
import yaml
from gliner import GLiNER
from peft import LoraConfig, get_peft_model

REQUIRED = object()
# (dotted key, type, default, allowed values)
FIELDS = [
    ("run.name", str, REQUIRED, None),
    ("run.tags", list, None, None),
    ("run.seed", int, 42, None),
    ("model.model_name", str, REQUIRED, None),
    ("data.train_data", str, REQUIRED, None),
    ("training.num_steps", int, REQUIRED, None),
    ("training.scheduler_type", str, "cosine", ["cosine", "linear"]),
    ("training.lr_encoder", float, REQUIRED, None),
    ("training.lr_others", float, REQUIRED, None),
    ("training.weight_decay_other", float, 0.01, None),
    ("training.masking", str, "none", ["none", "global"]),
    ("training.dataloader_pin_memory", bool, True, None),
    ("training.size_sup", int, -1, None),
    ("environment.push_to_hub", bool, False, None),
    ("lora.enabled", bool, False, None),
    ("lora.r", int, 8, None),
    ("lora.task_type", str, "TOKEN_CLS", None),
]
TASKS = {"TOKEN_CLS": "TOKEN_CLS", "SEQ_CLS": "SEQ_CLS"}


def lookup(tree, dotted):
    for part in dotted.split("."):
        if not isinstance(tree, dict) or part not in tree:
            return REQUIRED
        tree = tree[part]
    return tree


def store(tree, dotted, value):
    *parents, leaf = dotted.split(".")
    for part in parents:
        tree = tree.setdefault(part, {})
    tree[leaf] = value


def validate(cfg):
    for key, kind, default, allowed in FIELDS:
        value = lookup(cfg, key)
        if value is REQUIRED:
            if default is REQUIRED:
                raise ValueError(f"{key} is required")
            store(cfg, key, default)
            continue
        if value is not None and not isinstance(value, kind):
            raise TypeError(f"{key} must be {kind.__name__}")
        if allowed is not None and value not in allowed:
            raise ValueError(f"{key} must be one of {allowed}")
    return cfg


def adapt(model, lora):
    config = LoraConfig(r=lora["r"], task_type=TASKS.get(lora["task_type"], "TOKEN_CLS"))
    model.model.token_rep_layer = get_peft_model(model.model.token_rep_layer, config)


def launch(cfg):
    training = cfg["training"]
    torch.manual_seed(cfg["run"]["seed"])
    model = GLiNER.from_config(cfg["model"])
    if cfg["lora"]["enabled"]:
        adapt(model, cfg["lora"])
    model.train_model(
        cfg["data"]["train_data"],
        None,
        output_dir="out",
        max_steps=training["num_steps"],
        lr_scheduler_type=training["scheduler_type"],
        learning_rate=float(training["lr_encoder"]),
        others_lr=float(training["lr_others"]),
        others_weight_decay=float(training["weight_decay_other"]),
        masking=training["masking"],
    )


def main():
    with open(sys.argv[1]) as file:
        launch(validate(yaml.safe_load(file)))


if __name__ == "__main__":
    main()
