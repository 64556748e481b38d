"""The table of values that stop a run: its kinds are told apart, and what it says of construction is what happens."""

from __future__ import annotations

from typing import Any

import pytest
from gliner_audit.audit.documents import load
from gliner_audit.rules.engine import Terms, lint
from gliner_audit.schemas import catalog, observed

NEWEST = {name: catalog.newest(name) for name in ("transformers", "gliner", "peft")}
TRAINER = "num_train_epochs: 3\nlogging_steps: 10\n"


def severities(text: str, **terms: Any) -> dict[str, str]:
    document = load("example.yaml", text, "yaml")
    return {one.key or "": one.severity for one in lint(document, Terms(NEWEST, **terms)).findings}


def test_each_kind_is_the_kind_of_its_value() -> None:
    assert {kind: observed.kind_of(value) for kind, value in observed.KINDS.items()} == {k: k for k in observed.KINDS}


def test_the_table_is_of_the_newest_versions() -> None:
    assert {name: observed.versions()[name] for name in NEWEST} == NEWEST


@pytest.mark.parametrize("name", ["transformers.TrainingArguments", "gliner.training.TrainingArguments"])
def test_what_stops_construction_stops_it(name: str, tmp_path: Any) -> None:
    library = pytest.importorskip(name.rpartition(".")[0])
    if __import__("transformers").__version__ != observed.versions()["transformers"]:
        pytest.skip("NOT MEASURED: another transformers is installed")
    surface = catalog.surface(name, catalog.newest(name.partition(".")[0]))
    assert surface is not None
    tried = 0
    # A number there is taken for an open file of this very process.
    for parameter in surface.parameters.keys() - {"accelerator_config"}:
        for value in observed.KINDS.values():
            stop = observed.stop(name, parameter, value)
            if stop is None or stop.when != "made":
                continue
            with pytest.raises(Exception) as caught:
                library.TrainingArguments(**{"output_dir": str(tmp_path), "use_cpu": True, parameter: value})
            assert type(caught.value).__name__ == stop.error.partition(":")[0], (parameter, value)
            tried += 1
    assert tried > 50


def test_a_null_that_an_unknown_gliner_trainer_may_leave_out_is_a_warning() -> None:
    text = "model:\n  model_name: a/b\n  span_mode: markerV0\ntraining:\n  logging_steps: null\n"
    assert severities(text) == {"training.logging_steps": "warning"}
    assert severities(text, closed=True) == {"training.logging_steps": "error"}
    assert severities(text, trainer="train.py") == {"training.logging_steps": "error"}
    assert severities(TRAINER.replace("10", "null")) == {"logging_steps": "error"}


def test_a_value_that_only_newer_versions_declare_is_an_error_in_older_ones() -> None:
    old = {"transformers": "4.57.6", "gliner": "0.2.24", "peft": "0.18.1"}
    document = load("example.yaml", TRAINER + "warmup_steps: 0.05\n", "yaml")
    assert [one.severity for one in lint(document, Terms(old)).findings] == ["error"]
    assert severities(TRAINER + "warmup_steps: 0.05\n") == {}


@pytest.mark.parametrize("value", ["[1]", "{a: 1}", "text", "null", "1e-5", "no", "0.5", "-1"])
def test_a_key_of_the_script_in_an_open_file_is_never_an_error(value: str) -> None:
    assert severities(TRAINER + f"our_own_setting: {value}\nmodel_name_or_path: {value}\n") == {}
    gliner = "model_name: a/b\nspan_mode: markerV0\nnum_steps: 10\n"
    assert "error" not in severities(gliner + f"our_own_setting: {value}\n").values()


def test_the_rule_on_allowed_values_looks_at_every_parameter_that_has_one() -> None:
    from gliner_audit.rules.values.value_stops import ALLOWED, OF_THEIR_OWN
    from gliner_audit.schemas.validate import is_valid

    roles = {"gliner.training.TrainingArguments": "args", "transformers.TrainingArguments": "args"}
    roles |= {"peft.LoraConfig": "lora", "gliner.GLiNERConfig": "model"}
    found = set()
    for name, role in roles.items():
        surface = catalog.surface(name, catalog.newest(name.partition(".")[0]))
        assert surface is not None
        for parameter in surface.parameters.values():
            values = (observed.KINDS[kind] for kind in ("null", "list", "mapping", "whole-float"))
            stops = (observed.stop(name, parameter.name, v) for v in values if is_valid(parameter.schema, v))
            if any(stops) and parameter.name not in OF_THEIR_OWN:
                found.add(f"{role}.{parameter.name}")
    assert set(ALLOWED) == found
