"""The four surfaces under the oracle: their parameters, and the config that a mutation starts from."""

from __future__ import annotations

import inspect
from typing import Any, NamedTuple

from .parameters import (
    Parameter,
    compared_words,
    dataclass_parameters,
    init_parameters,
    quoted_words,
    signature_parameter,
)

GLINER_ARGS = "gliner.training.TrainingArguments"
TRAINER_ARGS = "transformers.TrainingArguments"
LORA = "peft.LoraConfig"
GLINER_CONFIG = "gliner.GLiNERConfig"
SURFACES = (GLINER_ARGS, TRAINER_ARGS, LORA, GLINER_CONFIG)

# Names that the truth replaces by small local models: no hub is needed, and the config reads like a real one.
BACKBONE = "microsoft/deberta-v3-small"
LABELS_BACKBONE = "sentence-transformers/all-MiniLM-L6-v2"
DECODER = "openai-community/gpt2"

_MODEL = {"model_name": BACKBONE, "span_mode": "markerV0", "max_width": 4, "hidden_size": 64, "max_len": 64}
_FREE_TEXT = {"model_name", "name", "labels_encoder", "labels_decoder"}
_LORA = {"r": 4, "lora_alpha": 8, "target_modules": ["query", "value"]}
_TRAINER = {"output_dir": "out", "learning_rate": 2.0e-4, "per_device_train_batch_size": 4, "use_cpu": True}
_ON_CPU = {"use_cpu": True, "dataloader_num_workers": 0}
_DATA = {"root_dir": "out", "train_data": "data/train.json"}


class Surface(NamedTuple):
    """`section` is where the mutated keys go (None: the top level); `base` is the config they are added to."""

    name: str
    section: str | None
    base: dict[str, Any]
    parameters: dict[str, Parameter]
    foreign: tuple[str, ...]


def gliner_training_parameters() -> dict[str, Parameter]:
    """What `GLiNER.train_model` takes as keywords: `create_training_args`, then the dataclass behind it."""
    from gliner.model import BaseGLiNER
    from gliner.training import TrainingArguments

    found = dataclass_parameters(TrainingArguments)
    for parameter in inspect.signature(BaseGLiNER.create_training_args).parameters.values():
        if parameter.name in found and parameter.default is not inspect.Parameter.empty:
            own = signature_parameter(parameter)
            kinds = tuple(sorted({*found[parameter.name].kinds, *own.kinds}))
            found[parameter.name] = found[parameter.name]._replace(default=own.default, kinds=kinds)
    return _with_words(found, quoted_words(TrainingArguments.__doc__))


def gliner_config_parameters() -> dict[str, Parameter]:
    """The parameters of every GLiNER config class, the legacy class first."""
    from gliner import config as gliner_config

    classes = [c for c in vars(gliner_config).values() if inspect.isclass(c) and c.__module__ == gliner_config.__name__]
    found: dict[str, Parameter] = {}
    documented: dict[str, list[str]] = {}
    for cls in sorted(classes, key=lambda c: (c.__name__ != "GLiNERConfig", c.__name__)):
        if issubclass(cls, gliner_config.BaseGLiNERConfig):
            for name, parameter in init_parameters(cls).items():
                found.setdefault(name, parameter)
            documented |= quoted_words(cls.__init__.__doc__)
    return _with_words(found, documented)


def _with_words(found: dict[str, Parameter], documented: dict[str, list[str]]) -> dict[str, Parameter]:
    """Adds the words that the library compares with or quotes, and the default, to parameters that list none."""
    bare = {name for name, p in found.items() if "str" in p.kinds and not p.choices} - _FREE_TEXT
    compared = compared_words("gliner", bare)
    result = dict(found)
    for name in sorted(bare & {*compared, *documented}):
        default = found[name].default
        words = [default] if isinstance(default, str) and default else []
        words += [*compared.get(name, []), *documented.get(name, [])]
        result[name] = found[name]._replace(choices=tuple(dict.fromkeys(w for w in words if w)))
    return result


def all_surfaces() -> tuple[Surface, ...]:
    """The four surfaces, from the libraries that are installed here."""
    import peft
    import transformers

    trainer = dataclass_parameters(transformers.TrainingArguments)
    lora = dataclass_parameters(peft.LoraConfig)
    gliner = gliner_training_parameters()
    config = gliner_config_parameters()
    for name in ("output_dir",):
        trainer.pop(name)
        gliner.pop(name)

    def foreign(own: dict[str, Parameter], *others: dict[str, Parameter]) -> tuple[str, ...]:
        return tuple(sorted({name for other in others for name in other} - {*own, "output_dir"}))

    model = {"model": dict(_MODEL), "data": dict(_DATA)}
    return (
        Surface(GLINER_ARGS, "training", {**model, "training": dict(_ON_CPU)}, gliner, foreign(gliner, lora, config)),
        Surface(TRAINER_ARGS, None, dict(_TRAINER), trainer, foreign(trainer, lora, gliner, config)),
        Surface(LORA, "lora", {**_TRAINER, "lora": dict(_LORA)}, lora, foreign(lora, trainer, gliner)),
        Surface(
            GLINER_CONFIG,
            "model",
            {**model, "training": {**_ON_CPU, "max_steps": 100}},
            config,
            foreign(config, gliner, lora),
        ),
    )
