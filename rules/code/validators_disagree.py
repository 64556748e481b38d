"""Two validators of one project differ on a key: its allowed values, its range, its default, or whether it exists.

A config that one command accepts is refused by the other, or means something else there. Sections count as the same
when they stand for the same part of a run (`lora` and `lora_config`); fields are compared only where two sections
share most of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...audit.dialects.names import GLINER_SECTIONS
from ..finding import LIKELY, WARNING
from ..rule import show
from ._audited import Audited, checked
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import home, steps

if TYPE_CHECKING:
    from ...audit.trace.flow import EntryFlow, KeyFlow

NAME = "validators-disagree"
_Sections = dict[str, dict[str, "KeyFlow"]]
_LEAST = 3  # fields that two sections share before a missing one is worth a word


def check(audited: Audited) -> Iterator[CodeReport]:
    ours = _sections(audited.entry)
    for other in audited.beside:
        for name, fields in _sections(other).items():
            mine = ours.get(name, {})
            for leaf in (leaf for leaf in mine if leaf in fields):
                yield from _compare(mine[leaf], fields[leaf])
            shared = mine.keys() & fields.keys()
            if len(shared) < _LEAST or len(shared) * 2 < len(fields):
                continue
            for leaf in fields.keys() - mine.keys():
                yield _missing(fields[leaf], next(iter(mine.values())))


def _sections(entry: EntryFlow) -> _Sections:
    """The validated keys of an entry, by the part of a run that their section stands for, then by name."""
    found: _Sections = {}
    for key in entry.keys:
        if key.kind in ("config", "field") and key.declared and checked(key):
            section = key.key.rpartition(".")[0]
            roles = GLINER_SECTIONS.get(section)
            found.setdefault(roles[0] if roles else section, {})[key.leaf] = key
    return found


def _compare(ours: KeyFlow, theirs: KeyFlow) -> Iterator[CodeReport]:
    allowed, other = _allowed(ours), _allowed(theirs)
    if allowed and other and set(allowed) != set(other):
        yield _report(ours, theirs, f"allows {_list(allowed)}", f"{_list(other)}")
    elif other and not allowed and ours.forwarded:
        yield _report(ours, theirs, "allows anything", f"only {_list(other)}")
    mine, yours = _bounds(ours), _bounds(theirs)
    if mine and yours and mine != yours:
        yield _report(ours, theirs, f"wants {' and '.join(mine)}", " and ".join(yours))
    first, second = _default(ours), _default(theirs)
    if first is not None and second is not None and first[0] != second[0]:
        yield _report(ours, theirs, f"defaults to {show(first[0])}", show(second[0]))


def _report(ours: KeyFlow, theirs: KeyFlow, mine: str, other: str) -> CodeReport:
    place, there = home(ours), home(theirs)
    return CodeReport(
        place,
        ours.key,
        f"`{ours.key}` {mine} here, and as `{theirs.key}` at {there.file}:{there.line} {other}",
        effect="a config that passes one check fails the other, or means something else there",
        help="keep one schema and let both commands use it",
        path=steps(ours),
        related=((there, f"`{theirs.key}`: {other}"),),
    )


def _missing(theirs: KeyFlow, neighbour: KeyFlow) -> CodeReport:
    place = home(theirs)
    section = neighbour.key.rpartition(".")[0]
    key = f"{section}.{theirs.leaf}" if section else theirs.leaf
    return CodeReport(
        home(neighbour),
        key,
        f"`{key}` is unknown to this validator, while {place.file}:{place.line} knows `{theirs.key}`",
        effect="it passes one check and is dropped or refused by the other",
        help="keep one schema and let both commands use it",
        confidence=LIKELY,
        related=((place, f"`{theirs.key}` is declared here"),),
    )


def _allowed(key: KeyFlow) -> list[Any]:
    """The values that the validator allows, when it has one set of them."""
    enums = [c.values for c in key.validated if c.kind == "enum" and len(c.values) > 1 and c.rejects != "warns"]
    widest = max(enums, key=len, default=())
    return (
        []
        if {str(v).lower() for v in widest} & {"yes", "no", "true", "false"}
        else [v for v in widest if v is not None]
    )


def _bounds(key: KeyFlow) -> list[str]:
    pairs = {pair for c in key.validated if c.kind == "range" for pair in c.values if isinstance(pair, tuple)}
    return sorted(f"{sign} {show(bound)}" for sign, bound in pairs)


def _default(key: KeyFlow) -> tuple[Any, str] | None:
    """The default that the declaration of a key gives."""
    for default in key.defaults:
        if not default.library and default.kind == "value" and not default.layer.endswith((".get", "getattr")):
            return default.value, default.layer
    return None


def _list(values: list[Any]) -> str:
    shown = [show(value) for value in values[:8]]
    return ", ".join(shown) + (", …" if len(values) > len(shown) else "")


CHECK = """\
import yaml

SCHEMA = [("learning_rate", float, None), ("seed", int, None), ("scheduler", str, {values})]

def validate(cfg):
    for key, kind, allowed in SCHEMA:
        if not isinstance(cfg[key], kind):
            raise ValueError(key)
        if allowed is not None and cfg[key] not in allowed:
            raise ValueError(key)
"""
OTHER = (
    CHECK
    + """
def main():
    validate(yaml.safe_load(open("config.yaml")))

if __name__ == "__main__":
    main()
"""
)
SCRIPT = (
    CHECK
    + """
from transformers import Trainer, TrainingArguments

if __name__ == "__main__":
    cfg = yaml.safe_load(open("config.yaml"))
    validate(cfg)
    args = TrainingArguments(
        "out", learning_rate=cfg["learning_rate"], seed=cfg["seed"], lr_scheduler_type=cfg["scheduler"]
    )
    Trainer(model=None, args=args).train()
"""
)
BOTH, MORE = '("linear", "cosine")', '("linear", "cosine", "constant")'
RULE = CodeRule(
    "GA816",
    NAME,
    WARNING,
    check,
    bad=(
        CodeExample(
            SCRIPT.replace("{values}", BOTH), ("scheduler",), beside={"check.py": OTHER.replace("{values}", MORE)}
        ),
    ),
    good=(CodeExample(SCRIPT.replace("{values}", BOTH), beside={"check.py": OTHER.replace("{values}", BOTH)}),),
    doc=__doc__,
)
