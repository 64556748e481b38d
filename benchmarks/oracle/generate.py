"""A seeded generator of mutated training configs: wrong names, types, words, ranges and pairs, and sensible ones.

Names, types, defaults and words come from the installed libraries (parameters.py); nothing comes from the catalog or
from the rules that are judged. About half of the configs are meant to stay valid.
"""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any, NamedTuple

from . import pairs, values
from .parameters import Parameter
from .surfaces import LABELS_BACKBONE, Surface, all_surfaces

SEED = 20261121
PER_SURFACE = 2000
KINDS = ("default", "valid", "name", "type", "enum", "range", "pair")
_WEIGHTS = (6, 18, 12, 20, 12, 16, 16)

# Public names of former releases, and what people call the same things elsewhere.
FORMER_NAMES = (
    "evaluation_strategy", "no_cuda", "overwrite_output_dir", "logging_dir", "warmup_ratio", "group_by_length",
    "per_gpu_train_batch_size", "save_safetensors", "half_precision_backend", "fp16_opt_level", "adafactor",
    "tpu_num_cores", "past_index", "jit_mode_eval", "torchdynamo", "push_to_hub_token", "push_to_hub_model_id",
    "include_inputs_for_metrics", "ray_scope", "use_mps_device", "include_tokens_per_second", "use_ipex",
    "split_batches", "dispatch_batches", "has_rnn",
)  # fmt: skip
GUESSED_NAMES = (
    "lr",
    "epochs",
    "batch_size",
    "num_epochs",
    "alpha",
    "rank",
    "target_module",
    "encoder_lr",
    "max_length",
)


class Case(NamedTuple):
    """One config: `keys` are those that the mutation wrote, in the surface's section."""

    surface: str
    number: int
    kind: str
    keys: tuple[str, ...]
    config: dict[str, Any]


def generate(seed: int = SEED, per_surface: int = PER_SURFACE) -> list[Case]:
    """All cases of a seed: the same list in every run with the same libraries."""
    cases: list[Case] = []
    for surface in all_surfaces():
        rng = Random(f"{seed}:{surface.name}")
        seen: set[str] = set()
        tries = 0
        while len(seen) < per_surface and tries < per_surface * 50:
            tries += 1
            kind = rng.choices(KINDS, _WEIGHTS)[0]
            mutation = _MUTATIONS[kind](rng, surface)
            if mutation is None:
                continue
            config = apply(surface, mutation)
            text = json.dumps(config, sort_keys=True)
            if text not in seen:
                seen.add(text)
                cases.append(Case(surface.name, len(seen) - 1, kind, tuple(mutation), config))
    return cases


def apply(surface: Surface, mutation: dict[str, Any]) -> dict[str, Any]:
    """The surface's base config with the mutated keys; evaluation data is named where evaluation is asked for."""
    config = copy.deepcopy(surface.base)
    section = config if surface.section is None else config[surface.section]
    section.update(copy.deepcopy(mutation))
    if "data" in config and any(key.startswith(("eval_", "load_best")) for key in mutation):
        config["data"]["val_data_dir"] = "data/val.json"
    return config


def _numeric(surface: Surface) -> list[Parameter]:
    return [p for p in surface.parameters.values() if {"int", "float"} & set(p.kinds)]


def _worded(surface: Surface) -> list[Parameter]:
    return [p for p in surface.parameters.values() if p.choices]


def _any(rng: Random, surface: Surface) -> Parameter:
    return rng.choice(list(surface.parameters.values()))


def _at_default(rng: Random, surface: Surface) -> dict[str, Any] | None:
    known = [p for p in surface.parameters.values() if values.at_default(p)]
    return {p.name: p.default for p in rng.sample(known, rng.randint(1, 6))}


def _valid(rng: Random, surface: Surface) -> dict[str, Any] | None:
    chosen = rng.sample(list(surface.parameters.values()), rng.randint(1, 3))
    mutation = {p.name: values.sensible(rng, p) for p in chosen}
    if "labels_encoder" in mutation and mutation["labels_encoder"] is not None:
        mutation["labels_encoder"] = LABELS_BACKBONE
    return mutation


def _wrong_name(rng: Random, surface: Surface) -> dict[str, Any] | None:
    meant = _any(rng, surface)
    pick = rng.random()
    if pick < 0.5:
        name = values.misspelt(rng, meant.name)
    elif pick < 0.6:
        name = rng.choice([meant.name.replace("_", "-"), meant.name.replace("_", ""), meant.name.upper()])
    elif pick < 0.8:
        name = rng.choice(FORMER_NAMES + GUESSED_NAMES)
    else:
        name = rng.choice(surface.foreign)
    return None if name in surface.parameters else {name: values.sensible(rng, meant)}


def _wrong_type(rng: Random, surface: Surface) -> dict[str, Any] | None:
    parameter = _any(rng, surface)
    return {parameter.name: values.wrong_type(rng, parameter)}


def _word(rng: Random, surface: Surface) -> dict[str, Any] | None:
    listed = _worded(surface)
    every = tuple(sorted({w for p in listed for w in p.choices}))
    parameter = rng.choice(listed)
    return {parameter.name: values.word(rng, parameter, every)}


def _out_of_range(rng: Random, surface: Surface) -> dict[str, Any] | None:
    parameter = rng.choice(_numeric(surface))
    return {parameter.name: values.out_of_range(rng, parameter)}


def _pair(rng: Random, surface: Surface) -> dict[str, Any] | None:
    if rng.random() < 0.65:
        schedulers = (
            surface.parameters["lr_scheduler_type"].choices if "lr_scheduler_type" in surface.parameters else ()
        )
        return pairs.conflicting(rng, surface.name, schedulers)
    drawn = rng.sample(list(surface.parameters.values()), 2)
    how = (values.sensible, values.sensible, values.wrong_type, values.out_of_range)
    return {p.name: (rng.choice(how) if {"int", "float"} & set(p.kinds) else values.sensible)(rng, p) for p in drawn}


_MUTATIONS = {
    "default": _at_default,
    "valid": _valid,
    "name": _wrong_name,
    "type": _wrong_type,
    "enum": _word,
    "range": _out_of_range,
    "pair": _pair,
}
