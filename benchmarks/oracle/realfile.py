"""A real config file as a case of one surface: what upstream's train.py and TrlParser would hand to the libraries."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any, NamedTuple

from .generate import Case
from .surfaces import BACKBONE, DECODER, GLINER_ARGS, GLINER_CONFIG, LABELS_BACKBONE, LORA, TRAINER_ARGS, Surface

# The names that upstream's train.py (urchade/GLiNER) and its forks read from a file, and the parameters they fill.
SHORT_NAMES = {
    "num_steps": "max_steps",
    "train_batch_size": "per_device_train_batch_size",
    "eval_batch_size": "per_device_eval_batch_size",
    "eval_every": "save_steps",
    "lr_encoder": "learning_rate",
    "lr_others": "others_lr",
    "weight_decay_encoder": "weight_decay",
    "weight_decay_other": "others_weight_decay",
    "scheduler_type": "lr_scheduler_type",
    "optimizer": "optim",
    "loss_alpha": "focal_loss_alpha",
    "loss_gamma": "focal_loss_gamma",
    "loss_prob_margin": "focal_loss_prob_margin",
    "hf_token": "hub_token",
}
MODEL_SECTIONS, LORA_SECTIONS = ("model", "gliner_config"), ("lora", "lora_config")
DATA_KEYS = ("root_dir", "train_data", "val_data_dir", "prev_path")
# Left out unless the finding speaks of them: they need a hub, a launcher, a card or a package.
NEEDS_MORE = (
    "push_to_hub", "report_to", "deepspeed", "fsdp", "fsdp_config", "use_liger_kernel", "parallelism_config", "tf32",
    "optim", "torch_compile", "resume_from_checkpoint", "ddp_backend", "dataloader_num_workers", "output_dir",
)  # fmt: skip


class Place(NamedTuple):
    """Where a key of a file ends: a surface and its parameter's name there. `value` is as the file's loader sees it."""

    surface: str
    name: str
    value: Any


def lookup(data: Any, key: str) -> tuple[bool, Any]:
    """Whether a dotted path exists in a loaded file, and its value."""
    for part in key.replace("[", ".").replace("]", "").split("."):
        if isinstance(data, dict) and part in data:
            data = data[part]
        elif isinstance(data, list) and part.isdigit() and int(part) < len(data):
            data = data[int(part)]
        else:
            return False, None
    return True, data


def place(data: dict[str, Any], key: str, is_gliner: bool, surfaces: dict[str, Surface]) -> Place | None:
    """Where the key goes, or None for a key that no library sees."""
    parts = key.replace("[", ".").split(".")
    nested = len(parts) > 1 and isinstance(data.get(parts[0]), dict)
    section, name = (parts[0], parts[1]) if nested else ("", parts[0])
    value = data[section][name] if nested and name in data[section] else data.get(name)
    if section in LORA_SECTIONS:
        return Place(LORA, name, value)
    if not is_gliner:
        return Place(TRAINER_ARGS, name, value)
    if section in MODEL_SECTIONS or (not section and _is_model_key(name, surfaces)):
        return Place(GLINER_CONFIG, name, value)
    if section == "data" or name in DATA_KEYS:
        return Place("data", name, value)
    return Place(GLINER_ARGS, SHORT_NAMES.get(name, name), value)


def _is_model_key(name: str, surfaces: dict[str, Surface]) -> bool:
    return name in surfaces[GLINER_CONFIG].parameters and name not in surfaces[GLINER_ARGS].parameters


def case(data: dict[str, Any], target: Place, is_gliner: bool, surfaces: dict[str, Surface]) -> Case:
    """The file as a case of the target's surface: keys that the surface knows, and the target's own."""
    surface = surfaces[target.surface]
    known = {target.name: target.value}
    for key, value in flattened(data).items():
        there = place(data, key, is_gliner, surfaces)
        if there is None or there.surface != target.surface or there.name == target.name:
            continue
        if there.name in surface.parameters and there.name not in NEEDS_MORE:
            known[there.name] = _as_meant(value)
    config: dict[str, Any] = {"output_dir": "out", "use_cpu": True}
    if target.surface == LORA:
        known.setdefault("target_modules", ["query", "value"])
        if target.name != "target_modules":
            known["target_modules"] = ["query", "value"]
        config["lora"] = known
    elif target.surface == TRAINER_ARGS:
        config = {**config, **known} if target.name != "use_cpu" else {"output_dir": "out", **known}
    else:
        config = {"model": {}, "data": {}, "training": {"use_cpu": True, "dataloader_num_workers": 0}}
        if target.surface == GLINER_CONFIG:
            config["model"] = _localised({"model_name": BACKBONE, **known}, target.name)
        else:
            config["training"] |= known
    named = [v for k, v in flattened(data).items() if k.rpartition(".")[2].startswith("val_data")]
    if is_gliner and "data" in config and (not named or named[0] not in (None, "none", "")):
        config["data"]["val_data_dir"] = "data/val.json"
    return Case(target.surface, 0, "real", (target.name,), config)


def flattened(data: dict[str, Any]) -> dict[str, Any]:
    """The file's keys as dotted paths, one section deep; a mapping that is no known section stays a value."""
    sections = {*MODEL_SECTIONS, *LORA_SECTIONS, "data", "training", "run", "environment"}
    found: dict[str, Any] = {}
    for key, value in data.items():
        if key in sections and isinstance(value, dict):
            found |= {f"{key}.{name}": inner for name, inner in value.items()}
        else:
            found[str(key)] = value
    return found


def _as_meant(value: Any) -> Any:
    """A text number as a number: each question is about one key, so the others are what their author meant."""
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            return float(value)
    return value


def _localised(model: dict[str, Any], target: str) -> dict[str, Any]:
    """Backbones that only a hub has are swapped for the local ones, but for the key in question."""
    local = {"model_name": BACKBONE, "labels_encoder": LABELS_BACKBONE, "labels_decoder": DECODER}
    named = {k: v for k, v in local.items() if isinstance(model.get(k), str) and (k != target or "/" in model[k])}
    return {**model, **named}


def recipe_class(path: Path) -> str:
    """The trl config class that a recipe is for, from its path."""
    kinds = {"dpo": "DPOConfig", "apo": "DPOConfig", "grpo": "GRPOConfig", "orpo": "DPOConfig", "kto": "KTOConfig"}
    text = str(path).lower()
    return next((cls for kind, cls in kinds.items() if f"_{kind}_" in text or f"{kind}." in text), "SFTConfig")
