"""The bundled catalog: which surfaces each library version has, and how a parameter fared from version to version.

Read lazily, one surface and one version at a time; without the help texts unless they are asked for. Surfaces come out
whole: inherited parameters are merged in, and what a callable hands on unchanged carries the demands of the receiver.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import store
from .surface import MISSING, History, Parameter, Surface
from .validate import is_valid

_cache: dict[tuple[str, ...], Any] = {}

#: Demands of an inherited parameter that survive a new annotation: the parent's code still checks the value.
_DEMANDS = ("enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "pattern", "not")


def versions(distribution: str) -> tuple[str, ...]:
    """The catalog's versions of a library, oldest first; empty for a library that it does not hold."""
    return tuple(_index()["versions"].get(distribution, ()))


def newest(distribution: str) -> str:
    """The newest version of a library in the catalog. Raises KeyError for a library that it does not hold."""
    return str(_index()["versions"][distribution][-1])


def nearest(distribution: str, version: str) -> tuple[str, bool]:
    """The nearest lower (or equal) catalog version, the lowest if none is lower, and whether it is the one asked for.

    Raises KeyError for a library that the catalog does not hold, ValueError for a text that is no version.
    """
    known = _index()["versions"][distribution]
    if version in known:
        return version, True
    from .versions import key

    wanted = key(version)
    lower = [candidate for candidate in known if key(candidate) <= wanted]
    chosen = lower[-1] if lower else known[0]
    return chosen, key(chosen) == wanted


def companions(distribution: str, version: str) -> Mapping[str, str]:
    """The library versions that the catalog pairs with this one (`gliner` 0.2.29 → `transformers` 5.16.1, …)."""
    for trio in _index()["trios"]:
        if trio.get(distribution) == version:
            return dict(trio)
    return {}


def names(distribution: str, version: str) -> tuple[str, ...]:
    """The surfaces that a library has at a catalog version. Raises ValueError for a version that it does not hold."""
    place = versions(distribution).index(version)
    surfaces: Mapping[str, list[int]] = _index()["surfaces"].get(distribution, {})
    return tuple(name for name, present in surfaces.items() if place in present)


def distribution_of(name: str) -> str | None:
    """The library that declares a surface, or None for a name that the catalog does not hold."""
    return next((library for library, surfaces in _index()["surfaces"].items() if name in surfaces), None)


def surface(name: str, version: str, against: Mapping[str, str] | None = None) -> Surface | None:
    """A surface at a catalog version of its library, inherited parameters included; None when it is absent there.

    `against` gives the versions of other libraries (`{"transformers": "4.57.6"}` beside gliner 0.2.29), of which the
    nearest in the catalog are taken; by default those that it pairs with `version`. Parameters carry no help text:
    see `described`.
    """
    library = distribution_of(name)
    if library is None or version not in versions(library):
        return None
    beside = _beside(library, version, against)
    key = (name, *(f"{part}={beside[part]}" for part in sorted(beside)))
    if key not in _cache:
        _cache[key] = _whole(name, beside)
    found: Surface | None = _cache[key]
    return found


def described(name: str, version: str, against: Mapping[str, str] | None = None) -> Surface | None:
    """`surface`, with the library's help texts."""
    plain = surface(name, version, against)
    if plain is None:
        return None
    texts = _helps(name, _beside(plain.distribution, version, against))
    parameters = {key: row._replace(help=texts.get(key, "")) for key, row in plain.parameters.items()}
    return plain._replace(parameters=parameters)


def accepted(name: str, version: str, against: Mapping[str, str] | None = None) -> Mapping[str, Parameter]:
    """Every name that a call takes: the surface's own parameters, then those of the surfaces that it forwards to."""
    found: dict[str, Parameter] = {}
    step = surface(name, version, against)
    while step is not None:
        found.update((key, row) for key, row in step.parameters.items() if key not in found)
        step = surface(step.forwards_to, version, against) if step.forwards_to else None
    return found


def history(name: str, parameter: str) -> History | None:
    """What became of a parameter of a surface; None when neither the catalog nor the table of renames knows it.

    An inherited or forwarded parameter has the history of the surface that declares it.
    """
    library = distribution_of(name)
    if library is None:
        return None
    if not any(_declares(name, parameter, version) for version in versions(library)):
        further = _elsewhere(name)
        told = history(further, parameter) if further is not None else None
        return told or _told(name, parameter, ())
    present = [version for version in versions(library) if parameter in accepted(name, version)]
    return _told(name, parameter, present)


def _beside(library: str, version: str, against: Mapping[str, str] | None) -> dict[str, str]:
    """The catalog version of each library that a surface is composed of: the nearest ones to what `against` asks."""
    given = {name: nearest(name, asked)[0] for name, asked in (against or {}).items() if versions(name)}
    return {**companions(library, version), **given, library: version}


