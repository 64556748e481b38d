"""Published schemas: valid against their metaschema, and their own defaults valid against them."""

from __future__ import annotations

import json

import pytest
from gliner_audit.schemas import catalog
from gliner_audit.schemas.published import DRAFT_07, DRAFT_2020_12, draft_07, json_schema
from gliner_audit.schemas.surface import MISSING
from gliner_audit.schemas.validate import ASSERTIONS, is_valid
from jsonschema import Draft7Validator, Draft202012Validator

SURFACES = [
    (name, version)
    for distribution in ("transformers", "peft", "gliner")
    for version in catalog.versions(distribution)
    for name in catalog.names(distribution, version)
]
ANNOTATIONS = {"description", "default", "deprecated", "deprecationMessage"}


def described(name, version):
    surface = catalog.described(name, version)
    assert surface is not None
    return surface


@pytest.mark.parametrize(("name", "version"), SURFACES, ids=lambda item: item)
def test_every_schema_passes_the_metaschemas(name, version):
    surface = described(name, version)
    new, old = json_schema(surface), draft_07(surface)
    assert (new["$schema"], old["$schema"]) == (DRAFT_2020_12, DRAFT_07)
    Draft202012Validator.check_schema(new)
    Draft7Validator.check_schema(old)
    assert new["title"] == name
    assert version in new["description"]
    assert json.loads(json.dumps(new)) == new


@pytest.mark.parametrize(("name", "version"), SURFACES, ids=lambda item: item)
def test_defaults_fit_their_own_schema(name, version):
    surface = described(name, version)
    wrong = {
        row.name: (row.default, row.schema)
        for row in surface.parameters.values()
        if row.default is not MISSING and not is_valid(row.schema, row.default)
    }
    assert wrong == {}


@pytest.mark.parametrize(("name", "version"), SURFACES, ids=lambda item: item)
def test_the_evaluator_knows_every_keyword_in_use(name, version):
    for row in json_schema(described(name, version))["properties"].values():
        unknown = {key for key in row if not key.startswith("x-")} - ASSERTIONS - ANNOTATIONS
        assert unknown == set()


def test_a_deprecated_parameter_says_so_in_both_drafts():
    surface = described("transformers.TrainingArguments", "4.57.6")
    row = json_schema(surface)["properties"]["push_to_hub_token"]
    assert row["deprecated"] is True
    assert "--hub_token" in row["deprecationMessage"]
    assert draft_07(surface)["properties"]["push_to_hub_token"]["description"].startswith("Deprecated: ")


def test_unknown_keys_are_refused_where_the_library_refuses_them():
    arguments = json_schema(described("gliner.training.TrainingArguments", "0.2.29"))
    config = json_schema(described("gliner.GLiNERConfig", "0.2.29"))
    assert (arguments["additionalProperties"], config["additionalProperties"]) == (False, True)


def test_what_editors_show_is_there():
    row = json_schema(described("gliner.training.TrainingArguments", "0.2.29"))["properties"]["masking"]
    assert row["x-known-values"] == ["global", "label", "span", "none"]
    assert row["default"] == "global"
    assert row["x-source"].startswith("gliner/training/trainer.py:")
    help_text = json_schema(described("transformers.TrainingArguments", "5.16.1"))["properties"]["max_steps"][
        "description"
    ]
    assert "Overrides `num_train_epochs`" in help_text
