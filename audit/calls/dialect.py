"""The shape of a call: every keyword is a parameter of the surface that is called."""

from __future__ import annotations

import re
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
_SUBCLASSES = re.compile(
    r"trl\.(SFT|DPO|ORPO|KTO|CPO|BCO|Reward|PRM|RLOO|GRPO|GKD|OnlineDPO|XPO|NashMD)Config"
    r"|transformers\.Seq2SeqTrainingArguments|sentence_transformers\.(SentenceTransformer|CrossEncoder)TrainingArguments"
)


def is_config(sink: str) -> bool:
    """Whether the arguments of a call to `sink` are judged as a config."""
    return sink in ROLES or is_subclass(sink)


def is_subclass(sink: str) -> bool:
    """Whether `sink` is a subclass of TrainingArguments that the catalog does not hold: it takes what its parent takes,
    and names and values of its own besides (TRL's configs since trl 0.9, transformers, sentence-transformers)."""
    return _SUBCLASSES.fullmatch(sink) is not None


class CallDialect:
    """The dialect of a call to `sink`, of which `is_config` holds."""

    def __init__(self, sink: str) -> None:
        gliner = sink.startswith("gliner.")
        self.name = "gliner" if gliner else "trainer"
        known = PLAIN_ARGUMENTS if is_subclass(sink) else sink
        self.layer = TRAIN_MODEL if sink == CREATE_ARGUMENTS else known
        self.surfaces: Mapping[str, str] = {
            ARGS: GLINER_ARGUMENTS if gliner else PLAIN_ARGUMENTS,
            CALL: TRAIN_MODEL,
            LORA: LORA_CONFIG,
            LOFTQ: "peft.LoftQConfig",
        }
        self._roles = ROLES[known]

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
