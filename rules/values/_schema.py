"""What a violation of a parameter's schema says, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ...audit.config import Config, Violation
from ...audit.documents.node import Path, dotted
from ...schemas import catalog, observed
from ...schemas.surface import Parameter
from ...schemas.validate import is_valid
from ..finding import ERROR, LIKELY, OBSERVED, PROVEN, WARNING
from ..gliner.other_model_only import unread
from ._number import meant

WHEN = {
    "made": "when the arguments are made",
    "injected": "when the adapters are put into the model",
    "built": "when the model is built",
    "trained": "at the first steps",
}


class Weight(NamedTuple):
    """How heavy a refused value is: its severity, how sure that is, what training does, and whether a run was seen to
    stop."""

    severity: str
    confidence: str
    effect: str
    stops: bool = False


NOUNS = {
    "null": "null",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "string": "text",
    "array": "a list",
    "object": "a mapping",
}


def violations(config: Config, keywords: tuple[str, ...]) -> Iterator[tuple[Violation, Parameter, Any]]:
    """The violations of these keywords that are no text numbers, with the parameter and the value.

    What the model that this config builds does not read is left to the rule on that.
    """
    for violation in config.structural:
        if violation.keyword not in keywords or unread(config, violation.target):
            continue
        parameter = config.parameter(violation.target.parameter, violation.target.role)
        value = config.settings_value(violation.path)
        if parameter is not None and meant(value, parameter.schema) is None:
            yield violation, parameter, value


def weigh(config: Config, violation: Violation, parameter: Parameter) -> Weight:
    """An error where the library's code refuses the value or a run with such a value stopped.

    Else a warning: a declared type that nobody checks proves nothing.
    """
    stopped = stop(config, _key_path(config, violation))
    enforced = bool(parameter.enforced_at) and violation.keyword not in ("type", "anyOf")
    if stopped is not None:
        return stopped._replace(confidence=PROVEN) if enforced and stopped.severity == ERROR else stopped
    if enforced:
        return Weight(ERROR, PROVEN, f"training stops: the library refuses the value ({parameter.enforced_at})")
    if not observed.covers(config.dialect.surfaces.get(violation.target.role, "")):
        return Weight(ERROR, LIKELY, "training stops where it is used")
    if _newer_takes(config, violation):
        return Weight(ERROR, LIKELY, "the value is for newer versions: this one stops, or takes it for something else")
    return Weight(WARNING, LIKELY, "the library does not check it: a plain run goes on, and takes it as it comes")


def stop(config: Config, path: Path) -> Weight | None:
    """The error that a value of this kind was seen to stop a run with; None when none was seen."""
    for target in config.paths[path]:
        surface = config.dialect.surfaces.get(target.role, "")
        found = observed.stop(surface, target.parameter, config.settings_value(path))
        if found is not None:
            library = surface.partition(".")[0]
            same = config.surfaces.versions.get(library) == observed.versions().get(library)
            effect = f"training stops {WHEN[found.when]} ({found.error})"
            if _may_be_left_out(config, path):
                return Weight(WARNING, LIKELY, f"{effect}, unless the trainer leaves nulls out", True)
            return Weight(ERROR, OBSERVED if same else LIKELY, effect, True)
    return None


def _newer_takes(config: Config, violation: Violation) -> bool:
    """Whether the newest version declares the value that this version does not: then nobody tried it here."""
    name = config.dialect.surfaces.get(violation.target.role, "")
    library = name.partition(".")[0]
    newest = catalog.newest(library)
    surface = catalog.surface(name, newest) if config.surfaces.versions.get(library) != newest else None
    newer = surface.parameters.get(violation.target.parameter) if surface is not None else None
    return newer is not None and is_valid(newer.schema, config.settings_value(_key_path(config, violation)))


def _may_be_left_out(config: Config, path: Path) -> bool:
    """A null that an unknown GLiNER trainer may take for "not set" before it calls the library."""
    unknown = config.trainer is None and not config.closed and config.dialect.name == "gliner"
    return unknown and config.settings_value(path) is None


def _key_path(config: Config, violation: Violation) -> Path:
    """The path of the key whose value holds the violation."""
    path = violation.path
    while path not in config.paths:
        path = path[:-1]
    return path


def yaml_word(config: Config, violation: Violation) -> str | None:
    """The plain word (`no`, `off`) that YAML 1.1 makes a truth value where the schema takes that very text, or None."""
    parameter = config.parameter(violation.target.parameter, violation.target.role)
    node = config.document.node(violation.path)
    if parameter is None or node is None or not isinstance(node.value, bool) or node.raw.lower() in ("true", "false"):
        return None
    return node.raw if is_valid(parameter.schema, node.raw) else None


def types(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The JSON types that a schema takes, alternatives included."""
    found: dict[str, None] = {}
    listed = schema.get("type", ())
    found.update(dict.fromkeys([listed] if isinstance(listed, str) else listed))
    for option in schema.get("anyOf", ()):
        found.update(dict.fromkeys(types(option)))
    for choice in schema.get("enum", ()):
        found.setdefault("null" if choice is None else "string" if isinstance(choice, str) else "number")
    return tuple(found)


def choices(schema: Mapping[str, Any]) -> list[str]:
    """The words that a schema lists, alternatives included; empty where any text will do."""
    options = schema.get("anyOf", (schema,))
    return [choice for option in options for choice in option.get("enum", ()) if isinstance(choice, str)]


def is_word(violation: Violation, parameter: Parameter, value: Any) -> bool:
    """Whether a refused alternative is a word that is none of those listed: a choice, not a kind."""
    return violation.keyword == "anyOf" and isinstance(value, str) and bool(choices(parameter.schema))


def asked(violation: Violation, parameter: Parameter) -> str:
    """What the schema takes at the place of a violation, in words: "a number or null"."""
    return wanted({"type": violation.detail} if violation.keyword == "type" else parameter.schema)


def wanted(schema: Mapping[str, Any]) -> str:
    """What a schema takes, in words."""
    nouns = [NOUNS[name] for name in types(schema) if name in NOUNS]
    if "a number" in nouns and "a whole number" in nouns:
        nouns.remove("a whole number")
    return " or ".join(nouns) if nouns else "another kind of value"


def where(config: Config, violation: Violation) -> str:
    """The surface that refuses the value, with its version."""
    surface = config.surfaces.of(violation.target.role)
    if surface is None or not surface.version:
        return "training"
    return f"{surface.name} {surface.version}"


def name(config: Config, violation: Violation) -> str:
    """The key as it is written in the file, with the place inside its value."""
    return dotted(violation.path[len(_key_path(config, violation)) - 1 :])
