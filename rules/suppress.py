"""Inline comments: `# gliner-audit: ignore[name-or-id, …] reason`, and `ignore-file[…]` at the top of a file.

A comment that silences nothing is itself a finding, `unused-ignore`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from .comments import IGNORE, IGNORE_FILE, Directive, Named, directives
from .finding import PROVEN, WARNING, Edit, Finding, Fix, Suppression
from .scope import Page, Scope

if TYPE_CHECKING:
    from ..audit.documents.document import Comment

ID: Final = "GA900"
NAME: Final = "unused-ignore"

_PLACES: Final = {
    IGNORE: "put it on the line of the finding, on a line above it, or on the line that opens the block",
    IGNORE_FILE: "put it on a line of its own above everything else",
}


def apply(
    findings: Iterable[Finding],
    comments_by_file: Mapping[str, Sequence[Comment]],
    ran_rules: Collection[str],
    *,
    sources: Mapping[str, str],
    known: Mapping[str, str],
) -> list[Finding]:
    """The findings in order of place: those that a comment speaks of suppressed, and one for each idle name.

    `ran_rules` are the names of the rules that ran: only of those an ignore can be unused. `known` maps every rule's
    name to its id. `sources` holds the text of each file that has comments.
    """
    by_file: dict[str, list[Finding]] = {}
    for one in findings:
        by_file.setdefault(one.file, []).append(one)
    names = {**{rule: name for name, rule in known.items()}, ID: NAME}
    for file, comments in comments_by_file.items():
        spoken = directives(comments)
        if spoken:
            desk = _Desk(Page(file, sources[file], comments), names, {*known, NAME}, ran_rules)
            by_file[file] = desk.settle(spoken, by_file.get(file, []))
    every = [one for found in by_file.values() for one in found]
    return sorted(every, key=lambda one: (one.file, one.line, one.column, one.rule))


class _Desk:
    """Settles the comments of one file with its findings."""

    __slots__ = ("_known", "_names", "_page", "_ran", "_seen")

    def __init__(self, page: Page, names: Mapping[str, str], known: Collection[str], ran: Collection[str]) -> None:
        self._page = page
        self._names = names
        self._known = known
        self._ran = ran
        self._seen: dict[str, int] = {}

    def settle(self, spoken: Sequence[Directive], findings: Sequence[Finding]) -> list[Finding]:
        """The findings after every comment had its say, and what is to be said of the comments."""
        settled = list(findings)
        reports: list[Finding] = []
        for directive in spoken:
            scope = self._page.scope(directive)
            reports += self._misplaced(directive, scope)
            used = self._silence(directive, scope, settled, findings)
            reports += self._names_that_do_nothing(directive, used) if scope is not None else ()
        for directive in spoken:
            self._silence(directive, self._page.scope(directive), reports, tuple(reports))
        return settled + reports

    def _rule_of(self, named: Named) -> str:
        return self._names.get(named.text, named.text)

    def _silence(
        self, directive: Directive, scope: Scope | None, settled: list[Finding], findings: Sequence[Finding]
    ) -> set[str]:
        """Marks what the directive speaks of, in place; the names of the rules for which there was something."""
        used: set[str] = set()
        if scope is None or directive.word not in _PLACES:
            return used
        named = {self._rule_of(one) for one in directive.names}
        by = Suppression("comment", directive.reason, self._page.file, directive.comment.line)
        for number, one in enumerate(findings):
            inside = scope.first <= one.line <= scope.last or directive.comment.line == one.end_line
            if one.name in named and inside:
                used.add(one.name)
                if settled[number].suppressed is None:
                    settled[number] = one._replace(suppressed=by)
        return used

    def _misplaced(self, directive: Directive, scope: Scope | None) -> Iterable[Finding]:
        word = directive.word
        if word not in _PLACES:
            yield self._report(directive, None, f"`{word}` is no directive", self._meant(word, _PLACES))
        elif not directive.names:
            yield self._report(directive, None, f"`{word}` names no rule", f"write `{word}[rule-name] reason`")
        elif scope is None:
            yield self._report(directive, None, f"`{word}` stands where it speaks for nothing", _PLACES[word])

    def _names_that_do_nothing(self, directive: Directive, used: Collection[str]) -> Iterable[Finding]:
        if directive.word not in _PLACES:
            return
        unused = []
        for one in directive.names:
            name = self._rule_of(one)
            if name not in self._known:
                yield self._unknown(directive, one)
            elif name not in used and name in self._ran and name != NAME:
                unused.append(one)
        fix = self._without(directive, unused)
        for one in unused:
            said = f"`{directive.word}[{one.text}]` silences nothing: the rule ran and found nothing here"
            yield self._report(directive, one, said, "remove it", fix)

    def _unknown(self, directive: Directive, named: Named) -> Finding:
        from .keys._nearest import nearest

        meant = nearest(named.text, self._known)
        fixes: tuple[Fix, ...] = ()
        if meant is not None:
            fixes = (Fix(f"write `{meant}`", "unsafe", (self._edit(directive, named.start, named.end, meant),)),)
        help = self._meant(named.text, self._known)
        return self._report(directive, named, f"no rule is called `{named.text}`", help, *fixes)

    @staticmethod
    def _meant(word: str, known: Iterable[str]) -> str:
        from .keys._nearest import nearest

        meant = nearest(word, known)
        return f"did you mean `{meant}`?" if meant else "`gliner-audit rules` lists the names"

    def _edit(self, directive: Directive, start: int, end: int, text: str) -> Edit:
        """An edit of the comment; `start` and `end` count code points from its `#`."""
        line, column = directive.comment.line, directive.comment.column
        return Edit(self._page.file, line, column + start, line, column + end, text)

    def _without(self, directive: Directive, unused: Sequence[Named]) -> Fix:
        """The comment without some of its names, or no comment."""
        kept = [one.text for one in directive.names if one not in unused]
        if kept:
            start, end = directive.names[0].start, directive.names[-1].end
            return Fix("remove the name", "safe", (self._edit(directive, start, end, ", ".join(kept)),))
        line = directive.comment.line
        before = self._page.lines[line - 1][: directive.comment.column - 1 + directive.start]
        if not before.strip() and line < len(self._page.lines):
            return Fix("remove the line", "safe", (Edit(self._page.file, line, 1, line + 1, 1, ""),))
        end = directive.comment.column + len(directive.comment.text)
        edit = Edit(self._page.file, line, len(before.rstrip()) + 1, line, end, "")
        return Fix("remove the comment", "safe", (edit,))

    def _report(self, directive: Directive, named: Named | None, message: str, help: str, *fixes: Fix) -> Finding:
        from .baseline import fingerprint

        comment = directive.comment
        start, end = (named.start, named.end) if named else (directive.start, len(comment.text))
        key = named.text if named else directive.word
        occurrence = self._seen[key] = self._seen.get(key, -1) + 1
        return Finding(
            rule=ID,
            name=NAME,
            severity=WARNING,
            confidence=PROVEN,
            message=message,
            file=self._page.file,
            line=comment.line,
            column=comment.column + start,
            end_line=comment.line,
            end_column=comment.column + end,
            fingerprint=fingerprint(NAME, self._page.file, key, occurrence),
            help=help,
            fixes=fixes,
        )
