"""What the engine is told: every value resolved before torch is imported. Plain data, JSON-serialisable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """One key of the config on its way to a parameter.

    `role` is where the parameter lives: "args" (gliner.training.TrainingArguments), "model" (the GLiNER config),
    "lora" (peft.LoraConfig), "data", "freeze", "seed", "prev_path", "compile", "switch" (turns LoRA on or off), "env"
    (an environment variable), "metadata" (words about the run, recorded only), or "nothing" (no code takes it).
    `parameter` is the name there, or None. `is_set` tells a value that the user wrote from a default.
    """

    key: str
    planned: Any
    role: str
    parameter: str | None = None
    requested: Any = None
    is_set: bool = False
    source: str | None = None
    derived_from: str | None = None


@dataclass(frozen=True, slots=True)
class RunPlan:
    """The resolved run.

    `args` holds fields of gliner.training.TrainingArguments, `model` fields of the GLiNER config, `lora` fields of
    peft.LoraConfig or None. `data` has `train` and `output_dir`, and may have `eval` (paths of JSON or JSONL files).
    `prev_path` is a GLiNER model to go on from. `seed` is used before the model is built and by the trainer.
    """

    args: Mapping[str, Any]
    model: Mapping[str, Any]
    data: Mapping[str, Any]
    seed: int
    lora: Mapping[str, Any] | None = None
    freeze: tuple[str, ...] = ()
    prev_path: str | None = None
    compile: bool = False
    keys: tuple[KeyRecord, ...] = ()
    config_file: str | None = None

    def to_json(self) -> dict[str, Any]:
        """A plain tree of JSON values; `from_json` reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> RunPlan:
        """The plan that `to_json` wrote."""
        fields = dict(tree)
        fields["keys"] = tuple(KeyRecord(**record) for record in fields.get("keys", ()))
        fields["freeze"] = tuple(fields.get("freeze", ()))
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run, apart from what to train.

    `device` is auto, cpu, cuda or mps. `exact_resume` seeds the collator by (seed, epoch, examples) and dropout by
    (seed, step, rank), so that a resumed run is the same run; without it the random stream is plain Trainer's.
    `skipped_batches` is how many batches may be lost to memory before the run fails. `inert` names parameters that
    nothing in the installed libraries consumes, with the proof; it comes from the static reading of the sources.
    `digests` holds the sha256 of data files that are known already, by path.
    """

    device: str = "auto"
    resume: bool = False
    force: bool = False
    exact_resume: bool = True
    rehearse: bool = True
    rehearse_only: bool = False
    skipped_batches: int = 0
    nproc: int = 1
    nnodes: str = "1"
    rdzv_endpoint: str | None = None
    inert: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """A plain tree of JSON values, the arguments of the class."""
        return asdict(self)
