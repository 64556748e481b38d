"""The catalog: versions, absence, composition across libraries, and the history of a parameter."""

from __future__ import annotations

import subprocess
import sys

import pytest
from gliner_audit.schemas import catalog, store
from gliner_audit.schemas.surface import MISSING, Parameter, Surface

TRAINING = "gliner.training.TrainingArguments"


def parameters(name: str, version: str, **against: str):
    surface = catalog.surface(name, version, against)
    assert surface is not None
    return surface.parameters


def test_versions_are_ordered_and_the_newest_is_the_default():
    for distribution in ("transformers", "peft", "gliner"):
        known = catalog.versions(distribution)
        assert len(known) >= 3
        assert known[-1] == catalog.newest(distribution)
    assert catalog.versions("keras") == ()


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("0.2.29", ("0.2.29", True)),
        ("0.2.28", ("0.2.24", False)),
        ("0.1.0", ("0.2.22", False)),
        ("1.0", ("0.2.29", False)),
        ("0.2.29rc1", ("0.2.24", False)),
        ("0.2.29+cpu", ("0.2.29", True)),
    ],
)
def test_an_unknown_version_falls_to_the_nearest_lower_one(asked, given):
    assert catalog.nearest("gliner", asked) == given


def test_an_unknown_library_is_an_error():
    with pytest.raises(KeyError):
        catalog.nearest("keras", "3.0")


def test_a_surface_that_a_version_lacks_is_absent():
    assert catalog.surface("gliner.GLiNER.train_model", "0.2.22") is None
    assert "gliner.GLiNER.train_model" not in catalog.names("gliner", "0.2.22")
    assert "gliner.GLiNER.train_model" in catalog.names("gliner", "0.2.24")
    assert catalog.surface("gliner.GLiNERConfig", "9.9") is None
    assert catalog.surface("no.such.surface", "1.0") is None


def test_inherited_parameters_follow_the_other_library():
    with_own = parameters(TRAINING, "0.2.29")
    with_older = parameters(TRAINING, "0.2.29", transformers="4.57.6")
    assert "group_by_length" not in with_own
    assert "group_by_length" in with_older
    assert with_own["masking"] == with_older["masking"]
    assert parameters(TRAINING, "0.2.29", transformers="4.57.99", torch="2.8") == with_older


def test_a_new_annotation_keeps_the_demands_of_the_parent():
    optim = parameters(TRAINING, "0.2.29")["optim"]
    assert optim.default == "adamw_torch"
    assert "adamw_torch_fused" in optim.schema["enum"]
    assert "type" not in optim.schema
    assert optim.enforced_at == "transformers/training_args.py:1524"


def test_a_default_that_hangs_on_torch_shows_both_values():
    optim = parameters("transformers.TrainingArguments", "5.16.1")["optim"]
    assert optim.default == "adamw_torch_fused"
    assert optim.expression is not None
    assert "is_torch_greater_or_equal_than_2_8" in optim.expression
    assert optim.expression.endswith("else 'adamw_torch'")


def test_what_is_handed_on_unchanged_carries_the_demands_of_the_receiver():
    rows = parameters("gliner.GLiNER.create_training_args", "0.2.29")
    assert rows["lr_scheduler_type"].forwarded
    assert "cosine" in rows["lr_scheduler_type"].schema["enum"]
    assert rows["lr_scheduler_type"].enforced_at == "transformers/training_args.py:1523"
    assert rows["masking"].choices == ("global", "label", "span", "none")
    assert (rows["others_lr"].forwarded, rows["others_lr"].expression) == (False, "others_lr or learning_rate")


def test_a_call_accepts_what_it_forwards():
    accepted = catalog.accepted("gliner.GLiNER.train_model", "0.2.29")
    assert {"freeze_components", "warmup_ratio", "gradient_checkpointing"} <= accepted.keys()
    assert accepted["warmup_ratio"].default == 0.1
    assert "group_by_length" not in accepted
    assert "group_by_length" in catalog.accepted("gliner.GLiNER.train_model", "0.2.29", {"transformers": "4.57.6"})


def test_a_forced_value_takes_no_demand():
    span_mode = parameters("gliner.config.UniEncoderTokenConfig", "0.2.29")["span_mode"]
    assert (span_mode.forced, span_mode.default, "enum" in span_mode.schema) == ("token_level", "markerV0", False)


def test_help_is_there_when_asked_for():
    assert catalog.surface(TRAINING, "0.2.29").parameters["max_steps"].help == ""
    described = catalog.described(TRAINING, "0.2.29")
    assert "Overrides `num_train_epochs`" in described.parameters["max_steps"].help
    assert catalog.described("gliner.GLiNER.train_model", "0.2.22") is None


