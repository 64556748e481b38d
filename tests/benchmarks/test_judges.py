"""The judges of the lint, judged: what counts as a miss, as a false error, as nobody's fault; and the stopwatch."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from gliner_audit.benchmarks.oracle.excluded import exclusion, not_run
from gliner_audit.benchmarks.oracle.generate import Case
from gliner_audit.benchmarks.oracle.judge import CHANGED, CONSTRUCTION, EXCLUDED, KEPT, LATER, Verdict, judge, last
from gliner_audit.benchmarks.oracle.parameters import ABSENT, Parameter, quoted_words, signature_parameter
from gliner_audit.benchmarks.oracle.realfile import flattened, lookup, recipe_class
from gliner_audit.benchmarks.oracle.surfaces import TRAINER_ARGS
from gliner_audit.benchmarks.oracle.values import misspelt, out_of_range, wrong_type
from gliner_audit.benchmarks.timing.stopwatch import Lap, lap, ratio, turns
from hypothesis import given
from hypothesis import strategies as st

CASE = Case(TRAINER_ARGS, 3, "type", ("warmup_steps",), {"output_dir": "out", "warmup_steps": -1})
RAISED = {"stage": "construct", "error": "ValueError", "message": "warmup_steps must be an integer or a float"}


def finding(severity: str = "error", key: str = "warmup_steps", message: str = "is out of range") -> dict[str, Any]:
    """A finding as the JSON document has it, as far as the judge looks."""
    return {"severity": severity, "key": key, "message": message, "effect": None, "rule": "GA999", "name": "a-rule"}


def verdict(result: dict[str, Any], *findings: dict[str, Any], case: Case = CASE, speaks: str | None = None) -> Verdict:
    """The judge's word when the witness says `speaks` of every error."""
    return judge(case, result, list(findings), lambda *_: speaks)


@pytest.mark.parametrize(
    ("result", "what"),
    [
        (RAISED, CONSTRUCTION),
        ({**RAISED, "stage": "build"}, CONSTRUCTION),
        ({**RAISED, "stage": "step"}, LATER),
        ({"stage": "done", "changed": {}}, KEPT),
        ({"stage": "done", "changed": {"warmup_steps": "0"}}, CHANGED),
        ({"stage": "step", "error": "ImportError", "message": "pip install lomo-optim"}, EXCLUDED),
    ],
)
def test_outcomes(result: dict[str, Any], what: str) -> None:
    assert verdict(result).outcome == what


def test_a_raise_is_found_by_an_error_and_by_nothing_less() -> None:
    assert verdict(RAISED, finding()).found == "error"
    assert verdict(RAISED, finding("warning")).found == "warning"
    assert verdict(RAISED, finding("advice")).found == ""


def test_an_error_on_another_key_is_not_on_key() -> None:
    assert verdict(RAISED, finding()).onkey
    assert not verdict(RAISED, finding(key="learning_rate")).onkey


def test_an_error_is_false_where_the_run_keeps_the_value_and_nothing_speaks_for_it() -> None:
    kept = {"stage": "done", "changed": {}, "unread": []}
    assert len(verdict(kept, finding()).false) == 1
    assert verdict(kept, finding("warning")).false == ()
    assert verdict(kept, finding(), speaks="the library warns").false == ()
    assert verdict({**kept, "changed": {"warmup_steps": "0"}}, finding()).false == ()


def test_nothing_speaks_for_an_error_at_a_default() -> None:
    case = CASE._replace(kind="default")
    assert len(verdict({"stage": "done", "changed": {}}, finding(), case=case, speaks="never read").false) == 1


@pytest.mark.parametrize(
    ("message", "inert"), [("has no effect: no code of the library reads it", True), ("takes a whole number", False)]
)
def test_the_witness_is_told_whether_the_error_claims_that_the_key_is_inert(message: str, inert: bool) -> None:
    told: list[bool] = []

    def defence(case: Case, result: dict[str, Any], key: str, claims: bool) -> None:
        told.append(claims)

    judge(CASE, {"stage": "done", "changed": {}}, [finding(message=message)], defence)
    assert told == [inert]


def test_an_enum_that_lists_its_members_is_no_matter_of_the_device() -> None:
    said = "lion is not a valid OptimizerNames, please select one of ['adamw_torch_npu_fused', 'adamw_torch_xla']"
    assert exclusion({"error": "ValueError", "message": said}) is None
    assert exclusion({"error": "ValueError", "message": "--tf32 requires Ampere or a newer GPU arch"}) is not None


