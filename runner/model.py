"""The model that the plan asks for: from scratch or from a GLiNER model, frozen parts, LoRA, gradient checkpointing."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping, Sequence
from typing import Any, Final

from . import lora
from .errors import REFUSED, USAGE, RunError
from .plan_types import RunPlan

# Read at run time from the config of a loaded model; the rest of its config describes the weights.
RUNTIME_KEYS: Final = ("max_len", "max_types", "max_neg_type_ratio")


def build(plan: RunPlan) -> Any:
    """The model, seeded before its heads are drawn (the trainer seeds too late for that).

    Raises RunError: exit 2 for a model that is not there, exit 1 for a value that the library refuses.
    """
    from transformers import set_seed

    set_seed(plan.seed)
    model = _load(plan.prev_path, plan.model) if plan.prev_path else _from_config(plan.model)
    freeze(model, plan.freeze)
    if plan.lora is not None:
        if "text_encoder" in plan.freeze:
            raise RunError(
                "freeze: text_encoder and LoRA exclude each other: nothing in the encoder would train", REFUSED
            )
        lora.apply(model, plan.lora, new_rows=plan.prev_path is None)
    _let_checkpoint(model)
    if plan.compile:
        model.compile()
    return model


def freeze(model: Any, components: Sequence[str]) -> None:
    """Freeze components by name; an unknown one is an error, where the library only warns."""
    known = sorted(model._get_freezable_components())
    for name in components:
        if name not in known:
            raise RunError(f"freeze: {name!r} is no component of this model; it has {', '.join(known)}", REFUSED)
        model.freeze_component(name)


def _from_config(values: Mapping[str, Any]) -> Any:
    from gliner import GLiNER

    config = dict(values)
    options = {key: config.pop(key) for key in ("backbone_from_pretrained",) if key in config}
    name = str(config.get("model_name", ""))
    _must_be_reachable("model_name", name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            return GLiNER.from_config(config, **options)
    except (OSError, ImportError) as error:
        raise RunError(f"model_name: {name}: {_first_line(error)}", USAGE) from None
    except (ValueError, TypeError, KeyError) as error:
        raise RunError(f"GLiNER.from_config refuses the plan: {_first_line(error)}", REFUSED) from None


def _load(path: str, values: Mapping[str, Any]) -> Any:
    from gliner import GLiNER

    _must_be_reachable("prev_path", path)
    try:
        model = GLiNER.from_pretrained(path, local_files_only=os.path.isdir(path))
    except (OSError, ValueError) as error:
        raise RunError(f"prev_path: {path}: {_first_line(error)}", USAGE) from None
    for key in RUNTIME_KEYS:
        if key in values:
            setattr(model.config, key, values[key])
    return model


def _must_be_reachable(key: str, name: str) -> None:
    """Say it plainly when a name can only be a local folder, and that folder is not there."""
    looks_local = name.startswith((".", "/", "~")) or name.count("/") > 1
    if looks_local and not os.path.isdir(name):
        raise RunError(f"{key}: {name}: no such folder", USAGE)
    if not looks_local and not os.path.isdir(name) and os.environ.get("HF_HUB_OFFLINE") == "1":
        from huggingface_hub import try_to_load_from_cache

        files = ("config.json", "gliner_config.json")
        if not any(isinstance(try_to_load_from_cache(name, file), str) for file in files):
            raise RunError(f"{key}: {name}: not in the local cache, and HF_HUB_OFFLINE=1 forbids to fetch it", USAGE)


def _let_checkpoint(model: Any) -> None:
    """Give the wrapper the method that Trainer.train calls for `gradient_checkpointing`; GLiNER has none."""

    def gradient_checkpointing_enable(gradient_checkpointing_kwargs: Any = None, **more: Any) -> None:
        encoder = lora.backbone(model)
        if not getattr(encoder, "supports_gradient_checkpointing", False):
            raise RunError(
                f"gradient_checkpointing: {type(encoder).__name__} cannot recompute its activations", REFUSED
            )
        settings = {"use_reentrant": False, **(gradient_checkpointing_kwargs or {})}
        if "every_n_layers" in settings:
            more["every_n_layers"] = settings.pop("every_n_layers")
        encoder.gradient_checkpointing_enable(gradient_checkpointing_kwargs=settings, **more)

    object.__setattr__(model, "gradient_checkpointing_enable", gradient_checkpointing_enable)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
