"""An example config that the rules of this room share, and how a key is shown."""

from __future__ import annotations

from ...audit.config import Setting
from ...audit.documents.node import dotted
from ..rule import show

ARGS = "num_train_epochs: 3\nlearning_rate: 0.001\nper_device_train_batch_size: 8\n"


def said(setting: Setting) -> str:
    """A setting as `key: value`, in the file's own words."""
    return f"`{dotted(setting.path[-1:])}: {show(setting.value)}`"


def number(value: object) -> float | None:
    """A number, or None for anything else; a truth value is no number."""
    return None if isinstance(value, bool) or not isinstance(value, (int, float)) else value
