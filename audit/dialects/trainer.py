"""Configs of Hugging Face's Trainer: TrainingArguments keys at the top level, LoraConfig keys beside them or in a
section of their own. Other keys of such a file belong to the script that reads it.

A script that spells LoRA its own way (`lora_r`, `rank`) hands the values on by its own code: such names alone say
nothing of a Trainer, since programs without one use them too. `r` is LoraConfig's own."""

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
        """Two keys that only TrainingArguments has, or LoraConfig's own keys, at the top or in a section of theirs."""
        if self._has_args(data) or self._is_lora(data):
            return True
        return any(
            isinstance(value, dict)
            and (
                (key in names.TRAINER_SECTIONS and self._has_args(value))
                or (key in names.LORA_SECTIONS and self._is_lora(value))
            )
            for key, value in data.items()
        )

    @staticmethod
    def _has_args(data: Mapping[Any, Any]) -> bool:
        own = names.TRAINER_ONLY & set(data)
        return len(own) >= 2 or (bool(own) and "learning_rate" in data)

    def sections(self, data: Mapping[Any, Any]) -> tuple[Section, ...]:
        """The top level, then sections of training arguments and of LoRA."""
        top = (ARGS, LORA) if self._is_lora(data) else (ARGS,)
        found = [Section((), top)]
        for key, value in data.items():
            if isinstance(value, dict):
                if key in names.LORA_SECTIONS:
                    found.append(Section((key,), (LORA,)))
                elif key in names.TRAINER_SECTIONS:
                    found.append(Section((key,), (ARGS,)))
        return tuple(found)

    @staticmethod
    def _is_lora(data: Mapping[Any, Any]) -> bool:
        return "r" in data and not names.LORA_ONLY.isdisjoint(data)

    def aliases(self, role: str) -> Mapping[str, tuple[str, ...]]:
        """lora_r, lora_target_modules and the like, as command lines spell LoraConfig's parameters."""
        return names.TRAINER_LORA if role == LORA else {}

    def moves(self, section: str) -> Mapping[str, Target]:
        """LoRA's names as a command line spells them, at the top level; `enabled`, which switches a LoRA section and is
        no parameter of LoraConfig."""
        if not section:
            return names.TRAINER_MOVED
        return {"enabled": Target(META, "lora_enabled")} if section in names.LORA_SECTIONS else {}
