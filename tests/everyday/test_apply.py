"""Fixes go in whole or not at all, never over each other, and again until nothing changes."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from gliner_audit.rules.apply import Mended, choose, diff, mend, save
from gliner_audit.rules.finding import Edit, Finding, Fix, Suppression
from hypothesis import given
from hypothesis import strategies as st

SAFE, BOTH = ("safe",), ("safe", "unsafe")


def _edit(start: int, end: int, text: str, file: str = "a.yaml") -> Edit:
    return Edit(file, 1, start, 1, end, text)


def _finding(*edits: Edit, applicability: str = "safe", suppressed: Suppression | None = None) -> Finding:
    fix = Fix("mend", applicability, edits)
    where = edits[0]
    return Finding(
        "GA101", "n", "error", "proven", "m", where.file, 1, where.column, 1, where.end_column, "f" * 16,
        fixes=(fix,), suppressed=suppressed,
    )  # fmt: skip


def test_only_what_is_allowed_and_not_silenced() -> None:
    safe, unsafe = _finding(_edit(1, 2, "x")), _finding(_edit(3, 4, "y"), applicability="unsafe")
    silenced = _finding(_edit(5, 6, "z"), suppressed=Suppression("comment"))
    assert choose([safe, unsafe, silenced], SAFE)[1] == [safe]
    assert choose([safe, unsafe, silenced], BOTH)[1] == [safe, unsafe]


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (_edit(1, 4, "x"), _edit(3, 6, "y"), False),
        (_edit(1, 9, "x"), _edit(3, 4, "y"), False),
        (_edit(1, 4, "x"), _edit(4, 6, "y"), True),
        (_edit(4, 4, "x"), _edit(1, 4, "y"), True),
        (_edit(4, 4, "x"), _edit(4, 6, "y"), False),
        (_edit(4, 4, "x"), _edit(4, 4, "y"), False),
        (_edit(4, 4, "x"), _edit(1, 6, "y"), False),
        (_edit(1, 4, "x"), _edit(1, 4, "x"), True),
        (_edit(1, 4, "x"), _edit(1, 4, "x", "b.yaml"), True),
    ],
)
def test_the_first_of_two_that_clash_wins(one: Edit, other: Edit, both: bool) -> None:
    findings = [_finding(one), _finding(other)]
    assert choose(findings, SAFE)[1] == (findings if both else findings[:1])


def test_a_fix_of_several_edits_goes_in_whole_or_not_at_all() -> None:
    first, pair = _finding(_edit(1, 3, "x")), _finding(_edit(2, 4, "y"), _edit(8, 9, "z"))
    chosen, mended = choose([first, pair], SAFE)
    assert chosen == {"a.yaml": [_edit(1, 3, "x")]}
    assert mended == [first]


def _digits_to_words(texts: Mapping[str, str]) -> list[Finding]:
    """A toy lint: each digit is wrong and one less is right, 0 is an x."""
    findings = []
    for file, text in texts.items():
        for at, char in enumerate(text, 1):
            if char.isdigit():
                findings.append(_finding(_edit(at, at + 1, "x" if char == "0" else str(int(char) - 1), file)))
    return findings


@given(st.dictionaries(st.sampled_from(["a.yaml", "b.yaml"]), st.text(alphabet="ab0123", max_size=12)))
def test_mending_ends_in_a_text_with_nothing_to_mend(texts: dict[str, str]) -> None:
    mended = mend(texts, _digits_to_words(texts), SAFE, _digits_to_words)
    after = {**texts, **mended.after}
    assert mended.settled
    assert mended.findings == ()
    assert not any(char.isdigit() for text in after.values() for char in text)
    assert mended.before == {file: texts[file] for file in mended.after}
    assert mend(after, _digits_to_words(after), SAFE, _digits_to_words).after == {}


def test_two_fixes_that_undo_each_other_end_and_say_so() -> None:
    def swap(texts: Mapping[str, str]) -> list[Finding]:
        return [_finding(_edit(1, 2, "b" if texts["a.yaml"] == "a" else "a"))]

    assert not mend({"a.yaml": "a"}, swap({"a.yaml": "a"}), SAFE, swap).settled


def test_files_that_are_not_ours_stay() -> None:
    findings = [_finding(_edit(1, 2, "x", "library.py"))]
    mended = mend({"a.yaml": "a"}, findings, SAFE, lambda _: findings)
    assert mended == Mended({}, {}, (), tuple(findings), True)


def test_saving_writes_the_files_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbflr: 1e-5\r\n# caf\xc3\xa9\r\n")
    text = path.read_bytes().decode("utf-8-sig")
    edit = Edit(str(path), 1, 5, 1, 9, "1.0e-5")
    save(mend({str(path): text}, [_finding(edit)], SAFE, lambda _: []))
    assert path.read_bytes() == b"\xef\xbb\xbflr: 1.0e-5\r\n# caf\xc3\xa9\r\n"
    assert [one.name for one in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("lr: 1\nb: 2\n", "lr: 2\nb: 2\n"),
        ("lr: 1", "lr: 2"),
        ("lr: 1\n", ""),
        ("a: 1\r\nlr: 1\r\n", "a: 1\r\nlr: 2\r\n"),
        ("a: '\x0c'\nlr: 1\x85\n", "a: '\x0c'\nlr: 2\x85\n"),
    ],
)
def test_the_diff_is_one_that_git_applies(before: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(before.encode())
    patch = diff(Mended({"a.yaml": before}, {"a.yaml": after}, (), (), True))
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=tmp_path, check=True)
    assert path.read_bytes() == after.encode()


def test_the_diff_shows_no_secret() -> None:
    shown = diff(
        Mended({"a.yaml": "hub_token: geheim\nlr: 1\n"}, {"a.yaml": "hub_token: geheim\nlr: 2\n"}, (), (), True)
    )
    assert "geheim" not in shown
    assert "+lr: 2" in shown
