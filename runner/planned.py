"""From a linted config to the run: the plan that `gliner-audit run` trains by, and a record of every key.

The runner hands the arguments to gliner.training.TrainingArguments itself, so that 0 stays 0 and no default of
`train_model` (10,000 steps, a warm-up of 0.1) comes in unseen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from ..audit.config import Config
from ..audit.dialects.base import ARGS, CALL, DATA, ENV, LOFTQ, LORA, META, MODEL, Target
from ..audit.documents.node import Path, dotted
from ..audit.plan import Plan, resolve
from ..audit.plan.by_runner import implied
from ..audit.plan.resolve import TRAIN_MODEL
from ..rules.values._number import meant
from ..schemas.surface import MISSING
from .errors import REFUSED, USAGE, RunError
from .plan_types import KeyRecord, RunPlan

LAYER = "gliner.training.TrainingArguments"
_DATA = {"train_data": "train", "val_data": "eval", "root_dir": "output_dir"}


def run_plan(config: Config, output_dir: str | None = None) -> RunPlan:
    """The run of a config that the lint lets through; `output_dir` stands in for the config's own.

    Paths of data are taken from the folder of the process. Raises RunError for what a lint cannot know: no training
    data, no output folder, two of them.
    """
    args = {target.parameter: _cast(config, target, value) for target, value in _values(config, ARGS)}
    data = _data(config, args, output_dir)
    derived = implied(config)
    args.update({name: value for name, (value, _) in derived.items()})
    model = dict(_named(config, MODEL))
    enabled = config.written("lora_enabled", role=META)
    lora = dict(_named(config, LORA))
    prev_path = config.data_path("prev_path")
    if not prev_path and not model.get("model_name"):
        raise RunError("neither model.model_name nor training.prev_path says which model to train", USAGE, "refused")
    return RunPlan(
        args=args,
        model=model,
        data=data,
        seed=int(args.get("seed", 42)),
        lora=lora if lora and enabled is not False else None,
        freeze=tuple(config.written("freeze_components", role=CALL) or ()),
        prev_path=prev_path,
        compile=bool(config.written("compile_model", role=CALL)),
        keys=tuple(_records(config, args, data, derived)),
        config_file=config.document.path,
    )


def environment(config: Config) -> dict[str, str]:
    """Environment variables that the config sets (WANDB_PROJECT, CUDA_VISIBLE_DEVICES, ...); null sets nothing."""
    return {target.parameter: str(value) for target, value in _values(config, ENV) if value is not None}


def against_train_model(config: Config) -> list[tuple[str, Any, Any]]:
    """Parameters for which `train_model` would have held another value: (parameter, here, there)."""
    here, there = resolve(config, layer=LAYER), resolve(config, layer=TRAIN_MODEL)
    names = [name for name in there.args if name in here.args]
    return [(n, _held(here, n), _held(there, n)) for n in names if _held(here, n) != _held(there, n)]


def _held(plan: Plan, name: str) -> Any:
    value = plan.value(name)
    return None if value is MISSING else value


def _values(config: Config, role: str) -> Iterator[tuple[Target, Any]]:
    for target, setting in config.settings.items():
        if target.role == role:
            yield target, setting.value


def _named(config: Config, role: str) -> Iterator[tuple[str, Any]]:
    for target, value in _values(config, role):
        yield target.parameter, _cast(config, target, value)


def _cast(config: Config, target: Target, value: Any) -> Any:
    """The number that a text spells where the parameter takes numbers: `1e-5` is text for YAML 1.1."""
    parameter = config.parameter(target.parameter, target.role)
    number = meant(value, parameter.schema) if parameter is not None else None
    return value if number is None else number


def _data(config: Config, args: dict[str, Any], output_dir: str | None) -> dict[str, Any]:
    train, root = config.data_path("train_data"), config.data_path("root_dir")
    own = args.pop("output_dir", None)
    if root is not None and own is not None:
        raise RunError("data.root_dir and output_dir both name the output folder; keep one", REFUSED, "refused")
    folder = output_dir or root or own
    if train is None:
        raise RunError("the config names no training data: set data.train_data", USAGE, "refused")
    if folder is None:
        raise RunError("the config names no output folder: set data.root_dir, or --output-dir", USAGE, "refused")
    return {"train": train, "eval": config.data_path("val_data"), "output_dir": os.path.expanduser(str(folder))}


def _records(
    config: Config, args: Mapping[str, Any], data: Mapping[str, Any], derived: Mapping[str, tuple[Any, str]]
) -> Iterator[KeyRecord]:
    """One record for each key of the file, those that nothing takes included, and for what was derived."""
    for path, targets in config.paths.items():
        value = config.settings_value(path)
        if any(other[: len(path)] == path for other in config.paths if len(other) > len(path)):
            continue
        yield _record(config, path, targets[0], value, args, data)
    for unknown in config.unknown:
        value = config.settings_value(unknown.path)
        yield KeyRecord(dotted(unknown.path), None, "nothing", None, value, True, "config")
    for name, (value, source) in derived.items():
        yield KeyRecord(name, value, "args", name, None, False, "derived", source)


def _record(
    config: Config, path: Path, target: Target, value: Any, args: Mapping[str, Any], data: Mapping[str, Any]
) -> KeyRecord:
    key, name = dotted(path), target.parameter
    if target.role == ARGS:
        if name == "output_dir":
            return KeyRecord(key, data["output_dir"], "data", "output_dir", value, True, "config")
        return KeyRecord(key, args.get(name), "seed" if name == "seed" else "args", name, value, True, "config")
    if target.role == DATA:
        if name == "prev_path":
            return KeyRecord(key, config.data_path(name), "prev_path", name, value, True, "config")
        return KeyRecord(key, data[_DATA[name]], "data", _DATA[name], value, True, "config")
    if target.role == CALL:
        role = "freeze" if name == "freeze_components" else "compile"
        return KeyRecord(key, value, role, name, value, True, "config")
    if target.role in (MODEL, LORA):
        return KeyRecord(key, _cast(config, target, value), target.role, name, value, True, "config")
    if target.role == LOFTQ:
        return KeyRecord(key, value, "lora", "loftq_config", value, True, "config")
    if target.role == ENV:
        return KeyRecord(key, value, "env", name, value, True, "config")
    if name == "lora_enabled":
        return KeyRecord(key, value, "switch", name, value, True, "config")
    return KeyRecord(key, None, "metadata", None, value, True, "config")
