"""Edits change what they name and nothing else: other values, comments, line breaks and file modes stay."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from gliner_audit.audit.documents import load
from gliner_audit.audit.documents.edit import EditError, apply_edits, write_atomic
from hypothesis import assume, given, settings
from hypothesis import strategies as st


class Edit(NamedTuple):
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


names = st.from_regex(r"[a-z]{1,4}", fullmatch=True)
values = (
    st.integers() | st.booleans() | st.none() | st.sampled_from(["1e-5", "a b", "x: y", "é😀", "# no", "", "[", "a\nb"])
)
trees = st.dictionaries(
    names,
    st.recursive(values, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3)),
    min_size=1,
)


def change(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    if not path:
        return new
    if isinstance(value, dict):
        return {key: change(item, path[1:], new) if key == path[0] else item for key, item in value.items()}
    return [change(item, path[1:], new) if index == path[0] else item for index, item in enumerate(value)]


@settings(max_examples=300, deadline=None)
@given(trees, st.sampled_from([None, True, False]), st.sampled_from(["\n", "\r\n"]), st.data())
def test_replacing_a_scalar_changes_only_its_path(
    tree: Any, flow: bool | None, newline: str, data: st.DataObject
) -> None:
    dumped = yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    lines = [
        f"{line}  # é {number}" if line.endswith(("1", "e", "5")) else line
        for number, line in enumerate(dumped.splitlines())
    ]
    text = newline.join(["# top", *lines, "# end", ""])
    document = load("config.yaml", text)
    assume(document.loads and document.data == tree)
    places = [(path, node) for path, node in document.walk() if node.kind == "scalar" and node.raw]
    assume(places)
    path, node = data.draw(st.sampled_from(places))
    edit = Edit(*node.span, "0.25")
    edited = apply_edits(text, [edit, edit])
    after = load("config.yaml", edited)
    assert after.data == change(tree, path, 0.25)
    assert [comment.text for comment in after.comments()] == [comment.text for comment in document.comments()]
    assert newline == "\n" or "\n" not in edited.replace("\r\n", "")


@settings(max_examples=200, deadline=None)
@given(trees, st.data())
def test_renaming_a_key_keeps_its_value_and_comments(tree: dict[str, Any], data: st.DataObject) -> None:
    text = "# top\n" + yaml.safe_dump(tree, allow_unicode=True, sort_keys=False) + "# end\n"
    document = load("config.yaml", text)
    assume(document.data == tree)
    name = data.draw(st.sampled_from(sorted(tree)))
    node = document.node((name,))
    assert node is not None
    assert node.key_span is not None
    after = load("config.yaml", apply_edits(text, [Edit(*node.key_span, "renamed_key")]))
    assert after.data == {"renamed_key" if key == name else key: value for key, value in tree.items()}
    assert [comment.text for comment in after.comments()] == ["# top", "# end"]


def test_several_edits_insertions_and_a_byte_order_mark() -> None:
    text = "\ufeffa: 1\r\nb: 2\r\n"
    edits = [Edit(2, 4, 2, 5, "3"), Edit(1, 1, 1, 2, "é"), Edit(3, 1, 3, 1, "c:\n  d: 1\n")]
    assert apply_edits(text, edits) == "\ufeffé: 1\r\nb: 3\r\nc:\r\n  d: 1\r\n"


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(1, 1, 1, 3, "x"), Edit(1, 2, 1, 4, "y")],
        [Edit(1, 1, 1, 1, "x"), Edit(1, 1, 1, 1, "y")],
        [Edit(1, 1, 1, 3, "x"), Edit(1, 1, 1, 3, "y")],
        [Edit(9, 1, 9, 1, "x")],
        [Edit(1, 9, 1, 9, "x")],
        [Edit(1, 3, 1, 1, "x")],
    ],
)
def test_edits_that_cannot_be_applied(edits: list[Edit]) -> None:
    with pytest.raises(EditError):
        apply_edits("a: 1\n", edits)


def test_a_file_is_replaced_whole_with_its_mode_mark_and_link(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\n")
    file.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    write_atomic(str(link), "a: 2\r\n")
    assert file.read_bytes() == b"\xef\xbb\xbfa: 2\r\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert sorted(os.listdir(tmp_path)) == ["config.yaml", "link.yaml"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("a: 1\n")

    def refuse(*_: object) -> None:
        raise OSError("disk is full")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="disk is full"):
        write_atomic(str(file), "a: 2\n")
    assert file.read_text() == "a: 1\n"
    assert os.listdir(tmp_path) == ["config.yaml"]
