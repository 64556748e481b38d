"""What is known of a key that stands for no parameter: when it was one, what it is a slip of."""

from __future__ import annotations

from ...audit.config import Config, Unknown
from ...audit.dialects.base import CALL, DATA, LORA
from ...audit.dialects.names import GLINER_SHIPPED, SCRIPT_KEYS
from ...schemas import catalog
from ...schemas.surface import History, Parameter
from ...schemas.validate import is_valid
from ._nearest import nearest, plain_slip


def past(config: Config, unknown: Unknown) -> tuple[str, History] | None:
    """The surface that knows the key at another version, and what it knows; None when no version has it."""
    for role in sorted(unknown.section.roles, key=(CALL, DATA).count):
        name = config.dialect.surfaces.get(role)
        found = catalog.history(name, str(unknown.path[-1])) if name is not None else None
        if name is not None and found is not None:
            return name, found
    return None


def shipped(config: Config, unknown: Unknown) -> bool:
    """A name that GLiNER configs carry along and no code reads."""
    return config.dialect.name == "gliner" and unknown.path[-1] in GLINER_SHIPPED


def slip_of(config: Config, unknown: Unknown) -> str | None:
    """The known name of the section that the key is a slip of, or None.

    Where the keys of a script stand beside the library's, a name near to a known one may well be the script's own
    (`lora_rank`, `precision`): there only a plain slip counts, and only of a name that takes such a value.
    """
    key = str(unknown.path[-1])
    if key in SCRIPT_KEYS:
        return None
    known: dict[str, Parameter | None] = {}
    for role in unknown.section.roles:
        known.update(dict.fromkeys(config.dialect.aliases(role)))
        surface = config.surfaces.of(role)
        if surface is not None:
            known.update(surface.parameters)
    meant = nearest(key, known)
    if meant is None or config.closed or unknown.section.path:
        return meant
    value = config.settings_value(unknown.path)
    parameter = known[meant]
    fits = parameter is None or isinstance(value, str) or is_valid(parameter.schema, value)
    return meant if fits and plain_slip(key, meant) else None


def own_shape(config: Config, unknown: Unknown) -> bool:
    """A LoRA section without LoraConfig's own `r`: the script that reads it spells LoRA its own way."""
    section = unknown.section
    if config.closed or section.roles != (LORA,) or config.dialect.name != "trainer":
        return False
    return "r" not in config.settings_value(section.path)


def place(config: Config, unknown: Unknown) -> str:
    """Where the key stands, in words; nothing for an argument, whose call is shown."""
    if config.document.format == "python":
        return ""
    return f" in `{unknown.section.path[-1]}`" if unknown.section.path else " at the top level"
