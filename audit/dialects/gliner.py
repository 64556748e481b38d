"""GLiNER configs: upstream's sections (model, data, training), the sections of the command lines grown around it, and
the older flat layout. Keys are reported as written; short names and the library's own names are both known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import names
from .base import ARGS, DATA, LORA, MODEL, Section, Target


class Gliner:
    """The dialect of GLiNER's train.py and of what grew around it."""

    name = "gliner"
    layer = "gliner.GLiNER.train_model"
    surfaces = {
        ARGS: "gliner.training.TrainingArguments",
        MODEL: "gliner.GLiNERConfig",
        "call": "gliner.GLiNER.train_model",
        LORA: "peft.LoraConfig",
        "loftq": "peft.LoftQConfig",
    }

    def recognise(self, data: Mapping[Any, Any]) -> bool:
        """A GLiNER-only key stands beside a model, data or optimiser key, in the sections or at the top."""
        if not names.GLIREL_ONLY.isdisjoint(data):
            return False
        inside: set[Any] = set(data)
        for name, section in data.items():
            if isinstance(section, dict) and name in names.GLINER_SECTIONS:
                inside.update(section)
        if data.get("model_type") == "gliner" or "gliner_config" in data:
            return True
        return bool(inside & names.GLINER_ONLY) and bool(inside & names.GLINER_BESIDE)

    def sections(self, data: Mapping[Any, Any]) -> tuple[Section, ...]:
        """The known sections that the file has; a file without any is flat: its top level holds all roles.

        The config of a saved model is flat too, and all of it is the model's: a key of the training that it was made
        by is a memory there."""
        found = [
            Section((name,), names.GLINER_SECTIONS[name])
            for name, value in data.items()
            if name in names.GLINER_SECTIONS and isinstance(value, dict)
        ]
        if not any(MODEL in s.roles or ARGS in s.roles or LORA in s.roles for s in found):
            found.insert(0, Section((), (MODEL,) if names.SAVED in data else names.FLAT))
        return tuple(found)

    def aliases(self, role: str) -> Mapping[str, tuple[str, ...]]:
        """Short names of a role: num_steps for max_steps, train_data_path for the training data, ..."""
        if role == ARGS:
            return names.GLINER_ARGS
        if role == DATA:
            return {key: (name,) for key, name in names.GLINER_DATA.items()}
        return {}

    def moves(self, section: str) -> Mapping[str, Target]:
        """run.seed, environment.report_to and the like: keys of another role by where they stand."""
        return names.GLINER_MOVED.get(section, {})
