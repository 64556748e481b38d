"""Comments silence exactly what they name and cover; one that does nothing is reported."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from gliner_audit.audit.documents import Comment
from gliner_audit.rules.comments import directives, python_comments
from gliner_audit.rules.finding import Finding
from gliner_audit.rules.suppress import apply

KNOWN = {"unknown-key": "GA101", "text-number": "GA014", "dead-field": "GA202"}


def _comments(text: str) -> list[Comment]:
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        at = line.find("#")
        if at >= 0:
            found.append(Comment(number, at + 1, line[at:].rstrip("\r"), not line[:at].strip()))
    return found


def _finding(line: int, name: str = "unknown-key", file: str = "a.yaml", end_line: int | None = None) -> Finding:
    last = end_line or line
    return Finding(KNOWN[name], name, "error", "proven", "m", file, line, 1, last, 2, f"{line:016x}")


def _apply(
    text: str, findings: Sequence[Finding], file: str = "a.yaml", ran: Sequence[str] = tuple(KNOWN)
) -> tuple[list[int], list[Finding]]:
    """The lines of the silenced findings, and what is said of comments."""
    applied = apply(findings, {file: _comments(text)}, ran, sources={file: text}, known=KNOWN)
    said = [one for one in applied if one.name == "unused-ignore" and one.suppressed is None]
    silenced = [one for one in applied if one.name != "unused-ignore" and one.suppressed is not None]
    assert len(applied) >= len(findings)
    return [one.line for one in silenced], said


def test_on_the_line() -> None:
    text = "a: 1  # gliner-audit: ignore[unknown-key] read by the launcher\nb: 2\n"
    findings = [_finding(1), _finding(2)]
    applied = apply(findings, {"a.yaml": _comments(text)}, KNOWN, sources={"a.yaml": text}, known=KNOWN)
    by = applied[0].suppressed
    assert by is not None
    assert (by.by, by.reason, by.file, by.line) == ("comment", "read by the launcher", "a.yaml", 1)
    assert applied[1].suppressed is None


def test_by_id_and_several_at_once() -> None:
    text = "a: 1  # gliner-audit: ignore[GA101, text-number]\n"
    assert _apply(text, [_finding(1), _finding(1, "text-number"), _finding(1, "dead-field")]) == ([1, 1], [])


def test_on_a_line_above_with_other_comments_between() -> None:
    text = "# gliner-audit: ignore[unknown-key]\n# more\na: 1\nb: 2\n"
    assert _apply(text, [_finding(3), _finding(4)]) == ([3], [])


@pytest.mark.parametrize(
    ("file", "text", "lines"),
    [
        ("a.yaml", "t:  # gliner-audit: ignore[unknown-key]\n  a: 1\n\n  # x\n  b:\n    c: 1\nd: 1\n", [1, 2, 5, 6]),
        ("a.yaml", "# gliner-audit: ignore[unknown-key]\nt:\n  a: 1\nd: 1\n", [2, 3]),
        ("a.yaml", "t:  # gliner-audit: ignore[unknown-key]\n- a: 1\n  b: 1\n- 2\nd: 1\n", [1, 2, 3, 4]),
        ("a.yaml", "t:\n- a: 1  # gliner-audit: ignore[unknown-key]\n  b: 1\n- 2\n", [2, 3]),
        ("a.yaml", "t: {  # gliner-audit: ignore[unknown-key]\n  a: 1\n}\nd: 1\n", [1, 2, 3]),
        ("a.toml", "[t]  # gliner-audit: ignore[unknown-key]\na = 1\n\nb = 1\n[u]\nc = 1\n", [1, 2, 4]),
        ("a.py", "f(  # gliner-audit: ignore[unknown-key]\n    a=1,\n    b=2,\n)\ng()\n", [1, 2, 3, 4]),
    ],
)
def test_on_the_line_that_opens_a_block(file: str, text: str, lines: list[int]) -> None:
    findings = [_finding(n, file=file) for n, line in enumerate(text.split("\n"), 1) if line.split("#")[0].strip()]
    assert _apply(text, findings, file) == (lines, [])


def test_at_the_end_of_a_finding_of_several_lines() -> None:
    text = "f(\n    1,\n)  # gliner-audit: ignore[unknown-key]\n"
    assert _apply(text, [_finding(1, file="a.py", end_line=3)], "a.py") == ([1], [])


def test_a_whole_file() -> None:
    text = "%YAML 1.1\n---\n\n# gliner-audit: ignore-file[unknown-key] generated\na: 1\nb: 2\n"
    assert _apply(text, [_finding(5), _finding(6), _finding(6, "text-number")]) == ([5, 6], [])


def test_a_whole_file_only_at_its_top() -> None:
    silenced, said = _apply("a: 1\n# gliner-audit: ignore-file[unknown-key]\nb: 1\n", [_finding(1)])
    assert silenced == []
    assert [(one.line, one.message) for one in said] == [(2, "`ignore-file` stands where it speaks for nothing")]


def test_unused_is_reported_at_the_name_and_can_be_removed() -> None:
    text = "a: 1  # gliner-audit: ignore[unknown-key, GA014] x\n"
    silenced, said = _apply(text, [_finding(1)])
    assert silenced == [1]
    (one,) = said
    assert text[one.column - 1 : one.end_column - 1] == "GA014"
    assert (one.rule, one.severity) == ("GA900", "warning")
    (edit,) = one.fixes[0].edits
    assert text[: edit.column - 1] + edit.text + text[edit.end_column - 1 :] == (
        "a: 1  # gliner-audit: ignore[unknown-key] x\n"
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a: 1  # gliner-audit: ignore[unknown-key] x\nb: 1\n", "a: 1\nb: 1\n"),
        ("a: 1  # why # gliner-audit: ignore[unknown-key]\n", "a: 1  # why\n"),
        ("  # gliner-audit: ignore[unknown-key]\na: 1\n", "a: 1\n"),
    ],
)
def test_a_comment_that_does_nothing_can_be_removed(text: str, left: str) -> None:
    _, (one,) = _apply(text, [])
    (edit,) = one.fixes[0].edits
    lines = text.splitlines(keepends=True)
    start = sum(map(len, lines[: edit.line - 1])) + edit.column - 1
    end = sum(map(len, lines[: edit.end_line - 1])) + edit.end_column - 1
    assert text[:start] + edit.text + text[end:] == left


def test_an_ignore_of_a_rule_that_did_not_run_is_not_unused() -> None:
    assert _apply("a: 1  # gliner-audit: ignore[dead-field]\n", [], ran=["unknown-key"]) == ([], [])


def test_a_name_that_no_rule_has_gets_a_suggestion() -> None:
    _, (one,) = _apply("a: 1  # gliner-audit: ignore[unknown-kye]\n", [])
    assert one.message == "no rule is called `unknown-kye`"
    assert one.help == "did you mean `unknown-key`?"
    assert [(fix.applicability, fix.edits[0].text) for fix in one.fixes] == [("unsafe", "unknown-key")]


@pytest.mark.parametrize(
    ("comment", "message", "help"),
    [
        ("# gliner-audit: ignore", "`ignore` names no rule", "write `ignore[rule-name] reason`"),
        ("# gliner-audit: ignore[] x", "`ignore` names no rule", "write `ignore[rule-name] reason`"),
        ("# gliner-audit: ignroe[dead-field]", "`ignroe` is no directive", "did you mean `ignore`?"),
    ],
)
def test_a_comment_that_cannot_work_is_reported(comment: str, message: str, help: str) -> None:
    _, (one,) = _apply(f"a: 1  {comment}\n", [])
    assert (one.message, one.help) == (message, help)


def test_prose_about_the_tool_is_no_directive() -> None:
    assert directives(_comments("# gliner-audit: see the docs\n# run gliner-audit on this\n")) == []


def test_unused_can_be_silenced_too() -> None:
    text = "a: 1  # gliner-audit: ignore[unknown-key, unused-ignore] some day\n"
    assert _apply(text, []) == ([], [])


def test_equal_reports_have_their_own_fingerprints() -> None:
    _, said = _apply("a: 1  # gliner-audit: ignore[dead-field]\nb: 1  # gliner-audit: ignore[dead-field]\n", [])
    assert len({one.fingerprint for one in said}) == 2


def test_windows_line_breaks() -> None:
    assert _apply("a: 1  # gliner-audit: ignore[unknown-key]\r\nb: 1\r\n", [_finding(1), _finding(2)]) == ([1], [])


def test_comments_of_python_are_comments_not_text() -> None:
    text = 'x = "# gliner-audit: ignore[a]"\nf(1)  # gliner-audit: ignore[b]\n  # gliner-audit: ignore[c]\n'
    found = python_comments(text)
    assert [(one.line, one.column, one.own_line) for one in found] == [(2, 7, False), (3, 3, True)]


def test_broken_python_still_has_its_first_comments() -> None:
    assert len(python_comments("f(1)  # gliner-audit: ignore[b]\n'''never closed\n")) == 1
