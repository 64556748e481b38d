"""The examples of `unused-ignore`, with every rule at work before the comments have their say."""

from __future__ import annotations

import pytest
from gliner_audit.audit.documents import load
from gliner_audit.rules import index
from gliner_audit.rules.engine import Terms, lint
from gliner_audit.rules.finding import Finding
from gliner_audit.rules.rule import Example
from gliner_audit.rules.suppress import apply
from gliner_audit.rules.unused_ignore import RULE
from gliner_audit.schemas import catalog

NEWEST = {name: catalog.newest(name) for name in ("transformers", "gliner", "peft")}
KNOWN = {name: id for name, (id, _) in index.NAMES.items()}


def _told(example: Example) -> list[Finding]:
    document = load("example.yaml", example.text)
    findings = lint(document, Terms(NEWEST)).findings
    files = {"example.yaml": document.comments()}
    applied = apply(findings, files, KNOWN, sources={"example.yaml": document.text}, known=KNOWN)
    return [one for one in applied if one.suppressed is None]


@pytest.mark.parametrize("example", RULE.bad)
def test_a_bad_example_is_told(example: Example) -> None:
    assert [one.name for one in _told(example)] == ["unused-ignore"] * len(example.finds)


@pytest.mark.parametrize("example", RULE.good)
def test_a_good_example_is_silent(example: Example) -> None:
    assert _told(example) == []
    bare = example._replace(text=example.text.replace("gliner-audit:", "note:"))
    assert [one.name for one in _told(bare)] == ["text-number"]


def test_its_id_is_its_own() -> None:
    assert [name for name, id in KNOWN.items() if id == RULE.id] == [RULE.name]