def _index() -> Mapping[str, Any]:
    return _read("index")


def _read(name: str) -> Mapping[str, Any]:
    key = ("file", name)
    if key not in _cache:
        _cache[key] = store.load(name)
    document: Mapping[str, Any] = _cache[key]
    return document


def _renames() -> Mapping[str, Any]:
    return _read("renames")


def _whole(name: str, beside: Mapping[str, str]) -> Surface | None:
    own = _own(name, beside[distribution_of(name) or ""])
    if own is None:
        return None
    if (base := _related(own.base, beside)) is not None:
        own = own._replace(parameters=_merged(base.parameters, own.parameters))
    if (target := _related(own.forwards_to, beside)) is not None:
        own = own._replace(parameters=_demanding(own.parameters, target.parameters))
    return own


def _related(name: str | None, beside: Mapping[str, str]) -> Surface | None:
    return surface(name, beside[distribution_of(name) or ""], beside) if name is not None else None


def _merged(inherited: Mapping[str, Parameter], own: Mapping[str, Parameter]) -> dict[str, Parameter]:
    """Inherited rows, restated ones in their place with the parent's demands kept, then the new ones."""
    rows = {name: own.get(name, row) for name, row in inherited.items()}
    for name in inherited.keys() & own.keys():
        rows[name] = _demand(own[name], inherited[name])
    return {**rows, **{name: row for name, row in own.items() if name not in rows}}


def _demanding(rows: Mapping[str, Parameter], receiving: Mapping[str, Parameter]) -> dict[str, Parameter]:
    return {
        name: _demand(row, receiving[name]) if row.forwarded and name in receiving else row
        for name, row in rows.items()
    }


def _demand(row: Parameter, other: Parameter) -> Parameter:
    """`row` under the demands that `other` makes of the same value; its own, where it states one, stand."""
    if row.forced is not MISSING:
        return row
    known = row if row.choices else row._replace(choices=other.choices, choices_source=other.choices_source)
    added = {key: value for key, value in other.schema.items() if key in _DEMANDS and key not in row.schema}
    if not added:
        return known
    schema = {key: value for key, value in row.schema.items() if not (key == "type" and "enum" in added)} | added
    if "enum" in schema and "not" in schema:
        refused = schema.pop("not")
        schema["enum"] = [value for value in schema["enum"] if not is_valid(refused, value)]
    if "enum" in added and row.default is not MISSING and not is_valid(schema, row.default):
        schema["enum"] = [*schema["enum"], row.default]
    finite = "enum" in schema
    return known._replace(
        schema=schema,
        choices=() if finite else known.choices,
        choices_source="" if finite else known.choices_source,
        enforced_at=row.enforced_at or other.enforced_at,
    )


def _helps(name: str, beside: Mapping[str, str]) -> dict[str, str]:
    document = _read(name)
    version = beside[document["distribution"]]
    base = document["versions"][version].get("base")
    texts = _helps(base, beside) if base else {}
    own = store.help_texts(document, store.load(f"help/{name}"), version)
    return {**texts, **{key: text for key, text in own.items() if text or key not in texts}}


def _told(name: str, parameter: str, present: Sequence[str]) -> History | None:
    """The history of a parameter that the catalog has at the versions `present`."""
    library = distribution_of(name) or ""
    known = _renames().get(name, {}).get(parameter, {})
    if not present and not known:
        return None
    since, until = (present[0], present[-1]) if present else (None, known.get("until"))
    return History(
        since,
        None if until == newest(library) else until,
        known.get("renamed_to"),
        known.get("note"),
        library,
        known.get("source", ""),
    )


def _declares(name: str, parameter: str, version: str) -> bool:
    """Whether a surface, or one of the same library that it inherits from or forwards to, declares the parameter."""
    step: str | None = name
    while step is not None and distribution_of(step) == distribution_of(name):
        own = _own(step, version)
        if own is None or parameter in own:
            return own is not None
        step = own.base or own.forwards_to
    return False


def _elsewhere(name: str) -> str | None:
    """The first surface of another library that a surface inherits from or forwards to, at its newest version."""
    step: str | None = name
    while step is not None and distribution_of(step) == distribution_of(name):
        own = _own(step, next(iter(_read(step)["versions"])))
        step = (own.base or own.forwards_to) if own is not None else None
    return step


def _own(name: str, version: str) -> Surface | None:
    key = ("own", name, version)
    if key not in _cache:
        _cache[key] = store.decode(_read(name), version)
    own: Surface | None = _cache[key]
    return own
