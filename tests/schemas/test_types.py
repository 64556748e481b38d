"""A union of declared types accepts exactly what one of its parts accepts."""

from __future__ import annotations

from gliner_audit.schemas.types import array_of, mapping_of, one_of_values, pair_of, union, with_default
from gliner_audit.schemas.validate import is_valid
from hypothesis import given, settings
from hypothesis import strategies as st

SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.5, -1.5, 2.0]) | st.sampled_from("ab")
VALUES = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.sampled_from("xy"), SCALARS, max_size=2)
SIMPLE = st.sampled_from([{"type": name} for name in ("boolean", "integer", "number", "string", "null")])
BOUNDED = st.sampled_from(
    [{"type": "integer", "minimum": 0}, {"type": "number", "maximum": 1}, {"type": "string", "pattern": "^a"}]
)
ENUMS = st.lists(SCALARS, min_size=1, max_size=3).map(one_of_values)
NESTED = (
    st.builds(array_of, SIMPLE) | st.builds(mapping_of, SIMPLE) | st.lists(SIMPLE, min_size=1, max_size=2).map(pair_of)
)
PARTS = SIMPLE | BOUNDED | ENUMS | NESTED | st.just({"type": "array"}) | st.just({})


@settings(deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=4), VALUES)
def test_a_union_accepts_what_one_of_its_parts_accepts(parts, value):
    assert is_valid(union(parts), value) == any(is_valid(part, value) for part in parts)


@settings(deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=3), st.lists(PARTS, min_size=1, max_size=3), VALUES)
def test_unions_nest(left, right, value):
    assert is_valid(union([union(left), *right]), value) == is_valid(union([*left, *right]), value)


@settings(deadline=None)
@given(PARTS, VALUES)
def test_a_default_is_always_valid(schema, default):
    assert is_valid(with_default(schema, default), default)


def test_optional_types_stay_one_flat_list():
    assert union([{"type": "number"}, {"type": "null"}]) == {"type": ["number", "null"]}
    assert union([array_of({"type": "string"}), {"type": "string"}, {"type": "null"}]) == {
        "type": ["string", "array", "null"],
        "items": {"type": "string"},
    }
    assert union([one_of_values(["a"]), {"type": "null"}]) == {"enum": ["a", None]}
    assert union([one_of_values(["a"]), {"type": "string"}]) == {"type": "string"}
