"""What a secret is: the value of a key that is named like one, or a text that has the shape of a token.

References (`$HF_TOKEN`, `${oc.env:X}`, `<token>`), null and booleans are no secrets, nor are the tokens of a tokenizer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_KEY: Final = re.compile(
    r"(?i)(?:^|[_.-])(?:passw(?:or)?d|passphrase|secret(?:_?key)?|client_?secret|credentials?|api_?keys?|private_?key"
    r"|access_?key(?:_?id)?|wandb_?key|connection_?string|dsn|bearer|authorization"
    r"|(?:(?:hub|hf|huggingface|auth|access|api|refresh|session|git(?:hub|lab)?|gh|wandb|comet|neptune|mlflow|clearml"
    r"|slack|telegram|bot|personal|secret|private|security|use_auth)_?)tokens?)$|^token$"
)
# The names that configs use most: a misspelt one is just what a linter shows.
_OFTEN: Final = ("hub_token", "hf_token", "push_to_hub_token", "access_token", "auth_token", "api_key", "password")
_SHAPES: Final = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|\b(?:hf_[A-Za-z0-9]{24,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_[A-Za-z0-9]{30,}"
    r"|sk-(?:proj|ant|or|svcacct|admin|live|test)[-_][\w-]{16,}|sk-[A-Za-z0-9]{20,}|(?:AKIA|ASIA)[A-Z0-9]{16}"
    r"|AIza[\w-]{30,}|xox[abeprs]-[\w-]{10,}|pypi-[\w-]{30,}|wandb_v\d_\w{20,}"
    r"|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*)"
    r"|(?<=://)[^\s/:@]*:[^\s/@]+(?=@)",
    re.DOTALL,
)
# Without one of these a text has no such shape: told apart a hundred times faster than by the pattern.
_HEADS: Final = (
    *("-----BEGIN", "hf_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "npm_", "sk-", "AKIA"),
    *("ASIA", "AIza", "xox", "pypi-", "wandb_v", "eyJ", "://"),
)
_HEX: Final = re.compile(r"(?i)(?:key|token|secret|password|login|wandb)[\s\"'`:=]{1,5}([0-9a-f]{32,})\b")
_ASSIGNED: Final = re.compile(
    r"""(?P<quote>\\?["']?)(?<![\w.])(?P<key>[A-Za-z_][\w.-]{0,80}+)(?P=quote)\]?[ \t]*"""
    r"""(?P<sign>:[ \t]*[\w\[\]|. ]{1,40}?[ \t]*=|:=|==?|:(?=\s|["'\[]|$|\S))[ \t]*""",
    re.MULTILINE,
)
_QUOTED: Final = re.compile(
    r"""[rRbBfFuU]{0,2}(?:\\"(?P<a>.*?)\\"|"(?P<b>(?:\\.|[^"\\])*)"|'(?P<c>(?:\\.|''|[^'\\])*)')"""
)
_BARE: Final = re.compile(r"""\[[^\]\n]{0,2000}\]|[^\s,;}\])`"'#]+""")
_TICKED: Final = re.compile(r"[^`\n]+")
_PLAIN_LINE: Final = re.compile(r"(?:(?! #)[^\n\r])+")
_HARMLESS: Final = re.compile(
    r"(?i)\s*(?:$|null$|none$|~$|true$|false$|yes$|no$|on$|off$|\$|<|\{\{|!|\*|env:|os\.|\[\s*\]$|\{\s*\}$)"
)
_MOST_INDENT: Final = 200

Stretch = tuple[int, int]
"""Where a secret stands: offsets in code points, the end exclusive."""


@lru_cache(maxsize=4096)
def is_secret_key(key: str) -> bool:
    """Whether a key names a secret, also with one slip of the pen; `eos_token` and `max_tokens` do not."""
    if _KEY.search(key) is not None:
        return True
    from .keys._nearest import distance

    last = key.rpartition(".")[2].lower()
    return any(distance(last, name, 1) <= 1 for name in _OFTEN)


def stretches(text: str, *, source: bool = False, code: bool = False) -> list[Stretch]:
    """The secrets of a text in order, without overlaps.

    `source` is True for a whole file, False for a message; `code` for a file in which only literals are secrets.
    """
    found = list(_assigned(text, source, code))
    found += [match.span(1) for match in _HEX.finditer(text)]
    if any(head in text for head in _HEADS):
        found += [match.span() for match in _SHAPES.finditer(text)]
    merged: list[Stretch] = []
    for start, stop in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        elif stop > start:
            merged.append((start, stop))
    return merged


def _assigned(text: str, source: bool, code: bool) -> Iterator[Stretch]:
    """The values that stand behind a key with a telling name."""
    for match in _ASSIGNED.finditer(text):
        if not is_secret_key(match["key"]):
            continue
        at = match.end()
        quoted = _QUOTED.match(text, at)
        if quoted:
            stretch = next(quoted.span(name) for name in "abc" if quoted[name] is not None)
            if not _HARMLESS.match(quoted[quoted.lastgroup or "b"]):
                yield stretch
            continue
        if code:
            continue
        line_start = _line_start(text, match.start())
        block = source and not text[line_start : match.start()].strip(" \t-")
        ticked = not source and text[match.start() - 1 : match.start()] == "`"
        value = (_PLAIN_LINE if block else _TICKED if ticked else _BARE).match(text, at)
        rest = value[0].strip() if value else ""
        if block and (not rest or rest[0] in "|>#"):
            yield from _below(text, at, match.start() - line_start, bool(rest) and rest[0] in "|>")
        elif value and not _HARMLESS.match(rest):
            yield value.start(), value.start() + len(value[0].rstrip())


def _line_start(text: str, at: int) -> int:
    """Where the line of a place begins, looking back no farther than the deepest indent of a config."""
    nearest = max(at - _MOST_INDENT, 0)
    return max(text.rfind("\n", nearest, at) + 1, nearest)


def _below(text: str, at: int, indent: int, scalar: bool) -> Iterator[Stretch]:
    """The deeper lines under a key: a block scalar, a list, or a plain value on the next line; not a mapping."""
    end = text.find("\n", at) + 1
    while end:
        start, end = end, text.find("\n", end) + 1
        line = text[start : end or len(text)]
        body = line.strip()
        if not body and end:
            continue
        listed = body.startswith("- ") and not scalar
        depth = len(line) - len(line.lstrip())
        if depth < indent or (depth == indent and not listed) or not body:
            return
        if not scalar and not listed and re.match(r"[\"']?[\w.-]+[\"']?:(\s|$)", body):
            return
        first = start + depth + (2 if listed else 0)
        if not _HARMLESS.match(body[2:] if listed else body):
            yield first, start + depth + len(body)
