"""What `gliner-audit run` plans where a config does not say: evaluation data are for evaluating, the best model is the
one with the best span F1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..config import Config

# Models with more than entity spans have no F1 in the runner's evaluation, only their loss.
_MORE_THAN_SPANS = ("relations_layer", "labels_decoder")


def implied(config: Config) -> dict[str, tuple[Any, str]]:
    """Training arguments that follow from other settings: parameter -> (value, what it follows from)."""
    found: dict[str, tuple[Any, str]] = {}
    if config.data_path("val_data") is None:
        return found
    if config.get("eval_strategy") is None:
        strategy = "epoch" if _value(config, "save_strategy") == "epoch" else "steps"
        found["eval_strategy"] = (strategy, "data.val_data")
        if strategy == "steps" and _value(config, "eval_steps") is None:
            found["eval_steps"] = (_value(config, "save_steps", 500), "save_steps")
    silent = all(_value(config, name) is None for name in ("metric_for_best_model", "greater_is_better"))
    if _value(config, "load_best_model_at_end") is True and silent and _has_f1(config):
        found["metric_for_best_model"] = ("f1", "load_best_model_at_end")
        found["greater_is_better"] = (True, "load_best_model_at_end")
    return found


def _has_f1(config: Config) -> bool:
    from ..dialects.base import MODEL

    plain = all(config.written(name, role=MODEL) is None for name in _MORE_THAN_SPANS)
    return plain and not config.data_path("prev_path")


def _value(config: Config, name: str, default: Any = None) -> Any:
    setting = config.get(name)
    return default if setting is None or setting.value is None else setting.value
