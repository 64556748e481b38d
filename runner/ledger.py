"""The receipt's table: one row per key, from what was asked to what was seen."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from . import evidence_loop, evidence_model, evidence_optimizer
from .evidence import EFFECT, NONE, Evidence, Probe, effect, nothing, unseen
from .influence import LOSS_ARGUMENTS
from .observe import Observed
from .plan_types import KeyRecord, RunPlan

_PROBES: Mapping[str, Probe] = {**evidence_optimizer.PROBES, **evidence_loop.PROBES}


def rows(plan: RunPlan, seen: Observed, args: Any, model: Any, inert: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows as the receipt's `keys` takes them. `args` is what was at the sink, `inert` the proofs of no effect."""
    return [_row(record, plan, seen, args, model, inert) for record in plan.keys]


def counts(table: list[dict[str, Any]]) -> dict[str, int]:
    """How many keys have each verdict."""
    tally: dict[str, int] = {}
    for row in table:
        tally[row["verdict"]] = tally.get(row["verdict"], 0) + 1
    return tally


def _row(
    record: KeyRecord, plan: RunPlan, seen: Observed, args: Any, model: Any, inert: Mapping[str, str]
) -> dict[str, Any]:
    at_sink, found = _judge(record, plan, seen, args, model, inert)
    row = {
        "key": record.key,
        "set": record.is_set,
        "planned": plain(record.planned),
        "derived_from": record.derived_from,
        "source": record.source,
        "at_sink": plain(at_sink),
        "consumed_by": seen.readers.get(str(record.parameter), []) if record.role == "args" else [],
        "verdict": found.verdict,
        "evidence": found.text,
    }
    if record.is_set:
        row["requested"] = plain(record.requested)
    if found.verdict == EFFECT or (found.verdict == NONE and found.effective is not None):
        row["effective"] = plain(found.effective)
    return row


def _judge(
    record: KeyRecord, plan: RunPlan, seen: Observed, args: Any, model: Any, inert: Mapping[str, str]
) -> tuple[Any, Evidence]:
    name = str(record.parameter)
    if record.role == "metadata":
        return None, unseen("words about the run: recorded here, and handed to nothing")
    if record.role == "nothing" or record.parameter is None:
        return None, nothing("no code of the runner or the libraries takes it")
    if name in inert and record.role in ("args", "model"):
        return _sink(record, plan, args, model), nothing(inert[name])
    if record.role == "args":
        return _sink(record, plan, args, model), _of_argument(name, record.planned, seen, args)
    if record.role == "env":
        held = os.environ.get(name)
        return held, unseen(f"the environment variable {name} {'is set' if held is not None else 'is not set'}")
    if model is None:
        return record.planned, unseen("the run ended before the model stood")
    if record.role == "model":
        return getattr(model.config, name, None), evidence_model.of_model(record, seen, model, plan)
    if record.role == "switch":
        return plan.lora is not None, evidence_model.of_switch(record, model)
    if record.role == "lora":
        return (plan.lora or {}).get(name), evidence_model.of_lora(record, seen, model)
    if record.role == "freeze":
        return list(plan.freeze), evidence_model.of_freeze(record, seen, plan)
    if record.role == "data":
        return plan.data.get(name), evidence_model.of_data(record, seen, plan)
    if record.role == "seed":
        return plan.seed, _of_argument("seed", plan.seed, seen, args)
    if record.role == "prev_path":
        return plan.prev_path, effect(
            f"the weights come from {plan.prev_path}", plan.prev_path
        ) if plan.prev_path else (effect("the model was built from its config", None))
    if record.role == "compile":
        return plan.compile, evidence_model.of_compile(plan, seen)
    return record.planned, unseen()


def _sink(record: KeyRecord, plan: RunPlan, args: Any, model: Any) -> Any:
    if record.role == "model":
        return getattr(getattr(model, "config", None), str(record.parameter), None)
    return object.__getattribute__(args, "__dict__").get(str(record.parameter)) if args is not None else None


def _of_argument(name: str, planned: Any, seen: Observed, args: Any) -> Evidence:
    if args is None or not seen.steps:
        return unseen("no step was done")
    values = object.__getattribute__(args, "__dict__")
    if name in LOSS_ARGUMENTS:
        if name in seen.influence:
            return effect(seen.influence[name], values.get(name))
        return unseen("it was handed to the model; another value gave the same loss on one batch")
    probe = _PROBES.get(name)
    found = probe(seen, values.get(name, planned), values) if probe is not None else None
    return found or unseen()


def plain(value: Any) -> Any:
    """A JSON value: enums by value, tuples as lists, anything else by its text."""
    value = getattr(value, "value", value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | type(None)) else str(value)
