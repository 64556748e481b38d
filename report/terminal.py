"""The report for people: what is wrong, where exactly, what training would do, how to mend it, and how sure that is."""

from __future__ import annotations

from ..rules.finding import PROVEN, Finding, Outcome
from ..rules.tally import lost, shown
from .options import Options
from .paint import Line, paint
from .summary import summary


def render(outcome: Outcome, options: Options) -> str:
    """Each finding as a block with its excerpt, then the summary; one line when there is nothing to say."""
    lines: list[Line] = []
    findings = shown(outcome.findings)
    if findings:
        blocks = _Blocks(outcome.sources, options.width)
        for finding in findings:
            lines += blocks.block(finding)
            lines.append([])
    if options.verbose:
        lines += _abstentions(outcome)
    lines += summary(outcome, options)
    return paint(lines, options.color)


def _abstentions(outcome: Outcome) -> list[Line]:
    lines: list[Line] = []
    for place in outcome.abstained:
        lines.append([("path", f"{place.file}:{place.line}: "), ("", lost(place))])
    return [*lines, []] if lines else []


def _note(gutter: int, name: str, text: str, tail: str = "") -> list[Line]:
    """`= name: text`, with further lines of the text under the first."""
    first, *others = text.splitlines() or [""]
    line: Line = [("gutter", " " * gutter + " = "), ("label", f"{name}: "), ("", first)]
    below: list[Line] = [[("", " " * (gutter + 5 + len(name)) + other)] for other in others]
    (below[-1] if below else line).append(("good", tail))
    return [line, *below]


class _Blocks:
    """Writes the block of a finding; keeps the files' line tables between findings."""

    __slots__ = ("_sources", "_texts", "_width")

    def __init__(self, texts: dict[str, str], width: int) -> None:
        from ..audit.documents.node import Source

        self._texts = texts
        self._width = width
        self._sources: dict[str, Source] = {}

    def block(self, finding: Finding) -> list[Line]:
        from ..audit.documents.node import Source, Span
        from .excerpt import excerpt, gutter_of

        def source(file: str) -> Source | None:
            if file not in self._sources and file in self._texts:
                self._sources[file] = Source(self._texts[file])
            return self._sources.get(file)

        span = Span(finding.line, finding.column, finding.end_line, finding.end_column)
        places = [(other, Span(*other[1:5])) for other in finding.related]
        digits = [gutter_of(source(other.file), at) for other, at in places]
        gutter = max(1, gutter_of(source(finding.file), span), *digits)
        lines = _headline(finding)
        text = source(finding.file)
        if text is not None and (body := excerpt(text, span, "^", finding.severity, "", gutter, self._width)):
            lines += [[("gutter", " " * gutter + " |")], *body]
        for other, at in places:
            place = f"{other.file}:{other.line}:{other.column}"
            text = source(other.file)
            body = [] if text is None else excerpt(text, at, "-", "related", other.message, gutter, self._width)
            said = "" if body else f": {other.message}"
            lines.append([("gutter", " " * gutter + "::: "), ("path", place), ("", said)])
            lines += body
        return lines + _notes(finding, gutter)


def _headline(finding: Finding) -> list[Line]:
    first, *others = finding.message.splitlines()
    head: Line = [
        ("path", f"{finding.file}:{finding.line}:{finding.column}: "),
        (finding.severity, f"{finding.severity}[{finding.rule}] "),
        ("rule", finding.name),
        ("label", f": {first}"),
    ]
    return [head, *([("", f"  {other}")] for other in others)]


def _notes(finding: Finding, gutter: int) -> list[Line]:
    lines: list[Line] = []
    if finding.path:
        trail = "\n→ ".join(f"{step.message} ({step.file}:{step.line})" for step in finding.path)
        lines += _note(gutter, "trail", trail)
    if finding.effect:
        lines += _note(gutter, "effect", finding.effect)
    fixes = list(finding.fixes)
    if finding.help:
        tail = ""
        if len(fixes) == 1 and all(edit.text and edit.text in finding.help for edit in fixes[0].edits):
            tail = f"   [{fixes.pop().applicability} fix]"
        lines += _note(gutter, "help", finding.help, tail)
    for fix in fixes:
        lines += _note(gutter, "fix", fix.title, f"   [{fix.applicability} fix]")
    if finding.confidence != PROVEN:
        lines += _note(gutter, "confidence", finding.confidence)
    return lines