@pytest.mark.parametrize(
    ("values", "runs"),
    [({}, True), ({"torch_compile": True}, False), ({"torch_compile_mode": False}, False),
     ({"dataloader_num_workers": 2}, True), ({"dataloader_num_workers": 1000}, False)],
)  # fmt: skip
def test_compilers_and_pools_of_processes_are_not_run(values: dict[str, Any], runs: bool) -> None:
    assert (not_run(values) is None) == runs


@pytest.mark.parametrize(
    ("path", "name"),
    [("training.lr_scheduler_kwargs.min_lr", "lr_scheduler_kwargs"), ("warmup_steps", "warmup_steps"),
     ("lr_scheduler_kwargs.min_lr", "lr_scheduler_kwargs"), ("lora.r", "r"), (None, "")],
)  # fmt: skip
def test_the_key_that_a_path_speaks_of(path: str | None, name: str) -> None:
    assert last(path) == name


@given(st.integers(), st.lists(st.sampled_from(["bool", "int", "float", "str", "list", "dict", "null"]), unique=True))
def test_a_wrong_type_is_of_no_declared_kind(seed: int, kinds: list[str]) -> None:
    value = wrong_type(Random(seed), Parameter("p", tuple(kinds), ABSENT, ()))
    names = {bool: "bool", int: "int", float: "float", str: "str", list: "list", dict: "dict", type(None): "null"}
    assert names[type(value)] not in kinds or value is None


@given(st.integers(), st.text(min_size=1))
def test_a_slip_changes_at_most_two_letters(seed: int, text: str) -> None:
    assert abs(len(misspelt(Random(seed), text)) - len(text)) <= 1


def test_out_of_range_stays_whole_for_whole_numbers() -> None:
    whole = Parameter("p", ("int",), 8, ())
    assert all(isinstance(out_of_range(Random(seed), whole), int) for seed in range(50))


def test_words_that_a_docstring_quotes() -> None:
    text = (
        "A class.\n\n    Attributes:\n        mode: One of 'sum' or\n            \"mean\".\n        size: A number.\n"
    )
    assert quoted_words(text) == {"mode": ["sum", "mean"]}


def test_a_default_widens_an_annotation_that_it_breaks() -> None:
    import inspect

    def callee(labels: str = None, count: int = 3) -> None:  # type: ignore[assignment]  # noqa: RUF013
        """A callee whose annotation its default contradicts."""

    labels, count = inspect.signature(callee, eval_str=True).parameters.values()
    assert signature_parameter(labels).kinds == ("null", "str")
    assert signature_parameter(count) == Parameter("count", ("int",), 3, ())


def test_paths_of_a_real_file() -> None:
    data = {"lora": {"r": 8}, "training": {"steps": [1, 2]}, "lr_scheduler_kwargs": {"min_lr": 0.1}}
    assert lookup(data, "training.steps[1]") == (True, 2)
    assert lookup(data, "training.epochs") == (False, None)
    assert flattened(data) == {"lora.r": 8, "training.steps": [1, 2], "lr_scheduler_kwargs": {"min_lr": 0.1}}


@pytest.mark.parametrize(
    ("path", "name"), [("a__zephyr__dpo__config.yaml", "DPOConfig"), ("a__zephyr__sft__config.yaml", "SFTConfig")]
)
def test_the_class_that_a_recipe_is_for(path: str, name: str) -> None:
    assert recipe_class(Path(path)) == name


def test_the_stopwatch_tells_time_memory_and_status(tmp_path: Path) -> None:
    taken = lap([sys.executable, "-c", "import sys; sys.exit(1)"], tmp_path)
    assert taken.status == 1
    assert taken.wall > 0
    assert taken.memory > 1000
    laps = turns({"one": [sys.executable, "-c", "pass"], "two": [sys.executable, "-c", "pass"]}, tmp_path, 2)
    assert {name: len(found) for name, found in laps.items()} == {"one": 2, "two": 2}


def test_the_stopwatch_stops_at_a_command_that_breaks(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="ended with 3"):
        turns({"bad": [sys.executable, "-c", "import sys; sys.exit(3)"]}, tmp_path, 1)


def test_ratios_are_taken_turn_by_turn() -> None:
    ours = [Lap(1, 2.0, 10, 0), Lap(1, 9.0, 10, 0), Lap(1, 4.0, 10, 0)]
    theirs = [Lap(1, 1.0, 10, 0), Lap(1, 3.0, 10, 0), Lap(1, 4.0, 10, 0)]
    assert ratio(ours, theirs) == 2.0
