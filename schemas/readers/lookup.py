"""Answers from summaries: the bundled one of a version, the two around it if they agree, or an installed package."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .packed import reader, unpack_names

PLAIN_ARGUMENTS = "transformers.TrainingArguments"
PLAIN_TRAINER = "transformers.Trainer"
LAYERS = ("gliner.GLiNER.train_model", "gliner.GLiNER.create_training_args")
_summaries: dict[str, dict[str, Any] | None] = {}
_names: dict[int, frozenset[str]] = {}


class Found(NamedTuple):
    """A verdict with its readers as (source, function). On a field with reporters, `why` is what may be added."""

    verdict: str
    readers: tuple[tuple[str, str], ...] = ()
    why: str | None = None
    reporters: tuple[str, ...] = ()


def load(name: str) -> dict[str, Any] | None:
    """A bundled summary by file name, None when there is none."""
    if name not in _summaries:
        import json
        import os

        path = os.path.join(os.path.dirname(__file__), "..", "data", "readers", f"{name}.json")
        try:
            with open(path, encoding="utf-8") as file:
                _summaries[name] = json.load(file)
        except FileNotFoundError:
            _summaries[name] = None
    return _summaries[name]


def _known(distribution: str) -> list[str]:
    """The versions that have a bundled summary, oldest first."""
    import os

    folder = os.path.join(os.path.dirname(__file__), "..", "data", "readers")
    names = [n for n in os.listdir(folder) if n.startswith(f"{distribution}-") and "+" not in n]
    return sorted((n[len(distribution) + 1 : -5] for n in names), key=_order)


def _order(version: str) -> tuple[int, ...]:
    digits = [""]
    for character in version:
        if character.isdigit():
            digits[-1] += character
        elif character == ".":
            digits.append("")
        else:
            break
    return tuple(int(d or 0) for d in digits)


def around(distribution: str, version: str) -> tuple[str, ...]:
    """The summarised version itself; else the nearest on both sides; one or none at the ends."""
    known = _known(distribution)
    if version in known:
        return (version,)
    below = [v for v in known if _order(v) < _order(version)]
    above = [v for v in known if _order(v) > _order(version)]
    return (*below[-1:], *above[:1])


def find(
    surface: str,
    parameter: str,
    versions: Mapping[str, str],
    trainer: str,
    model: str | None,
    packages: Mapping[str, str],
) -> Found | None:
    """The verdict on one parameter; see the package's `use`."""
    concerned = ["transformers", "gliner"]
    if surface == PLAIN_ARGUMENTS or surface.endswith(".TrainingArguments") or surface in LAYERS:
        if trainer == PLAIN_TRAINER:
            concerned.remove("gliner")

        def ask(each: Versions) -> Found | None:
            return _argument(parameter, each, trainer, model) or _layer(surface, parameter, each)
    else:
        concerned.remove("transformers")

        def ask(each: Versions) -> Found | None:
            return _config(surface, parameter, each, model)

    if packages:
        from .live import summaries

        return ask(Versions(*summaries(versions, packages, concerned)))
    return _agreed({name: versions[name] for name in concerned if name in versions}, ask)


class Versions(NamedTuple):
    """One combination of summaries."""

    transformers: dict[str, Any] | None
    gliner: dict[str, Any] | None
    pair: dict[str, Any] | None


def _agreed(versions: Mapping[str, str], ask: Callable[[Versions], Found | None]) -> Found | None:
    """Ask every summary that stands for the versions; inert needs all of them, and one on each side of a version."""
    sides = {name: around(name, version) for name, version in versions.items()}
    answers = []
    for t in sides.get("transformers") or ("",):
        for g in sides.get("gliner") or ("",):
            combination = (f"transformers-{t}", f"gliner-{g}", f"gliner-{g}+transformers-{t}")
            answers.append(ask(Versions(*(load(name) for name in combination))))
    known = [a for a in answers if a is not None]
    if not known:
        return None
    for verdict in ("live", "unknown"):
        for answer in known:
            if answer.verdict == verdict:
                return answer
    bracketed = all(len(found) == 2 or versions[name] in found for name, found in sides.items())
    if bracketed and len(known) == len(answers):
        return known[0]
    why = "no summary of this version; in the nearest one that has it, nothing uses it"
    return known[0]._replace(verdict="unknown", why=why)


def _layer(surface: str, parameter: str, each: Versions) -> Found | None:
    """A parameter of a layer that is no field of the arguments: the layer uses it itself, or drops it."""
    layer = (each.gliner or {"wrappers": {}})["wrappers"].get(surface)
    if layer is None or each.gliner is None:
        return None
    if parameter in layer["used"]:
        return Found("live", (reader(layer["used"][parameter], each.gliner["functions"]),))
    if parameter in layer["dropped"]:
        return Found("inert", (), f"{surface} takes it and does nothing with it")
    return None


