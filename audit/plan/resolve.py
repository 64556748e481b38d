"""Which layer's value holds: what the file says, what a wrapper makes of it, what the library falls back to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ...schemas.surface import MISSING, Surface
from ..config import RUNNER
from ..dialects.base import ARGS, Target
from ..unknown import is_unknown
from . import derive
from .by_runner import implied

if TYPE_CHECKING:
    from ..config import Config
    from ..documents.node import Path

WRAPPER = "gliner.GLiNER.create_training_args"
TRAIN_MODEL = "gliner.GLiNER.train_model"


class Resolved(NamedTuple):
    """The value that the library will hold for one parameter.

    `source` says who set it ("config", "default", "replaced", "derived" by the runner), `layer` the surface that did;
    `path` is the key in the file and `written` its value there (MISSING when the file does not say).
    """

    parameter: str
    value: Any
    source: str
    layer: str
    path: Path | None = None
    written: Any = MISSING
    why: str | None = None


_BEYOND = 2**63


class Plan:
    """The resolved training arguments of a config and what follows from them.

    `layer` is the surface that is assumed to be called; `examples` is the number of training examples when known.
    """

    def __init__(self, config: Config, layer: str, examples: int | None, world_size: int) -> None:
        self.config = config
        self.layer = layer
        written: dict[str, Resolved] = {}
        for target, setting in config.settings.items():
            if target.role == ARGS:
                written[target.parameter] = Resolved(
                    target.parameter, setting.value, "config", layer, setting.path, setting.value
                )
        self.args: dict[str, Resolved] = {**written, **_defaults(config, layer), **written}
        if layer == TRAIN_MODEL:
            self._replace()
        elif config.trainer == RUNNER:
            for name, (value, why) in implied(config).items():
                self.args[name] = Resolved(name, value, "derived", layer, why=why)
        self._examples, self._world_size = examples, world_size

    @cached_property
    def derived(self) -> derive.Derived:
        """What follows from the values."""
        return derive.derive(self, self._examples, self._world_size)

    def _replace(self) -> None:
        """What the wrapper makes of a falsy value: `others_lr or learning_rate` (gliner 0.2.29, model.py:2428)."""
        wrapper = self.config.surfaces.named(WRAPPER)
        for name, parameter in wrapper.parameters.items() if wrapper is not None else ():
            resolved = self.args.get(name)
            first, sign, other = (parameter.expression or "").partition(" or ")
            if resolved is None or not sign or first != name or other not in self.args:
                continue
            if is_unknown(resolved.value):
                continue
            if not resolved.value and resolved.value is not MISSING:
                self.args[name] = resolved._replace(
                    value=self.args[other].value, source="replaced", layer=WRAPPER, why=parameter.expression
                )

    def value(self, parameter: str) -> Any:
        """The value that the library will hold; MISSING when no layer knows the parameter."""
        resolved = self.args.get(parameter)
        return MISSING if resolved is None else resolved.value

    def number(self, parameter: str) -> float | None:
        """The value as a number (text counts as what a cast would make of it); None when it is none, or one that is
        infinite or beyond all counting."""
        value = self.value(parameter)
        if isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        return value if -_BEYOND < value < _BEYOND else None

    def says(self, parameter: str) -> bool:
        """Whether the file sets the parameter."""
        return Target(ARGS, parameter) in self.config.settings


def _defaults(config: Config, layer: str) -> dict[str, Resolved]:
    """What holds where a file says nothing, made once for all files that are held against the same surfaces."""
    cache = config.surfaces.defaults
    if layer not in cache:
        found: dict[str, Resolved] = {}
        for surface in layers(config, layer):
            for name, parameter in surface.parameters.items():
                if name not in found and parameter.default is not MISSING:
                    found[name] = Resolved(name, parameter.default, "default", surface.name)
        cache[layer] = found
    defaults: dict[str, Resolved] = cache[layer]
    return defaults


def layers(config: Config, layer: str) -> tuple[Surface, ...]:
    """The surfaces whose defaults hold, first hit wins: train_model hands to create_training_args, that to the
    class."""
    names = [layer]
    if layer == TRAIN_MODEL:
        names = [WRAPPER, config.dialect.surfaces[ARGS]]
    found = (config.surfaces.named(name) for name in names)
    return tuple(surface for surface in found if surface is not None)


def resolve(config: Config, *, layer: str | None = None, examples: int | None = None, world_size: int = 1) -> Plan:
    """Resolve a config as `layer` would hold it.

    Without `layer` the dialect's own is taken: GLiNER's train_model, or its TrainingArguments class in versions that
    have no train_model (before gliner 0.2.23).
    """
    if layer is None:
        layer = config.dialect.layer
        if config.surfaces.named(layer) is None:
            layer = config.dialect.surfaces[ARGS]
    return Plan(config, layer, examples, world_size)