@pytest.mark.parametrize(
    ("name", "parameter", "since", "until", "library"),
    [
        ("transformers.TrainingArguments", "use_cache", "5.16.1", None, "transformers"),
        ("transformers.TrainingArguments", "no_cuda", "4.51.3", "4.57.6", "transformers"),
        ("transformers.TrainingArguments", "evaluation_strategy", None, "4.49.0", "transformers"),
        (TRAINING, "warmup_ratio", "0.2.22", None, "gliner"),
        (TRAINING, "group_by_length", "4.51.3", "4.57.6", "transformers"),
        ("gliner.GLiNER.train_model", "no_cuda", "4.51.3", "4.57.6", "transformers"),
        ("gliner.GLiNER.train_model", "freeze_components", "0.2.24", None, "gliner"),
        ("gliner.GLiNERConfig", "has_rnn", "0.2.22", "0.2.22", "gliner"),
        ("gliner.GLiNERConfig", "max_width", "0.2.22", None, "gliner"),
        ("gliner.StreamingSpanConfig", "max_width", "0.2.29", None, "gliner"),
    ],
)
def test_history(name, parameter, since, until, library):
    told = catalog.history(name, parameter)
    assert told is not None
    assert (told.since, told.until, told.distribution) == (since, until, library)


def test_successors_are_parameters_of_the_newest_version():
    for name, known in store.load("renames").items():
        newest = catalog.surface(name, catalog.newest(catalog.distribution_of(name)))
        for parameter, told in known.items():
            assert told["source"], f"{parameter} has no source"
            assert told.get("renamed_to") or told.get("note"), f"{parameter} says nothing"
            assert told.get("renamed_to", "output_dir" if "Arguments" in name else None) in {None, *newest.parameters}
            assert parameter not in newest.parameters


def test_every_parameter_that_went_away_says_what_took_its_place():
    for distribution in ("transformers", "gliner"):
        first, last = catalog.versions(distribution)[0], catalog.newest(distribution)
        for version in catalog.versions(distribution)[:-1]:
            for name in catalog.names(distribution, first):
                gone = parameters(name, version).keys() - parameters(name, last).keys()
                silent = {item for item in gone if not _explained(catalog.history(name, item))}
                assert (name, silent) == (name, set())


def _explained(told):
    return told is not None and (told.renamed_to or told.note)


def test_an_unknown_parameter_has_no_history():
    assert catalog.history(TRAINING, "warmpu_ratio") is None
    assert catalog.history("no.such.surface", "x") is None


def test_a_stored_surface_comes_back_as_it_was():
    rows = {
        "a": Parameter("a", {"type": "integer"}, 1, source="m/f.py:3", help="first"),
        "b": Parameter("b", {}, required=True, source="m/f.py:9", choices=("x",), choices_source="m/g.py:1"),
        "c": Parameter("c", {}, source="m/g.py:2", expression="f()", forced=None, forwarded=True, deprecated="gone"),
        "d": Parameter("d", {"minimum": 1}, None, source="m/g.py:7", enforced_at="m/h.py:5"),
    }
    new = Surface("m.S", "m", "2", rows, "kept", None, "m.Base")
    old = new._replace(version="1", parameters={"b": rows["b"], "a": rows["a"]._replace(default=None)})
    document, helps = store.encode([new, old])
    for surface in (new, old):
        plain = {name: row._replace(help="") for name, row in surface.parameters.items()}
        assert store.decode(document, surface.version) == surface._replace(parameters=plain)
    assert store.help_texts(document, helps, "2") == {"a": "first", "b": "", "c": "", "d": ""}
    assert document["versions"]["1"]["rows"] == "1 4"
    assert store.decode(document, "0") is None


def test_a_required_parameter_and_one_without_default_differ():
    rows = parameters("gliner.GLiNER.train_model", "0.2.29")
    assert rows["train_dataset"].required
    assert rows["train_dataset"].default is MISSING
    assert rows["output_dir"].default is None


def test_reading_a_surface_imports_nothing_heavy():
    code = (
        "import sys\nfrom gliner_audit.schemas import catalog, validate\n"
        "catalog.accepted('gliner.GLiNER.train_model', '0.2.29')\n"
        "heavy = {'torch', 'gliner', 'jsonschema', 'ast', 'inspect', 'dataclasses', 'difflib', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    isolated = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert isolated.stdout.strip() == "[]"
