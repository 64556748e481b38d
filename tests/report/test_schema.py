"""The published schema of the JSON format: it takes what we print, and nothing that the contract refuses."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from gliner_audit.report.formats import render
from gliner_audit.report.options import Options
from gliner_audit.rules.finding import Outcome
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

PUBLISHED = json.loads((files("gliner_audit.report") / "findings.schema.json").read_text(encoding="utf-8"))
ROOT = Path(__file__).resolve().parents[2]
CONTRACT = Path(os.environ.get("GLINER_AUDIT_SHARED", ROOT.parent / "shared")) / "contract" / "findings.schema.json"
PRINTED = json.loads((Path(__file__).parent / "snapshots" / "json.json").read_text(encoding="utf-8"))
RICH, FIXED, SILENCED = PRINTED["findings"][2], PRINTED["findings"][0], PRINTED["findings"][7]
SMALL = {
    **PRINTED,
    "inputs": PRINTED["inputs"][:1],
    "findings": [{**RICH, "fixes": FIXED["fixes"], "suppressed": SILENCED["suppressed"]}],
    "abstained": PRINTED["abstained"][:1],
}
VALUES: tuple[Any, ...] = (None, True, 0, 1, -1, 1.5, "", "x", "GA1", "ERROR", [], {}, [1], {"by": "x"})

Spot = tuple[list[Any] | dict[str, Any], Any]


@pytest.fixture(scope="module")
def contract() -> Draft202012Validator:
    """The contract of the design, where it is at hand."""
    if not CONTRACT.exists():
        pytest.skip(f"the contract is not at hand: {CONTRACT} (set GLINER_AUDIT_SHARED)")
    return Draft202012Validator(json.loads(CONTRACT.read_text(encoding="utf-8")))


def _spots(value: Any) -> list[Spot]:
    """Every place of a JSON document: its container and its key there."""
    items = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    return [spot for key, item in items for spot in [(value, key), *_spots(item)]]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(PUBLISHED)


def test_what_we_print_is_valid(outcome: Outcome, options: Options) -> None:
    document = json.loads(render("json", outcome, options))
    assert list(Draft202012Validator(PUBLISHED).iter_errors(document)) == []


def test_what_we_print_keeps_the_contract(outcome: Outcome, options: Options, contract: Draft202012Validator) -> None:
    assert list(contract.iter_errors(json.loads(render("json", outcome, options)))) == []


def test_every_single_mutant_that_the_contract_refuses_is_refused(contract: Draft202012Validator) -> None:
    published = Draft202012Validator(PUBLISHED)
    refused = 0
    for number in range(len(_spots(SMALL))):
        for value in (..., *VALUES):
            mutant = copy.deepcopy(SMALL)
            container, key = _spots(mutant)[number]
            if value is ...:
                del container[key]
            else:
                container[key] = copy.deepcopy(value)
            if not contract.is_valid(mutant):
                refused += 1
                assert not published.is_valid(mutant), (key, value)
    assert refused > 500


@given(data=st.data())
@settings(deadline=None, max_examples=150)
def test_no_chain_of_mutations_slips_through(data: st.DataObject, contract: Draft202012Validator) -> None:
    mutant = copy.deepcopy(SMALL)
    for _ in range(data.draw(st.integers(1, 4))):
        container, key = data.draw(st.sampled_from(_spots(mutant)))
        change = data.draw(st.sampled_from(["drop", "replace", "add"]))
        if change == "drop":
            del container[key]
        elif change == "replace" or isinstance(container, list):
            container[key] = copy.deepcopy(data.draw(st.sampled_from(VALUES)))
        else:
            name = data.draw(st.sampled_from(["line", "by", "file", "extra"]))
            container[name] = copy.deepcopy(data.draw(st.sampled_from(VALUES)))
        if not mutant:
            break
    assert contract.is_valid(mutant) or not Draft202012Validator(PUBLISHED).is_valid(mutant)


REFUSED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "another version": lambda d: d.update(schema="gliner-audit/findings/2"),
    "no versions": lambda d: d["inputs"][0].pop("against"),
    "line zero": lambda d: d["findings"][0].update(line=0),
    "an unknown severity": lambda d: d["findings"][0].update(severity="fatal"),
    "an id of another tool": lambda d: d["findings"][0].update(rule="E501"),
    "no message": lambda d: d["findings"][0].update(message=""),
    "an unknown field": lambda d: d["findings"][0].update(value="1e-5"),
    "a fix without edits": lambda d: d["findings"][0]["fixes"][0].update(edits=[]),
    "a short fingerprint": lambda d: d["findings"][0].update(fingerprint="abc"),
    "suppressed by nobody": lambda d: d["findings"][0].update(suppressed={}),
    "a negative count": lambda d: d["summary"].update(errors=-1),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_schema_refuses(name: str) -> None:
    document = copy.deepcopy(SMALL)
    REFUSED[name](document)
    assert Draft202012Validator(PUBLISHED).is_valid(SMALL)
    assert not Draft202012Validator(PUBLISHED).is_valid(document)
