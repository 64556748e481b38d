"""What a rule is: one file with its id, its words, its examples and its check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from .finding import PROVEN

if TYPE_CHECKING:
    from ..audit.config import Config
    from ..audit.documents.node import Path, Span


class Mend(NamedTuple):
    """A repair in terms of key paths: `what` is "value" (write `text` as the value) or "key" (rename to `text`).

    `sure` makes it a safe fix, applied by --fix; any other needs --unsafe-fixes.
    """

    title: str
    what: str
    path: Path
    text: str
    sure: bool = False


class Report(NamedTuple):
    """What a check says of one key: the engine turns the path into a span and the report into a finding.

    `message` names the key and the value; `effect` says what training would do; `help` how to mend it.
    `on` is "value" or "key": what is underlined. `severity` overrides the rule's own. `at` and `beside` are places
    that no path reaches, in a document that cannot be read.
    """

    path: Path
    message: str
    effect: str | None = None
    help: str | None = None
    on: str = "value"
    severity: str | None = None
    confidence: str = PROVEN
    related: tuple[tuple[Path, str], ...] = ()
    mends: tuple[Mend, ...] = ()
    at: Span | None = None
    beside: tuple[tuple[Span, str], ...] = ()


class Example(NamedTuple):
    """A config that a rule speaks of (`finds` holds the dotted keys, in order) or leaves alone (`finds` is empty).

    `versions` pins other versions than the newest of the catalog; `casts` says what the trainer does to text numbers;
    `closed` that every key is the library's; `advice` shows advice too.
    """

    text: str
    finds: tuple[str, ...] = ()
    versions: Mapping[str, str] = {}
    casts: bool | None = None
    closed: bool = False
    advice: bool = False
    format: str = "yaml"


class Rule(NamedTuple):
    """One rule on configs.

    `keys` are the parameters that wake it, as "role.parameter"; "unknown" wakes it for a key that is no parameter,
    "conflict" for two that are one, "problem.CODE" for a document's problem, "structural.KEYWORD" for a value that its
    schema refuses. `doc` is the module's docstring: its first paragraph is the summary, the rest is shown by `explain`.
    """

    id: str
    name: str
    severity: str
    keys: tuple[str, ...]
    check: Callable[[Config], Iterator[Report]]
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    doc: str | None

    @property
    def summary(self) -> str:
        """The first paragraph of the docstring, on one line."""
        return first_paragraph(self.doc)


def first_paragraph(doc: str | None) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((doc or "").strip().split("\n\n", 1)[0].split())


def show(value: Any) -> str:
    """A value as it is written in a config: null, true, text without needless quotes; long ones are cut."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = value if value.isprintable() and value == value.strip() and value else repr(value)
    else:
        text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."
