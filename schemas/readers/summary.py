"""Summaries of library source: what one version, or one pair of versions, does with every field.

A summary is plain JSON. A field that is used is a list of its readers; any other is a mapping with the verdict and its
grounds. Bundled summaries (`build`) and those made of an installed package have the same form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .mentions import mentions
from .models import config_classes, gliner_classes, judge_models, networks
from .program import Program
from .training import judge_losses, judge_trainer
from .verdicts import Verdict
from .wrappers import gliner_wrappers

Entry = list[str] | dict[str, Any]
READERS_IN_SUMMARY = 2


def entry(verdict: Verdict) -> Entry:
    """The JSON form of a verdict."""
    if verdict.verdict == "live" and not verdict.reporters:
        return list(verdict.live[:READERS_IN_SUMMARY])
    keep = {
        "live": verdict.live[:READERS_IN_SUMMARY],
        "checked": verdict.checked[:READERS_IN_SUMMARY],
        "elsewhere": verdict.elsewhere[:READERS_IN_SUMMARY],
        "reporters": verdict.reporters,
        "lost": verdict.lost,
        "namesake": verdict.namesake,
    }
    return {"verdict": verdict.verdict} | {k: list(v) if isinstance(v, tuple) else v for k, v in keep.items() if v}


def transformers_summary(sources: Mapping[str, str]) -> dict[str, Any]:
    """`trainer`: each field of transformers.TrainingArguments under transformers.Trainer."""
    program = Program(sources)
    trainer = program.find_class("transformers.Trainer")
    arguments = program.find_class("transformers.TrainingArguments")
    if trainer is None or arguments is None:
        return {"trainer": {}}
    return {"trainer": {field: entry(v) for field, v in judge_trainer(program, trainer, arguments).items()}}


def gliner_summary(sources: Mapping[str, str]) -> dict[str, Any]:
    """`fields`: readers of each config field; `models`: by GLiNER class, the fields that its
    code does not use, with what was lost where that is not sure;
    `configs`: the config class of each; `wrappers`, `names`: see wrappers and mentions."""
    program = Program(sources)
    judged = judge_models(program)
    fields: dict[str, list[str]] = {}
    models: dict[str, dict[str, str | None]] = {}
    for name, verdicts in judged.items():
        models[name] = {f: v.lost for f, v in verdicts.items() if v.verdict != "live"}
        for field, verdict in verdicts.items():
            known = fields.setdefault(field, [])
            known += [r for r in verdict.live[:READERS_IN_SUMMARY] if r not in known][: READERS_IN_SUMMARY - len(known)]
    declared = {}
    for name, cls in gliner_classes(program).items():
        config = cls.attributes.get("config_class")
        found = program.class_of(cls.module, config.node) if config else None
        declared[name] = found.name if found else None
    wrappers = {
        surface: {
            "replaced": {n: list(r) for n, r in layer.replaced.items()},
            "used": layer.used,
            "dropped": layer.dropped,
        }
        for surface, layer in gliner_wrappers(program).items()
    }
    classes = {name: program.fields(cls) for name, cls in config_classes(program).items()}
    own = {name: [f for f in names if f not in classes.get("BaseGLiNERConfig", ())] for name, names in classes.items()}
    own["BaseGLiNERConfig"] = classes.get("BaseGLiNERConfig", [])
    return {
        "fields": fields,
        "models": models,
        "configs": declared,
        "classes": own,
        "wrappers": wrappers,
        "names": mentions(program),
    }


def pair_summary(sources: Mapping[str, str], plain: Mapping[str, Any]) -> dict[str, Any]:
    """gliner's trainer over one version of transformers. `trainer`: fields that fare otherwise than under
    transformers.Trainer (`plain`); `losses`: by GLiNER class, fields that its network drops."""
    program = Program(sources)
    trainer = program.find_class("gliner.training.Trainer")
    arguments = program.find_class("gliner.training.TrainingArguments")
    if trainer is None or arguments is None or program.find_class("transformers.Trainer") is None:
        return {"trainer": {}, "losses": {}}
    entries = {field: entry(v) for field, v in judge_trainer(program, trainer, arguments).items()}
    classes = gliner_classes(program)
    nets = {name: network for name, cls in classes.items() if (network := networks(program, cls)) is not None}
    losses = judge_losses(program, trainer, arguments, nets)
    return {
        "trainer": {field: e for field, e in entries.items() if plain.get(field) != e},
        "losses": {name: list(fields) for name, fields in losses.items() if fields},
    }
