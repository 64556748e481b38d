"""Rebuild the bundled catalog: `python -m gliner_audit.schemas.build [--wheels FOLDER] [--data FOLDER]`.

Wheels that the folder lacks are fetched with `pip download --no-deps`; nothing is installed, imported or run. The
same wheels give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from . import store
from .extract import PLACES, Library, extract
from .surface import Surface

#: Library versions that were released to work together, oldest first; the last one is the default.
TRIOS: tuple[Mapping[str, str], ...] = (
    {"transformers": "4.51.3", "peft": "0.15.2", "gliner": "0.2.22"},
    {"transformers": "4.57.6", "peft": "0.18.1", "gliner": "0.2.24"},
    {"transformers": "5.16.1", "peft": "0.21.2", "gliner": "0.2.29"},
)


def build(libraries: Mapping[tuple[str, str], Library], trios: Sequence[Mapping[str, str]] = TRIOS) -> dict[str, str]:
    """The catalog's files, relative path to text, from the source of each (distribution, version)."""
    order = {name: tuple(dict.fromkeys(trio[name] for trio in trios)) for name in trios[0]}
    files: dict[str, str] = {}
    present: dict[str, dict[str, list[int]]] = {name: {} for name in order}
    for place in PLACES:
        surfaces: list[Surface] = []
        for version in reversed(order[place.distribution]):
            surface = extract(place, libraries[place.distribution, version], version)
            if surface is not None:
                surfaces.append(surface)
        if surfaces:
            document, helps = store.encode(surfaces)
            files[f"{place.name}.json"] = _text(document)
            files[f"help/{place.name}.json"] = _text(helps)
            known = order[place.distribution]
            present[place.distribution][place.name] = sorted(known.index(surface.version) for surface in surfaces)
    files["index.json"] = _text({"versions": order, "trios": trios, "surfaces": present})
    return files


def libraries(folder: Path, trios: Iterable[Mapping[str, str]] = TRIOS) -> dict[tuple[str, str], Library]:
    """The library of each (distribution, version), from the wheels in `folder`; missing ones are downloaded into it.

    Raises subprocess.CalledProcessError when a download fails.
    """
    found = {}
    for distribution, version in sorted({item for trio in trios for item in trio.items()}):
        if not list(folder.glob(f"{distribution}-{version}-*.whl")):
            wanted = f"{distribution}=={version}"
            command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", str(folder), wanted]
            subprocess.run(command, check=True)
        found[distribution, version] = Library(next(folder.glob(f"{distribution}-{version}-*.whl")), distribution)
    return found


def _text(document: Mapping[str, Any]) -> str:
    """One row a line, so that a new library version is a readable diff."""
    parts = []
    for key, value in document.items():
        if isinstance(value, list) and value and not isinstance(value[0], int):
            lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in value)
            parts.append(f"{json.dumps(key)}:[\n{lines}\n]")
        else:
            parts.append(f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}")
    return "{" + ",\n".join(parts) + "}\n"


def main() -> None:
    """Write the catalog."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheels", type=Path, help="a folder that holds, or gets, the wheels")
    parser.add_argument("--data", type=Path, default=Path(store.DATA), help="where the catalog is written")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        wheels = options.wheels or Path(scratch)
        for name, text in build(libraries(wheels)).items():
            path = options.data / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
