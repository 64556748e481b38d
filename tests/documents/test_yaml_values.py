"""A YAML document holds exactly what `yaml.safe_load` yields, and fails exactly where it fails."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from gliner_audit.audit.documents import load
from hypothesis import given, settings
from hypothesis import strategies as st

Same = Callable[[Any, Any], bool]

PIECES = (
    "a¦b¦x:¦lr:¦b: ¦- ¦? ¦: ¦:¦{¦}¦[¦]¦,¦ ¦  ¦\n¦\n¦\n  ¦&x ¦*x¦<<: ¦!¦!!int ¦!t ¦'¦\"¦|¦>¦|-\n  ¦#¦ # c¦1¦1e-5¦010¦no"
    "¦~¦%¦---¦...¦%YAML 1.1\n¦\t¦\r\n¦\r¦\x85¦\u2028¦é¦😀¦\\¦\\n¦@¦`¦2024-01-01¦12:30:00¦=¦.inf¦0x1F¦!!set ¦!!binary "
    "¦-¦\x7f¦a: 1\n¦!!float ¦? a\n¦a:b¦a#b¦a?b¦::¦*¦&¦b:\n¦  c: 2\n¦\ufeff"
).split("¦")
LIMITS = {"recursive-alias", "too-deep", "too-large"}

keys = st.sampled_from(["lr", "steps", "a b", "é", "x-y", "on", "1", "~", "", "a: b", "#c"])
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(
        ["1e-5", "010", "no", "12:30:00", "2024-01-01", "<<", "=", " x ", "a\nb\n\n", "[", "!t", "&a", "*a"]
    )
    | st.dates()
    | st.binary(max_size=6)
)
trees = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4))


def safe_load(text: str) -> tuple[bool, Any]:
    try:
        return True, yaml.safe_load(text)
    except Exception as error:  # what it raises ranges from YAMLError to KeyError
        return False, error


def agrees(text: str, same: Same) -> None:
    document = load("config.yaml", text)
    if {problem.code for problem in document.problems} & LIMITS:
        assert not document.loads
        return
    loads, value = safe_load(text)
    assert document.loads == loads, (document.problems, value)
    assert loads or document.problems
    assert not loads or same(document.data, value)
    assert loads or document.data is None


@settings(max_examples=400, deadline=None)
@given(
    st.dictionaries(keys, trees, max_size=5) | trees,
    st.sampled_from([None, True, False]),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.booleans(),
)
def test_dumped_values_come_back(same: Same, value: Any, flow: bool | None, style: str | None, wide: bool) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, default_style=style, allow_unicode=wide, sort_keys=False)
    agrees(text, same)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join).filter(lambda text: "\ufeff" not in text[:1]))
def test_any_text_loads_or_fails_as_the_loader_does(same: Same, text: str) -> None:
    agrees(text, same)


@pytest.mark.parametrize(
    "text",
    [
        "lr: 1e-5\nn: 010\non: no\nt: 12:30:00\nd: 2024-01-01\n",
        "base: &b {lr: 1, n: 2}\nrun:\n  <<: *b\n  lr: 3\n",
        "a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc: {<<: [*a, *b], z: 1}\n",
        "a: &a {x: 1}\nb:\n  <<: *a\n  <<: {x: 5}\n",
        "<<: {a: 1}\nb: 2\n",
        "a: !!set {x, y}\nb: !!omap [{k: 1}]\nc: !!pairs [{k: 1}]\nd: !!binary aGk=\n",
        "a: 1\ntrue: 2\n1: 3\n",
        "a: !\nb: [x?y]\n",
        "a:\n\tb: 1\n",
        "a: 1\t# tab\n",
        "%YAML 1.1\n---\na: 1\n",
        "a: 1\n---\nb: 2\n",
        "[1]: 2\n",
        "a: 2024-13-45\n",
        "a: !!int x\n",
        "a: =\n",
        "a: *b\n",
        "",
        "# nothing\n",
        "a: |# c\n",
        "? &k name\n: 1\nother: *k\n",
        "? [a, &x b]\n: 1\nc: *x\n",
    ],
)
def test_what_trainers_stumble_over(same: Same, text: str) -> None:
    agrees(text, same)


def test_corpus(same: Same) -> None:
    shared = Path(os.environ.get("GLINER_AUDIT_SHARED", Path(__file__).parents[3] / "shared"))
    files = [file for file in (shared / "corpus").rglob("*") if file.suffix in (".yaml", ".yml")]
    if not files:
        pytest.skip(f"NO CORPUS under {shared}: set GLINER_AUDIT_SHARED to check the loader against real files")
    for file in files:
        agrees(file.read_text(encoding="utf-8"), same)
