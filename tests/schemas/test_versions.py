"""Versions sort as PEP 440 says."""

from __future__ import annotations

import pytest
from gliner_audit.schemas.versions import key
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.version import Version

RELEASES = st.lists(st.integers(0, 30), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))
MARKS = st.sampled_from(["", ".dev0", ".dev3", "a1", "b2", "rc1", "rc2", ".post1", "rc1.dev2", "+cpu"])
VERSIONS = st.builds("{}{}".format, RELEASES, MARKS)


@settings(deadline=None)
@given(VERSIONS, VERSIONS)
def test_the_order_is_that_of_packaging(left, right):
    one, other = Version(left.partition("+")[0]), Version(right.partition("+")[0])
    assert (key(left) < key(right), key(left) == key(right)) == (one < other, one == other)


@pytest.mark.parametrize("text", ["", "main", "latest", ">=4.0"])
def test_a_text_that_is_no_version_is_refused(text):
    with pytest.raises(ValueError, match="not a version"):
        key(text)
