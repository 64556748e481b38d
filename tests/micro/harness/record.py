"""What one run of a training script hands to the libraries: calls at sinks, other uses, log lines."""

from __future__ import annotations

import dataclasses
import os
import types
from pathlib import PurePath
from typing import Any

Edge = tuple[str, str]
"""(sink, parameter), e.g. ``("peft.LoraConfig", "r")``."""

#: Callables whose parameters are offered to a tracer as sinks but not demanded of it.
OPTIONAL_SINKS = (
    "gliner.GLiNER.from_pretrained",
    "gliner.training.Trainer",
    "peft.get_peft_model",
    "torch.utils.data.DataLoader",
    "transformers.Auto",
    "transformers.BitsAndBytesConfig",
    "transformers.EarlyStoppingCallback",
    "transformers.get_",
    "transformers.Trainer",
    "transformers.Trainer.train",
    "trl.SFTTrainer",
    "trl.SFTTrainer.train",
)

#: Parameters that carry objects rather than settings: a key seen there only chose or cut the object.
OBJECT_PARAMS = frozenset(
    [
        *("train_dataset", "eval_dataset", "dataset", "model", "tokenizer", "processing_class", "data_collator"),
        *("compute_metrics", "callbacks", "params", "optimizer", "optimizers", "args", "training_args", "peft_config"),
    ]
)


class Recorder:
    """Everything that one run did, in order.

    ``sinks`` maps each (sink, parameter) to the values it got, one per call; ``other`` holds calls and attribute
    writes that are no sink; ``logs`` holds what was printed, logged or handed to a tracker as a record.
    """

    def __init__(self) -> None:
        self.sinks: dict[Edge, list[Any]] = {}
        self.other: list[Any] = []
        self.logs: list[str] = []
        self.error: str | None = None
        self.exited_cleanly = True

    def sink(self, name: str, params: dict[str, Any]) -> None:
        self.other.append(("call", name))
        for param, value in params.items():
            self.sinks.setdefault((name, param), []).append(canonical(value))

    def assign(self, name: str, param: str, value: Any) -> None:
        """A parameter set again on the object that the sink built: the last value is the one that counts."""
        self.sinks[name, param] = [*self.sinks.get((name, param), [])[:-1], canonical(value)]

    def use(self, what: str, *values: Any) -> None:
        self.other.append((what, canonical(list(values))))

    def log(self, text: Any) -> None:
        self.logs.append(repr(canonical(text)))


#: What the machine of the run has; a variant of a snippet turns it on with ``"@cuda": true``.
machine = {"cuda": False}

#: The recorder of the run in progress; set by ``run.execute``.
current = Recorder()


def start() -> Recorder:
    """A fresh recorder, from now on the current one."""
    global current
    current = Recorder()
    return current


def recorder() -> Recorder:
    return current


def is_optional(sink: str) -> bool:
    return any(sink == name or (name[-1] in "_o" and sink.startswith(name)) for name in OPTIONAL_SINKS)


def canonical(value: Any) -> Any:
    """A comparable picture of ``value``: plain data as it is, everything else by its type's name."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, PurePath | os.PathLike):
        return os.fspath(value)
    if isinstance(value, dict):
        return {str(key): canonical(item) for key, item in value.items()}
    if isinstance(value, list | tuple | range):
        return [canonical(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((canonical(item) for item in value), key=repr)
    if getattr(type(value), "is_stand_in", False):
        return f"<{getattr(value, '_path', type(value).__name__)}>"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: canonical(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, types.SimpleNamespace):
        return canonical(vars(value))
    if hasattr(value, "model_dump"):
        return canonical(value.model_dump())
    if hasattr(value, "to_plain"):
        return canonical(value.to_plain())
    return f"<{type(value).__name__}>"


class StandIn:
    """An object of a library that does nothing: every attribute is one more of them, every call is recorded."""

    is_stand_in = True

    def __init__(self, path: str) -> None:
        object.__setattr__(self, "_path", path)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return StandIn(f"{self._path}.{name}")

    def __setattr__(self, name: str, value: Any) -> None:
        recorder().use(f"{self._path}.{name} =", value)
        object.__setattr__(self, name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        recorder().use(self._path, list(args), kwargs)
        return StandIn(f"{self._path}()")

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 64

    def __getitem__(self, item: Any) -> Any:
        return StandIn(f"{self._path}[]")

    def __setitem__(self, item: Any, value: Any) -> None:
        recorder().use(f"{self._path}[]", item, value)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *exc: object) -> None:
        return None

    def __mul__(self, other: Any) -> Any:
        recorder().use(f"{self._path} *", other)
        return self

    __rmul__ = __truediv__ = __add__ = __mul__

    def __float__(self) -> float:
        return 0.5

    def __lt__(self, other: Any) -> bool:
        return False

    __gt__ = __lt__


class StandInModule(types.ModuleType):
    """A stubbed module: names it does not define are stand-ins."""

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return StandIn(f"{self.__name__}.{name}")
