"""The shape of a call: every keyword is a parameter of the surface that is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..dialects.base import ARGS, CALL, LOFTQ, LORA, Section, Target

GLINER_ARGUMENTS, PLAIN_ARGUMENTS = "gliner.training.TrainingArguments", "transformers.TrainingArguments"
TRAIN_MODEL, CREATE_ARGUMENTS = "gliner.GLiNER.train_model", "gliner.GLiNER.create_training_args"
LORA_CONFIG = "peft.LoraConfig"
ROLES: Mapping[str, tuple[str, ...]] = {
    PLAIN_ARGUMENTS: (ARGS,),
    GLINER_ARGUMENTS: (ARGS,),
    TRAIN_MODEL: (CALL, ARGS),
    CREATE_ARGUMENTS: (ARGS,),
    LORA_CONFIG: (LORA,),
}
"""The surfaces whose calls are configs, and the roles that their keywords have."""


class CallDialect:
    """The dialect of a call to `sink`, one of ROLES."""

    def __init__(self, sink: str) -> None:
        gliner = sink.startswith("gliner.")
        self.name = "gliner" if gliner else "trainer"
        self.layer = TRAIN_MODEL if sink == CREATE_ARGUMENTS else sink
        self.surfaces: Mapping[str, str] = {
            ARGS: GLINER_ARGUMENTS if gliner else PLAIN_ARGUMENTS,
            CALL: TRAIN_MODEL,
            LORA: LORA_CONFIG,
            LOFTQ: "peft.LoftQConfig",
        }
        self._roles = ROLES[sink]

    def recognise(self, data: Mapping[Any, Any]) -> bool:
        """A call is what it says it is."""
        return True

    def sections(self, data: Mapping[Any, Any]) -> tuple[Section, ...]:
        """One flat section."""
        return (Section((), self._roles),)

    def aliases(self, role: str) -> Mapping[str, tuple[str, ...]]:
        """Code has no short names."""
        return {}

    def moves(self, section: str) -> Mapping[str, Target]:
        """Nothing of a call belongs elsewhere."""
        return {}
