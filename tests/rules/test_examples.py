"""Every rule's own examples: the bad ones find exactly what they say, the good ones find nothing at all."""

from __future__ import annotations

import re

import pytest
from gliner_audit.audit.documents import load
from gliner_audit.rules import build_index, index
from gliner_audit.rules.engine import Terms, lint
from gliner_audit.rules.finding import SEVERITIES
from gliner_audit.rules.rule import Example, Rule
from gliner_audit.rules.session import suppress
from gliner_audit.schemas import catalog

NEWEST = {name: catalog.newest(name) for name in ("transformers", "gliner", "peft")}
RULES = list(build_index.modules())
BAD = [pytest.param(rule, example, id=f"{rule.name}-{n}") for _, rule in RULES for n, example in enumerate(rule.bad)]
GOOD = [pytest.param(rule, example, id=f"{rule.name}-{n}") for _, rule in RULES for n, example in enumerate(rule.good)]


def found(example: Example) -> list[tuple[str, str]]:
    document = load(f"example.{example.format}", example.text, example.format)
    terms = Terms(NEWEST | dict(example.versions), casts=example.casts, closed=example.closed)
    findings = suppress(document, list(lint(document, terms).findings))
    kept = [one for one in findings if one.suppressed is None and (one.severity != "advice" or example.advice)]
    return [(one.name, one.key or "") for one in kept]


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_a_bad_example_triggers_exactly_its_rule(rule: Rule, example: Example) -> None:
    assert found(example) == [(rule.name, key) for key in example.finds]


@pytest.mark.parametrize(("rule", "example"), GOOD)
def test_a_good_example_triggers_nothing(rule: Rule, example: Example) -> None:
    assert found(example) == []


@pytest.mark.parametrize("rule", [rule for _, rule in RULES], ids=lambda rule: rule.name)
def test_a_rule_says_what_it_is(rule: Rule) -> None:
    assert re.fullmatch(r"GA\d{3}", rule.id)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.severity in SEVERITIES
    assert rule.bad, "a rule without a bad example does not load"
    assert rule.good, "a rule without a good example cannot be trusted"
    assert len(rule.summary) < 200
    assert len((rule.doc or "").strip().split("\n\n")) > 1, "the docstring says what and why"


def test_ids_and_names_are_unique() -> None:
    assert len({rule.id for _, rule in RULES}) == len(RULES) == len({rule.name for _, rule in RULES})


def test_the_index_is_up_to_date() -> None:
    with open(index.__file__, encoding="utf-8") as file:
        assert file.read() == build_index.text(), "run `python -m gliner_audit.rules.build_index`"
