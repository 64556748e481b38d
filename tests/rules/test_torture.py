"""No text, whatever it holds, lets an exception out of the check; a mend leaves a file that loads, and is done once."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
import yaml
from gliner_audit.rules.check import Request, Result, check
from hypothesis import given, settings
from hypothesis import strategies as st

KEYS = (
    "learning_rate max_steps warmup_ratio warmup_steps eval_steps logging_steps eval_strategy optim report_to r "
    "lora_alpha target_modules span_mode max_width train_data lr_encoder others_lr fsdp deepspeed seed bf16"
).split()
SCALARS = [
    "1e999", ".nan", "-.inf", "9" * 400, "1e-5", "'0.1'", "no", "~", "2020-01-01", "12:30:45", "0o17", "&a [*a]", "*b",
    "!!python/name:os.system x", "!!binary aGk=", "{{ x }}", "${x}", "{a: {b: {}}}", "[[[", '"\\ud800"', "|\n  a\n  b",
    "\t5", "? x", "<<: *z", "-", "2.5", "-1", "0", "true",
]  # fmt: skip
VALUES = st.one_of(st.sampled_from(SCALARS), st.text(max_size=12), st.integers().map(str), st.floats().map(repr))
LINES = st.lists(st.tuples(st.sampled_from(KEYS), VALUES).map(": ".join), max_size=12)
STARTS = (
    "",
    "\ufeff",
    "num_train_epochs: 1\nlogging_steps: 5\n",
    "model_name: a/b\nspan_mode: markerV0\n",
    "%YAML 1.1\n",
)


def lint(content: bytes, name: str, **options: str) -> Result:
    return check(Request(("-",), stdin=content, stdin_name=name, **options))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.yaml", "a.json", "a.toml"]))
def test_random_bytes(content: bytes, name: str) -> None:
    assert lint(content, name).code in (0, 1)


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(STARTS), LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from([None, "gliner", "trainer"])
)
def test_random_settings(start: str, lines: list[str], end: str, dialect: str | None) -> None:
    content = (start + "\n".join(lines)).replace("\n", end).encode("utf-8", "surrogatepass")
    options = {} if dialect is None else {"dialect": dialect}
    assert lint(content, "a.yaml", **options).code in (0, 1)


@pytest.mark.parametrize("alias", ["a: &x 1\nb: *x", "x: &x {a: 1}\n<<: *x", "a: &a [*a]"])
def test_an_escape_that_only_python_reads_beside_an_alias(alias: str) -> None:
    text = f'num_train_epochs: 1\nlogging_steps: 5\nseed: "\\ud800"\n{alias}\n'
    assert lint(text.encode(), "a.yaml").code in (0, 1)


@pytest.mark.parametrize("deep", ["[" * 5000, "{a: " * 3000, "a:\n " * 100])
@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_deep_nesting(deep: str, name: str) -> None:
    assert lint(b"num_train_epochs: 1\nlogging_steps: 5\nx: " + deep.encode(), name).code in (0, 1)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"num_train_epochs": 1, "logging_steps": 5, "evaluation_strategy": "no", "learning_rate": "0.1"}'),
        (
            "a.toml",
            "num_train_epochs = 1\nlogging_steps = 5\nevaluation_strategy = 'no'\nlearning_rate = '0.1' # why\n",
        ),
        ("a.yaml", "num_train_epochs: 1\nlogging_steps: 5\n'evaluation_strategy': 'no'\nlearning_rate: 1e-1 # why\n"),
    ],
)
def test_a_mend_speaks_the_language_of_the_file(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text)
    check(Request((str(file),), fix=True))
    after = file.read_text()
    loaded = {"a.json": json.loads, "a.toml": tomllib.loads, "a.yaml": yaml.safe_load}[name](after)
    assert loaded == {"num_train_epochs": 1, "logging_steps": 5, "eval_strategy": "no", "learning_rate": 0.1}
    assert after.count("# why") == text.count("# why")
    check(Request((str(file),), fix=True))
    assert file.read_text() == after
