"""gliner.training.TrainingArguments, built directly from the plan, and who reads them.

Nothing goes through create_training_args: its `others_lr or learning_rate` would replace a 0 (gliner 0.2.29,
model.py:2417).
"""

from __future__ import annotations

import copyreg
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePath
from types import CodeType, FrameType
from typing import Any

from .derive import derive
from .errors import REFUSED, RunError
from .plan_types import RunPlan

# These read every field to write it down; nothing they do depends on one.
_RECORDERS = {"to_dict", "to_json_string", "to_sanitized_dict", "__str__", "__repr__", "_asdict_inner", "asdict"}

_RECORD = {"_reads", "_settled", "_names", "_kinds"}


class TracedArguments:
    """Training arguments that remember which code read which field, from `watch` on."""

    _reads: dict[str, set[CodeType]]
    _settled: set[tuple[str, int]]
    _names: frozenset[str]

    def __getattribute__(self, name: str) -> Any:
        state = object.__getattribute__(self, "__dict__")
        if name in state.get("_names", ()):
            frame = sys._getframe(1)
            # by identity: hashing a code object hashes its bytecode, and a step reads some 70 fields
            place = (name, id(frame.f_code))
            if place not in state["_settled"]:
                code = _reader(frame)
                if code is not None:
                    state["_reads"].setdefault(name, set()).add(code)
                # behind a property of the arguments there may be another reader next time
                if not frame.f_code.co_filename.endswith("training_args.py"):
                    state["_settled"].add(place)
        return super().__getattribute__(name)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as the library's own class, without the record: whoever loads it needs no gliner-audit."""
        state = {name: value for name, value in vars(self).items() if name not in _RECORD}
        return copyreg._reconstructor, (type(self).__bases__[1], object, None), state  # type: ignore[attr-defined]


def build(plan: RunPlan, extra: Mapping[str, Any]) -> Any:
    """The library's arguments for a plan; `extra` (the device) is laid over the plan's.

    Raises RunError (exit 1) with the library's own words when it refuses a value or does not know a name.
    """
    from gliner.training import TrainingArguments

    values = {"report_to": "none", **plan.args, **extra, "output_dir": plan.data["output_dir"]}
    values.setdefault("seed", plan.seed)
    try:
        return derive(TracedArguments, TrainingArguments)(**values)
    except (TypeError, ValueError, ImportError, AttributeError) as error:
        raise RunError(f"gliner.training.TrainingArguments refuses the plan: {error}", REFUSED) from None


def watch(args: Any) -> None:
    """Start to record reads."""
    from dataclasses import fields

    state = object.__getattribute__(args, "__dict__")
    state["_reads"] = {}
    state["_settled"] = set()
    state["_names"] = frozenset(field.name for field in fields(args))
    state["_kinds"] = type(args).__bases__[1], type(args)


def listen(args: Any, on: bool) -> None:
    """Stop recording for a while, or go on: a read costs some 0.7 µs more while it is recorded."""
    state = object.__getattribute__(args, "__dict__")
    if "_kinds" in state:
        args.__class__ = state["_kinds"][on]


def readers(args: Any) -> dict[str, list[str]]:
    """Field → the functions that read it, as "package/file.py:function", sorted."""
    reads = object.__getattribute__(args, "__dict__").get("_reads", {})
    return {name: sorted({_place(code) for code in codes}) for name, codes in reads.items()}


@contextmanager
def replaced(args: Any, **values: Any) -> Iterator[None]:
    """Other values for a while; reads of them are the library's, and do not count."""
    state = object.__getattribute__(args, "__dict__")
    before = {name: state[name] for name in values}
    state.update(values)
    try:
        yield
    finally:
        state.update(before)


def _reader(frame: FrameType | None) -> CodeType | None:
    """The code that wants the value: behind properties and methods of the arguments class; None for a recorder."""
    while frame is not None:
        code = frame.f_code
        if code.co_name in _RECORDERS or code.co_name == "__post_init__":
            return None
        if not code.co_filename.endswith(("training_args.py", "dataclasses.py")) and code.co_name != "get_warmup_steps":
            return None if __package__ and _place(code).startswith("gliner_audit/") else code
        frame = frame.f_back
    return None


def _place(code: CodeType) -> str:
    parts = PurePath(code.co_filename).parts
    if __file__ and code.co_filename.startswith(str(PurePath(__file__).parent)):
        return f"gliner_audit/runner/{parts[-1]}:{code.co_name}"
    start = next((i + 1 for i, part in enumerate(parts) if part in ("site-packages", "dist-packages")), len(parts) - 1)
    return f"{'/'.join(parts[start:])}:{code.co_name}"
