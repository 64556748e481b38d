"""The light evaluator finds the same set of (path, keyword) as jsonschema's Draft202012Validator."""

from __future__ import annotations

import pytest
from gliner_audit.schemas import catalog
from gliner_audit.schemas.published import json_schema
from gliner_audit.schemas.validate import ASSERTIONS, violations
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

TYPES = ("boolean", "integer", "number", "string", "array", "object", "null")
NUMBERS = st.integers(-3, 3) | st.sampled_from([0.0, 1.0, 0.5, -1.5, 1e300])
TEXTS = st.sampled_from(["", "a", "ab", "no", "1e-5", "pissa_niter_4"])
LEAVES = st.none() | st.booleans() | NUMBERS | TEXTS
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=8
)
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def keywords(inner):
    """Schemas of the keywords that the published ones use."""
    optional = {
        "type": st.sampled_from(TYPES) | st.lists(st.sampled_from(TYPES), min_size=1, max_size=3, unique=True),
        "enum": st.lists(VALUES, min_size=1, max_size=3),
        "const": VALUES,
        "pattern": st.sampled_from(["^a", "b$", "^pissa_niter_[0-9]+$"]),
        "minItems": st.integers(0, 2),
        "maxItems": st.integers(0, 2),
        "items": inner,
        "properties": st.dictionaries(TEXTS, inner, max_size=3),
        "required": st.lists(TEXTS, max_size=2, unique=True),
        "additionalProperties": st.booleans() | inner,
        "anyOf": st.lists(inner, min_size=1, max_size=3),
        "not": inner,
        **dict.fromkeys(BOUNDS, NUMBERS),
    }
    assert optional.keys() == ASSERTIONS
    return st.fixed_dictionaries({}, optional=optional)


SCHEMAS = st.recursive(st.just({}), keywords, max_leaves=6)


def by_jsonschema(schema, value):
    return {(tuple(error.absolute_path), error.validator) for error in Draft202012Validator(schema).iter_errors(value)}


def by_ours(schema, value):
    return {(path, keyword) for path, keyword, _ in violations(schema, value)}


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SCHEMAS, VALUES)
def test_the_verdict_is_that_of_jsonschema(schema, value):
    assert by_ours(schema, value) == by_jsonschema(schema, value)


REAL = [
    (name, version)
    for distribution in ("transformers", "peft", "gliner")
    for version in catalog.versions(distribution)
    for name in catalog.names(distribution, version)
]


@pytest.mark.parametrize(("name", "version"), REAL, ids=lambda item: item)
def test_the_verdict_on_real_schemas_is_that_of_jsonschema(name, version):
    surface = catalog.surface(name, version)
    assert surface is not None
    schema = json_schema(surface)
    known = st.sampled_from(list(surface.parameters) or ["none"])
    likely = st.sampled_from([value for row in surface.parameters.values() for value in row.schema.get("enum", ["no"])])

    @settings(max_examples=25, deadline=None)
    @given(st.dictionaries(known | TEXTS, VALUES | likely, max_size=8))
    def agree(document):
        assert by_ours(schema, document) == by_jsonschema(schema, document)

    agree()


@pytest.mark.parametrize(
    ("schema", "value", "valid"),
    [
        ({"type": "integer"}, True, False),
        ({"type": "integer"}, 1.0, True),
        ({"type": "number"}, False, False),
        ({"enum": [1]}, True, False),
        ({"enum": [0]}, False, False),
        ({"enum": [[1]]}, [True], False),
        ({"const": {"a": 1}}, {"a": 1.0}, True),
        ({"minimum": 1}, True, True),
        ({"minimum": 1}, "0", True),
    ],
)
def test_booleans_are_no_numbers(schema, value, valid):
    assert (not by_ours(schema, value)) is valid
    assert (not by_jsonschema(schema, value)) is valid


def test_an_unknown_key_is_named_in_the_detail():
    schema = {"properties": {"known": {}}, "additionalProperties": False}
    assert list(violations(schema, {"known": 1, "knwon": 2})) == [((), "additionalProperties", ("knwon",))]
