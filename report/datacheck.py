"""What the data check found, for people. Takes the check's report as the JSON tree that it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from .paint import Line, paint

Tree = Mapping[str, Any]

_STYLES: Final = {"raises": "error", "lost": "error", "mislabelled": "error", "note": "warning"}
_SHOWN_LABELS: Final = 6


def data_check(report: Tree, *, witnesses: int = 2, color: bool = False) -> str:
    """A line per file, then each fault with its first places, then what train and eval share."""
    lines: list[Line] = []
    for split in report["splits"]:
        lines.append(_split(split))
        for found in report["found"]:
            if found["split"] == split["role"]:
                lines += _found(found, witnesses)
    lines += _leakage(report["leakage"], witnesses) if report["leakage"] else []
    if report["rare"]:
        title = f"  rare labels (fewer than {report['rare_below']} entities): "
        lines.append([("warning", title), ("", _names(report["rare"]))])
    lines += [[("warning", "  " + note)] for note in report["notes"]]
    lines += [[("gutter", f"  not checked: {what} ({why})")] for what, why in report["not_checked"]]
    return paint(lines, color)


def _split(split: Tree) -> Line:
    gone = split["lost"] + split["mislabelled"]
    parts = [
        f"{_count(split['examples'], 'example')}, {_count(split['entities'], 'entity', 'entities')}",
        f"{_count(len(split['labels']), 'label')}, {split['without_entities']} without entities",
        f"longest {_count(split['longest'], 'word')}",
    ]
    lost = f"training loses or mislabels {gone} entities ({split['share']:.2%})" if gone else "nothing lost"
    return [
        ("label", f"{split['role']} "),
        ("path", split["file"]),
        ("", f": {', '.join(parts)}; "),
        ("error" if gone else "good", lost),
    ]


def _found(found: Tree, witnesses: int) -> Iterator[Line]:
    unit = found["unit"] if found["cases"] != 1 else {"entities": "entity", "examples": "example"}[found["unit"]]
    yield [
        (_STYLES[found["effect"]], f"  {found['cases']} {unit}"),
        ("", f": {found['what']}; {found['does']}. {found['mend'][:1].upper()}{found['mend'][1:]}"),
        ("rule", f"  [{found['reason']}]"),
    ]
    for place in found["witnesses"][:witnesses]:
        detail = f"  {place['detail']}" if place["detail"] else ""
        yield [("gutter", "    "), ("path", f"{place['file']}:{place['line']}"), ("", detail)]


def _leakage(leakage: Tree, witnesses: int) -> Iterator[Line]:
    if leakage["texts"]:
        texts = _count(leakage["texts"], "example")
        yield [("warning", f"  leakage: {texts} of eval have the words of an example of train")]
        for place in leakage["witnesses"][:witnesses]:
            yield [("gutter", "    "), ("path", f"{place['file']}:{place['line']}"), ("", f"  {place['detail']}")]
    if leakage["mentions"]:
        share = leakage["seen"] / leakage["mentions"]
        yield [("", f"  {share:.0%} of the eval entities have the words and label of an entity of train")]
    if leakage["labels"]:
        yield [("warning", "  labels only in eval: "), ("", _names([[label] for label in leakage["labels"]]))]


def _names(rows: Any) -> str:
    shown = [f"{row[0]} ({row[1]})" if len(row) > 1 else str(row[0]) for row in rows[:_SHOWN_LABELS]]
    more = f" and {len(rows) - _SHOWN_LABELS} more" if len(rows) > _SHOWN_LABELS else ""
    return ", ".join(shown) + more


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
