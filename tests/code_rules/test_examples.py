"""Every code rule's own examples: the bad ones find exactly what they say, the good ones find nothing at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from gliner_audit.rules import build_index
from gliner_audit.rules.check import Request, check
from gliner_audit.rules.code._rule import CodeExample, CodeRule
from gliner_audit.rules.finding import SEVERITIES
from gliner_audit.schemas import catalog

NEWEST = {name: catalog.newest(name) for name in ("transformers", "gliner", "peft")}
RULES = [rule for _, rule in build_index.code_modules()]
BAD = [pytest.param(rule, example, id=f"{rule.name}-{n}") for rule in RULES for n, example in enumerate(rule.bad)]
GOOD = [pytest.param(rule, example, id=f"{rule.name}-{n}") for rule in RULES for n, example in enumerate(rule.good)]


def found(example: CodeExample, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    monkeypatch.chdir(folder)
    (folder / "train.py").write_text(example.text, encoding="utf-8")
    for name, text in example.beside.items():
        (folder / name).write_text(text, encoding="utf-8")
    if example.config is not None:
        (folder / "config.yaml").write_text(example.config, encoding="utf-8")
    fail_on = "advice" if example.advice else None
    result = check(Request(("train.py",), NEWEST | dict(example.versions), fail_on=fail_on))
    return [(one.name, one.key or "") for one in result.outcome.findings]


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_a_bad_example_triggers_exactly_its_rule(
    rule: CodeRule, example: CodeExample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [(rule.name, key) for key in example.finds] + list(example.also)
    assert sorted(found(example, tmp_path, monkeypatch)) == sorted(expected)


@pytest.mark.parametrize(("rule", "example"), GOOD)
def test_a_good_example_triggers_nothing(
    rule: CodeRule, example: CodeExample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(example, tmp_path, monkeypatch) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_says_what_it_is(rule: CodeRule) -> None:
    assert re.fullmatch(r"GA\d{3}", rule.id)
    assert rule.severity in SEVERITIES
    assert rule.bad
    assert rule.good
    assert len(rule.summary) < 200
    assert len((rule.doc or "").strip().split("\n\n")) > 1, "the docstring says what and why"