def _argument(parameter: str, each: Versions, trainer: str, model: str | None) -> Found | None:
    plain = each.transformers
    if trainer == PLAIN_TRAINER:
        entries, source = (plain or {}).get("trainer", {}), plain
        if parameter not in entries:
            return None
    else:
        if each.pair is None:
            return None
        source = each.pair if parameter in each.pair["trainer"] or plain is None else plain
        entries = source["trainer"]
        if parameter not in entries:
            return None
        if model is not None and parameter in each.pair["losses"].get(model, ()):
            given = _found(entries[parameter], source)
            why = f"the trainer hands it to the model, and the forward pass of {model} drops it"
            return Found("inert", given.readers, why)
    return _found(entries[parameter], source or {}) if entries else None


def _found(entry: Any, source: Mapping[str, Any]) -> Found:
    functions: list[str] = source.get("functions", [])
    if isinstance(entry, list):
        return Found("live", tuple(reader(r, functions) for r in entry))

    def readers(key: str) -> tuple[tuple[str, str], ...]:
        return tuple(reader(r, functions) for r in entry.get(key, ()))

    note = ""
    if "namesake" in entry:
        method = _place(reader(entry["namesake"], functions))
        note = f"; {method} takes an argument of that name, which this does not fill"
    verdict, checked, elsewhere = entry["verdict"], readers("checked"), readers("elsewhere")
    if verdict == "live":
        return Found(verdict, readers("live"), note or None, tuple(entry.get("reporters", ())))
    if verdict == "unknown":
        return Found(verdict, checked + elsewhere, f"the trail is lost: {entry['lost']}")
    return Found(verdict, checked + elsewhere, why_inert(checked, elsewhere) + note)


def why_inert(checked: tuple[tuple[str, str], ...], elsewhere: tuple[tuple[str, str], ...]) -> str:
    """One sentence on an inert field."""
    if checked and elsewhere:
        return (
            f"{_place(checked[0])} only checks or stores it, and {_place(elsewhere[0])}, which would use it, "
            "never runs in training, evaluation or saving"
        )
    if checked:
        return f"{_place(checked[0])} reads it, and nothing that runs uses what comes of it"
    if elsewhere:
        return f"its only reader is {_place(elsewhere[0])}, which never runs in training, evaluation or saving"
    return "no code of the library reads it"


def _place(found: tuple[str, str]) -> str:
    return f"{found[1]} ({found[0]})"


def _config(surface: str, parameter: str, each: Versions, model: str | None) -> Found | None:
    summary = each.gliner
    if summary is None or parameter not in summary["fields"]:
        return None
    config = surface.rpartition(".")[2]
    if config not in summary["classes"]:
        return None
    functions: list[str] = summary["functions"]
    models = {name: unused for name, unused in summary["models"].items() if _concerns(summary, name, config, model)}
    if not models:
        return None
    readers = tuple(reader(r, functions) for r in summary["fields"][parameter])
    if any(parameter not in unused for unused in models.values()):
        return Found("live", readers)
    lost = next((unused[parameter] for unused in models.values() if unused[parameter]), None)
    if lost:
        return Found("unknown", readers, f"the trail is lost: {lost}")
    if not readers:
        return Found("inert", (), "no code of the library reads it")
    whose = model or " and ".join(sorted(models))
    return Found(
        "inert", readers, f"its only readers, such as {_place(readers[0])}, belong to models other than {whose}"
    )


def _concerns(summary: Mapping[str, Any], name: str, config: str, model: str | None) -> bool:
    """Whether a GLiNER class may be built from the config class; the general classes stand for every model."""
    if model is not None:
        return name == model
    return summary["configs"].get(name) in (None, config) or config not in summary["configs"].values()


def replacement(
    surface: str, parameter: str, versions: Mapping[str, str], packages: Mapping[str, str]
) -> tuple[str, str, str] | None:
    """(expression, when, source) of a layer that may exchange a value; needs every summary around the version."""
    found = []
    for summary in _gliner(versions, packages):
        layer = summary["wrappers"].get(surface, {"replaced": {}})
        found.append(layer["replaced"].get(parameter))
    if not found or any(f is None for f in found):
        return None
    expression, when, source = found[0]
    return expression, when, source


def mentioned(name: str, versions: Mapping[str, str], packages: Mapping[str, str]) -> bool:
    """Whether the name occurs in any summary around the version; True when there is none on one side."""
    summaries = _gliner(versions, packages)
    if not summaries or (not packages and len(summaries) < 2 and versions.get("gliner") not in _known("gliner")):
        return True
    return any(name in _names_of(summary) for summary in summaries)


def _names_of(summary: dict[str, Any]) -> frozenset[str]:
    if id(summary) not in _names:
        _names[id(summary)] = unpack_names(summary["names"])
    return _names[id(summary)]


def _gliner(versions: Mapping[str, str], packages: Mapping[str, str]) -> list[dict[str, Any]]:
    if "gliner" in packages:
        from .live import gliner

        return [gliner(packages["gliner"])]
    names = around("gliner", versions["gliner"]) if "gliner" in versions else ()
    return [summary for name in names if (summary := load(f"gliner-{name}")) is not None]
