"""The bundled data: one file per surface, each distinct parameter row once, and per version the runs of its rows.

`data/<surface>.json` holds `rows` (a parameter without its place and its help text) and `versions`: for each one the
rows that it has as runs ("0-118 121"), and their lines ("725 731 2:40": a bare number stays in the file named last).
Help texts lie in `data/help/<surface>.json`, in the order of the rows, and are read only when somebody asks: a lint
parses a tenth of what `gliner-audit schema` parses. A new version costs the rows that it changes and its lines.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .surface import MISSING, Parameter, Surface

DATA = os.path.join(os.path.dirname(__file__), "data")

Document = dict[str, Any]


def load(name: str, folder: str = DATA) -> Document:
    """A JSON file of the bundled data by its name without the extension. Raises FileNotFoundError."""
    with open(os.path.join(folder, f"{name}.json"), "rb") as file:
        document: Document = json.loads(file.read())
    return document


def decode(document: Mapping[str, Any], version: str) -> Surface | None:
    """The surface at `version`, without help texts and with its own parameters only; None when it is absent there."""
    entry = document["versions"].get(version)
    if entry is None:
        return None
    rows, files = document["rows"], document["files"]
    numbers = list(_expand(entry["rows"]))
    choices_at, enforced_at = entry.get("choices", {}), entry.get("enforced", {})
    parameters = {}
    for number, place in zip(numbers, _places(entry["lines"], files), strict=True):
        row = rows[number]
        name = row["name"]
        parameters[name] = Parameter(
            name,
            row["schema"],
            row.get("default", MISSING),
            "required" in row,
            row.get("expression"),
            place,
            "",
            row.get("deprecated"),
            tuple(row.get("choices", ())),
            choices_at.get(name, ""),
            row.get("forced", MISSING),
            "forwarded" in row,
            enforced_at.get(name, ""),
        )
    return Surface(
        document["surface"],
        document["distribution"],
        version,
        parameters,
        entry.get("extra", "refused"),
        entry.get("forwards_to"),
        entry.get("base"),
    )


def help_texts(document: Mapping[str, Any], help_document: Mapping[str, Any], version: str) -> dict[str, str]:
    """Parameter name and help text at `version`."""
    names = [document["rows"][number]["name"] for number in _expand(document["versions"][version]["rows"])]
    texts = help_document["texts"]
    return dict(zip(names, (texts[number] for number in _expand(help_document["versions"][version])), strict=True))


def encode(surfaces: Iterable[Surface]) -> tuple[Document, Document]:
    """The document and the help document of one surface; `surfaces` are its versions, newest first."""
    rows: list[str] = []
    texts: list[str] = []
    files: list[str] = []
    versions: Document = {}
    helps: Document = {}
    name = distribution = ""
    for surface in surfaces:
        name, distribution = surface.name, surface.distribution
        parameters = list(surface.parameters.values())
        entry: Document = {
            "rows": _runs(_number(rows, json.dumps(_row(parameter))) for parameter in parameters),
            "lines": _lines((parameter.source for parameter in parameters), files),
        }
        choices = {row.name: row.choices_source for row in parameters if row.choices_source}
        enforced = {row.name: row.enforced_at for row in parameters if row.enforced_at}
        optional = {"choices": choices, "enforced": enforced, "forwards_to": surface.forwards_to, "base": surface.base}
        entry.update({key: value for key, value in optional.items() if value})
        if surface.extra != "refused":
            entry["extra"] = surface.extra
        versions[surface.version] = entry
        helps[surface.version] = _runs(_number(texts, parameter.help) for parameter in parameters)
    document = {"surface": name, "distribution": distribution, "files": files, "versions": versions}
    return {**document, "rows": [json.loads(row) for row in rows]}, {"versions": helps, "texts": texts}


def _row(parameter: Parameter) -> Document:
    row: Document = {"name": parameter.name, "schema": dict(parameter.schema)}
    for key, value in (("default", parameter.default), ("forced", parameter.forced)):
        if value is not MISSING:
            row[key] = value
    for key, text in (("expression", parameter.expression), ("deprecated", parameter.deprecated)):
        if text is not None:
            row[key] = text
    if parameter.choices:
        row["choices"] = list(parameter.choices)
    row.update({key: 1 for key, flag in (("required", parameter.required), ("forwarded", parameter.forwarded)) if flag})
    return row


def _number(known: list[str], text: str) -> int:
    if text not in known:
        known.append(text)
    return known.index(text)


def _runs(numbers: Iterable[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _expand(runs: str) -> Iterator[int]:
    for run in runs.split():
        first, _, last = run.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _lines(sources: Iterable[str], files: list[str]) -> str:
    words = []
    current = ""
    for source in sources:
        file, _, line = source.rpartition(":")
        words.append(line if file == current else f"{_number(files, file)}:{line}")
        current = file
    return " ".join(words)


def _places(lines: str, files: list[str]) -> Iterator[str]:
    file = ""
    for word in lines.split():
        number, colon, line = word.rpartition(":")
        if colon:
            file = files[int(number)]
        yield f"{file}:{line}"
