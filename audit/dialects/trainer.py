"""Configs of Hugging Face's Trainer: TrainingArguments keys at the top level, LoraConfig keys beside them or in a
section of their own. Other keys of such a file belong to the script that reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import names
from .base import ARGS, LORA, META, Section, Target


class Trainer:
    """The dialect of `TrainingArguments(**config)` and HfArgumentParser."""

    name = "trainer"
    layer = "transformers.TrainingArguments"
    surfaces = {ARGS: "transformers.TrainingArguments", LORA: "peft.LoraConfig", "loftq": "peft.LoftQConfig"}

    def recognise(self, data: Mapping[Any, Any]) -> bool:
        """Two keys that only TrainingArguments has, or a LoRA section or LoRA keys of their own."""
        if self._has_args(data) or len(names.LORA_ONLY & set(data)) >= 2:
            return True
        return any(
            isinstance(value, dict)
            and (
                (key in names.TRAINER_SECTIONS and self._has_args(value))
                or (key in names.LORA_SECTIONS and len({"r", *names.LORA_ONLY} & set(value)) >= 2)
            )
            for key, value in data.items()
        )

    @staticmethod
    def _has_args(data: Mapping[Any, Any]) -> bool:
        own = names.TRAINER_ONLY & set(data)
        return len(own) >= 2 or (bool(own) and "learning_rate" in data)

    def sections(self, data: Mapping[Any, Any]) -> tuple[Section, ...]:
        """The top level, then sections of training arguments and of LoRA."""
        top = (ARGS, LORA) if self._top_lora(data) else (ARGS,)
        found = [Section((), top)]
        for key, value in data.items():
            if isinstance(value, dict):
                if key in names.LORA_SECTIONS:
                    found.append(Section((key,), (LORA,)))
                elif key in names.TRAINER_SECTIONS:
                    found.append(Section((key,), (ARGS,)))
        return tuple(found)

    @staticmethod
    def _top_lora(data: Mapping[Any, Any]) -> bool:
        return bool((names.LORA_ONLY | set(names.TRAINER_LORA)) & set(data))

    def aliases(self, role: str) -> Mapping[str, tuple[str, ...]]:
        """lora_r, lora_target_modules and the like, as command lines spell LoraConfig's parameters."""
        return names.TRAINER_LORA if role == LORA else {}

    def moves(self, section: str) -> Mapping[str, Target]:
        """`enabled` switches a LoRA section, it is no parameter of LoraConfig."""
        return {"enabled": Target(META, "lora_enabled")} if section in names.LORA_SECTIONS else {}
