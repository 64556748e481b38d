"""Secrets out of everything that is shown.

A secret is the value of a key that is named like one (`hub_token`, `api_key`, `password` …) or a text that has the
shape of a token. In a source the mask is as long as the secret, so that every line and column stays what it was; in a
message it is one word. References (`$HF_TOKEN`, `${oc.env:X}`, `<token>`), null and booleans are no secrets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .finding import Finding, Fix, Outcome

MASK: Final = "[redacted]"

_KEY: Final = re.compile(
    r"(?i)(?:^|[_.-])(?:passw(?:or)?d|passphrase|secret(?:_?key)?|client_?secret|credentials?|api_?keys?|private_?key"
    r"|access_?key(?:_?id)?|wandb_?key|connection_?string|dsn|bearer|authorization"
    r"|(?:(?:hub|hf|huggingface|auth|access|api|refresh|session|git(?:hub|lab)?|gh|wandb|comet|neptune|mlflow|clearml"
    r"|slack|telegram|bot|personal|secret|private|security|use_auth)_?)tokens?)$|^token$"
)
_SHAPES: Final = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|\b(?:hf_[A-Za-z0-9]{24,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_[A-Za-z0-9]{30,}"
    r"|sk-(?:proj|ant|or|svcacct|admin|live|test)[-_][\w-]{16,}|sk-[A-Za-z0-9]{20,}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{30,}|xox[abeprs]-[\w-]{10,}|pypi-[\w-]{30,}"
    r"|wandb_v\d_\w{20,}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*)"
    r"|(?<=://)[^\s/:@]*:[^\s/@]+(?=@)"
    r"|(?i:(?:key|token|secret|password|login|wandb)[\s\"'`:=]{1,5}(?P<hex>[0-9a-f]{32,}))\b",
    re.DOTALL,
)
_ASSIGNED: Final = re.compile(
    r"""(?P<quote>\\?["']?)(?<![\w.])(?P<key>[A-Za-z_][\w.-]{0,80}+)(?P=quote)\]?[ \t]*"""
    r"""(?P<sign>:[ \t]*[\w\[\]|. ]{1,40}?[ \t]*=|:=|==?|:(?=\s|["'\[]|$|\S))[ \t]*""",
    re.MULTILINE,
)
_QUOTED: Final = re.compile(r"""\\"(?P<a>.*?)\\"|"(?P<b>(?:\\.|[^"\\])*)"|'(?P<c>(?:\\.|''|[^'\\])*)'""")
_BARE: Final = re.compile(r"""\[[^\]\n]{0,2000}\]|[^\s,;}\])`"'#]+""")
_TICKED: Final = re.compile(r"[^`\n]+")
_PLAIN_LINE: Final = re.compile(r"(?:(?! #)[^\n\r])+")
_HARMLESS: Final = re.compile(
    r"(?i)\s*(?:$|null$|none$|~$|true$|false$|yes$|no$|on$|off$|\$|<|\{\{|!|\*|env:|os\.|\[\s*\]$|\{\s*\}$)"
)
_CODE: Final = (".py", ".ipynb")
_LEAST_SHARED: Final = 6
_MOST_INDENT: Final = 200

Stretch = tuple[int, int]


def is_secret_key(key: str) -> bool:
    """Whether a key names a secret; `eos_token` and `max_tokens` do not."""
    return _KEY.search(key) is not None


def redact(text: str) -> str:
    """A message without its secrets: each is replaced by `[redacted]`."""
    pieces, end = [], 0
    for start, stop in _stretches(text, source=False, code=False):
        pieces += [text[end:start], MASK]
        end = stop
    return "".join([*pieces, text[end:]])


def mask(text: str, file: str = "") -> str:
    """A source without its secrets: each code point of a secret becomes `*`, blanks and line breaks stay.

    The name of the file tells code, where only literals are secrets, from configs.
    """
    pieces, end = [], 0
    for start, stop in _stretches(text, source=True, code=file.endswith(_CODE)):
        pieces += [text[end:start], re.sub(r"\S", "*", text[start:stop])]
        end = stop
    return "".join([*pieces, text[end:]])


def _stretches(text: str, *, source: bool, code: bool) -> list[Stretch]:
    """The secrets of a text in order, without overlaps."""
    found = [match.span("hex" if match["hex"] else 0) for match in _SHAPES.finditer(text)]
    found += _assigned(text, source, code)
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


def redact_outcome(outcome: Outcome) -> Outcome:
    """The outcome as it may be shown. Sources that no finding speaks of are left out, and so are fixes whose new text
    holds a secret: a masked edit would destroy the file."""
    wanted = {finding.file for finding in outcome.findings}
    wanted |= {place.file for finding in outcome.findings for place in finding.related}
    sources, secrets = {}, set()
    for file in wanted & outcome.sources.keys():
        text = outcome.sources[file]
        for start, stop in _stretches(text, source=True, code=file.endswith(_CODE)):
            secrets |= {text[start:stop], *text[start:stop].split()}
        sources[file] = mask(text, file)
    clean = _Prose(secrets)
    return outcome._replace(
        sources=sources,
        findings=tuple(clean.finding(finding) for finding in outcome.findings),
        abstained=tuple(place._replace(reason=clean.text(place.reason)) for place in outcome.abstained),
    )


class _Prose:
    """Masks messages: secrets by their shape, by the key before them, and by having been seen in a source.

    A seen secret shorter than six code points could be any word: it is masked only where the finding's key names one.
    """

    __slots__ = ("_all", "_long")

    def __init__(self, secrets: set[str]) -> None:
        self._all = _any_of(secrets)
        self._long = _any_of({secret for secret in secrets if len(secret) >= _LEAST_SHARED})

    def text(self, text: str, short: bool = False) -> str:
        seen = self._all if short else self._long
        return redact(seen.sub(MASK, text) if seen else text)

    def fix(self, fix: Fix, short: bool) -> Fix | None:
        if any(self.text(edit.text) != edit.text for edit in fix.edits):
            return None
        return fix._replace(title=self.text(fix.title, short))

    def finding(self, finding: Finding) -> Finding:
        short = finding.key is not None and is_secret_key(finding.key)
        fixes = (self.fix(fix, short) for fix in finding.fixes)
        suppressed = finding.suppressed
        if suppressed is not None and suppressed.reason is not None:
            suppressed = suppressed._replace(reason=self.text(suppressed.reason))
        return finding._replace(
            message=self.text(finding.message, short),
            effect=None if finding.effect is None else self.text(finding.effect, short),
            help=None if finding.help is None else self.text(finding.help, short),
            path=tuple(step._replace(message=self.text(step.message, short)) for step in finding.path),
            related=tuple(place._replace(message=self.text(place.message, short)) for place in finding.related),
            fixes=tuple(fix for fix in fixes if fix is not None),
            suppressed=suppressed,
        )


def _any_of(texts: set[str]) -> re.Pattern[str] | None:
    longest_first = sorted(filter(None, texts), key=lambda text: (-len(text), text))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)") if longest_first else None
