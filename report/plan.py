"""The plan as a table for people and as JSON: what the run will hold, who said so, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..audit.documents.node import dotted
from ..audit.plan import Plan, Resolved
from ..rules.rule import show
from ..schemas.surface import MISSING

SCHEMA = "gliner-audit/plan/1"
DERIVED = {
    "by": "length decided by",
    "total_steps": "optimiser steps",
    "steps_per_epoch": "steps per epoch",
    "epochs": "epochs",
    "warmup_steps": "warm-up steps",
    "effective_batch_size": "examples per step",
    "evaluates": "evaluates",
    "evaluations": "evaluations",
    "saves": "saves checkpoints",
    "checkpoints": "checkpoints",
}


def table(plan: Plan, *, every: bool = False) -> str:
    """Rows of parameter, value and source; what the file says first, defaults only with `every`."""
    rows = [(one.parameter, _value(one.value), source(one)) for one in plan.args.values() if every or _matters(one)]
    for target, setting in plan.config.settings.items():
        if target.role != "args":
            rows.append((f"{target.role}.{target.parameter}", show(setting.value), dotted(setting.path)))
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    lines = [f"as {plan.layer} {_version(plan)} would hold it", ""]
    lines += [f"{name:<{widths[0]}}  {value:<{min(widths[1], 40)}}  {why}" for name, value, why in rows]
    lines += ["", "what follows"]
    derived = plan.derived._asdict()
    for name, title in DERIVED.items():
        if derived[name] is not None:
            lines.append(f"  {title:<20} {show(derived[name])}")
    for group, rate in plan.derived.groups:
        lines.append(f"  {'learning rate':<20} {show(rate)} ({group})")
    if plan.derived.total_steps is None:
        lines.append("  steps need the number of training examples: --examples N")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def elsewhere(rows: Sequence[tuple[str, Any, Any]], other: str = "train_model") -> str:
    """Where another caller would have held another value: rows of (parameter, here, there)."""
    if not rows:
        return ""
    wide = max(len(name) for name, _, _ in rows)
    lines = [f"{other} would have held other values, for those who migrate"]
    lines += [f"  {name:<{wide}}  {show(there)} (here {show(here)})" for name, here, there in rows]
    return "\n".join(lines) + "\n"


def source(one: Resolved) -> str:
    """Where a value comes from, in words."""
    if one.source == "config":
        return dotted(one.path or ())
    if one.source == "derived":
        return f"follows from {one.why}"
    if one.source == "replaced":
        said = f", instead of {dotted(one.path)}: {show(one.written)}" if one.path is not None else ""
        return f"`{one.why}` in {one.layer}{said}"
    return f"default of {one.layer}"


def json_text(plan: Plan) -> str:
    """The whole plan as JSON: every argument with its source, the other settings, and what follows."""
    import json

    args: list[dict[str, Any]] = []
    for one in plan.args.values():
        row: dict[str, Any] = {"parameter": one.parameter, "source": one.source, "layer": one.layer}
        if one.value is not MISSING:
            row["value"] = one.value
        if one.path is not None:
            row |= {"key": dotted(one.path), "written": one.written}
        if one.why is not None:
            row["why"] = one.why
        args.append(row)
    others = [
        {"role": target.role, "parameter": target.parameter, "key": dotted(setting.path), "value": setting.value}
        for target, setting in plan.config.settings.items()
        if target.role != "args"
    ]
    document = {
        "schema": SCHEMA,
        "config": plan.config.document.path,
        "layer": plan.layer,
        "against": dict(plan.config.surfaces.versions),
        "arguments": args,
        "settings": others,
        "derived": plan.derived._asdict(),
    }
    return json.dumps(document, indent=2, default=str, ensure_ascii=False) + "\n"


def _matters(one: Resolved) -> bool:
    return one.path is not None or one.source != "default"


def _value(value: Any) -> str:
    return "(computed)" if value is MISSING else show(value)


def _version(plan: Plan) -> str:
    return plan.config.surfaces.versions.get(plan.layer.split(".", 1)[0], "")
