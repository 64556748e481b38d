"""Secrets out of everything that is shown.

In a source the mask is as long as the secret, so that every line and column stays what it was; in a message it is one
word. What a secret is, secrets.py says.
"""

from __future__ import annotations

import re
from typing import Final

from .finding import Finding, Fix, Outcome
from .secrets import Stretch, is_secret_key, stretches

MASK: Final = "[redacted]"

_CODE: Final = (".py", ".ipynb")
_LEAST_SHARED: Final = 6


def redact(text: str) -> str:
    """A message without its secrets: each is replaced by `[redacted]`."""
    pieces, end = [], 0
    for start, stop in stretches(text):
        pieces += [text[end:start], MASK]
        end = stop
    return "".join([*pieces, text[end:]])


def mask(text: str, file: str = "") -> str:
    """A source without its secrets: each code point of a secret becomes `*`, blanks and line breaks stay.

    The name of the file tells code, where only literals are secrets, from configs.
    """
    return _mask(text, _of_source(text, file))


def _of_source(text: str, file: str) -> list[Stretch]:
    return stretches(text, source=True, code=file.endswith(_CODE))


def _mask(text: str, found: list[Stretch]) -> str:
    pieces, end = [], 0
    for start, stop in found:
        pieces += [text[end:start], re.sub(r"\S", "*", text[start:stop])]
        end = stop
    return "".join([*pieces, text[end:]])


def redact_outcome(outcome: Outcome) -> Outcome:
    """The outcome as it may be shown. Sources that no finding speaks of are left out, and so are fixes whose new text
    holds a secret: a masked edit would destroy the file."""
    wanted = {finding.file for finding in outcome.findings}
    wanted |= {place.file for finding in outcome.findings for place in finding.related}
    sources, secrets = {}, set()
    for file in wanted & outcome.sources.keys():
        text = outcome.sources[file]
        found = _of_source(text, file)
        for start, stop in found:
            secrets |= {text[start:stop], *text[start:stop].split()}
        sources[file] = _mask(text, found)
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
