"""Which kinds of value stop a run, parameter by parameter: each is constructed, injected or built, and trained.

    python benchmarks/observe.py            rewrites schemas/data/observed.json (about 15 minutes on one core)

Annotations do not say it: dataclasses check no types, a text in place of a number may be read by nobody, and null means
"not set" to one parameter and stops another that declares it. Each parameter gets one value of each kind, alone beside
a plain config; what raises for want of a device, a package or a file is left out, and so is what a switch raises when
it is simply on. Needs the train extra.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from gliner_audit.schemas.observed import FILE, KINDS, kind_of
from oracle.excluded import exclusion
from oracle.generate import Case, apply
from oracle.surfaces import Surface, all_surfaces
from oracle.truth import Truth

ROOT = Path(__file__).resolve().parent.parent
WHEN = {"construct": "made", "inject": "injected", "build": "built", "step": "trained"}
# Kinds that are not tried where the annotation declares them: what they do hangs on the very value. Null, an empty list
# and an empty mapping are one value each, and what a list holds is seldom declared. A text is tried where words are
# listed: "zz" is none of them.
DECLARED = {
    "bool": ("false", "true"),
    "int": ("zero", "whole"),
    "str": ("text", "digits", "decimal", "empty"),
    "float": ("zero", "whole", "whole-float", "fraction"),
    "dict": ("entries",),
    "list": (),
    "null": (),
}


def main() -> int:
    """Probes every parameter and writes the table."""
    truth = Truth(ROOT / ".benchmarks" / "oracle" / "world")
    stops: list[list[str]] = []
    runs = 0
    surfaces: dict[str, dict[str, dict[str, int]]] = {}
    for surface in all_surfaces():
        found = surfaces.setdefault(surface.name, {})
        for name, parameter in sorted(surface.parameters.items()):
            declared = {kind for each in parameter.kinds for kind in DECLARED[each]}
            declared -= {"text", "empty"} if parameter.choices else set()
            row = {}
            switched_on = _stop(truth, surface, name, True) if "bool" in parameter.kinds else None
            for kind, value in KINDS.items():
                assert kind_of(value) == kind
                runs += kind not in declared
                stop = None if kind in declared else _stop(truth, surface, name, value)
                if stop is not None and (stop != switched_on or not value):
                    if stop not in stops:
                        stops.append(stop)
                    row[kind] = stops.index(stop)
            if row:
                found[name] = row
        print(
            f"{surface.name}: {runs} runs so far, {len(found)} of {len(surface.parameters)} stop somewhere",
            file=sys.stderr,
            flush=True,
        )
    _write({"versions": truth.libraries, "stops": stops, "surfaces": surfaces})
    return 0


def _stop(truth: Truth, surface: Surface, name: str, value: Any) -> list[str] | None:
    """When the run stops and with which error, or None when it does not, or not for the value's sake."""
    result = truth.of(surface, Case(surface.name, 0, "type", (name,), apply(surface, {name: value})))
    if "error" not in result or result["error"] == "Lost" or exclusion(result):
        return None
    lines = [line.strip() for line in str(result["message"]).splitlines() if line.strip()]
    message = lines[0] if lines else ""
    message = message if len(message) <= 100 else f"{message[:97]}..."
    told = message and not re.search(r"zz|\b[02]\.5\b|/tmp", message)
    return [WHEN[result["stage"]], f"{result['error']}: {message}" if told else str(result["error"])]


def _write(document: dict[str, Any]) -> None:
    """One parameter a line, so that a new library version is a readable diff."""
    parts = [f'"versions":{json.dumps(document["versions"])}']
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in document["stops"])
    parts.append(f'"stops":[\n{rows}\n]')
    tables = []
    for name, found in document["surfaces"].items():
        lines = ",\n".join(f"{json.dumps(key)}:{json.dumps(row)}" for key, row in found.items())
        tables.append(f"{json.dumps(name)}:{{\n{lines}\n}}")
    parts.append('"surfaces":{\n' + ",\n".join(tables) + "\n}")
    Path(FILE).write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
