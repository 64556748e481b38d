"""Ignore patterns as in .gitignore: anchors, `*`, `?`, `[…]`, `**`, folders only, and `!` for exceptions."""

from __future__ import annotations

import re
from typing import NamedTuple


class Pattern(NamedTuple):
    """One line: matches paths relative to the folder of its file. `negated` takes an earlier match back."""

    regex: re.Pattern[str]
    negated: bool
    folders_only: bool

    def matches(self, path: str, is_folder: bool) -> bool:
        """Whether the pattern speaks of a path (POSIX, relative)."""
        return (is_folder or not self.folders_only) and self.regex.fullmatch(path) is not None


def parse(text: str) -> tuple[Pattern, ...]:
    """The patterns of an ignore file. A line that is no pattern (an open bracket) is left out, as git does."""
    found = (pattern(line) for line in text.splitlines())
    return tuple(one for one in found if one is not None)


def pattern(line: str) -> Pattern | None:
    """The pattern of one line, or None for a comment, a blank or a broken one."""
    line = re.sub(r"(?<!\\) +$", "", line.rstrip("\r\n"))
    if not line or line.startswith("#"):
        return None
    negated = line.startswith("!")
    line = line.removeprefix("!")
    folders_only = line.endswith("/")
    line = line.rstrip("/") if folders_only else line
    if not line:
        return None
    anchored = "/" in line
    body = _translate(line.removeprefix("/"))
    if body is None:
        return None
    return Pattern(re.compile(body if anchored else f"(?:.*/)?{body}", re.DOTALL), negated, folders_only)


def _translate(glob: str) -> str | None:
    """The regular expression of a glob in which only `**` crosses a slash; None for an open bracket."""
    out, at = "", 0
    while at < len(glob):
        if glob.startswith("**/", at) and (at == 0 or glob[at - 1] == "/"):
            out, at = out + "(?:.*/)?", at + 3
        elif glob[at:] == "**" and at > 0 and glob[at - 1] == "/":
            out, at = out + ".+", at + 2
        elif glob[at] == "*":
            while at < len(glob) and glob[at] == "*":
                at += 1
            out += "[^/]*"
        elif glob[at] == "?":
            out, at = out + "[^/]", at + 1
        elif glob[at] == "[":
            end = glob.find("]", at + 3 if glob[at + 1 : at + 2] in ("!", "^") else at + 2)
            if end < 0:
                return None
            inner = glob[at + 1 : end]
            flip = inner[:1] in ("!", "^")
            inner = (inner[1:] if flip else inner).replace("\\", "\\\\").replace("[", "\\[")
            out, at = out + f"(?!/)[{'^' if flip else ''}{inner}]", end + 1
        else:
            if glob[at] == "\\" and at + 1 < len(glob):
                at += 1
            out, at = out + re.escape(glob[at]), at + 1
    return out


def verdict(patterns: tuple[Pattern, ...], path: str, is_folder: bool) -> bool | None:
    """True when the last pattern that speaks of a path ignores it, False when it takes it back, None when none does."""
    for one in reversed(patterns):
        if one.matches(path, is_folder):
            return not one.negated
    return None
