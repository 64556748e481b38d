"""What a rule on training code is: one file with its words, its examples and its check of one entry point."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ..finding import PROVEN, Step
from ..rule import first_paragraph

if TYPE_CHECKING:
    from ...audit.trace.values import Site
    from ._audited import Audited


class CodeReport(NamedTuple):
    """What a check says of one key at one entry point.

    `site` is underlined; `path` is the trail: key → line → call → parameter → layer; `related` are further places.
    """

    site: Site
    key: str | None
    message: str
    effect: str | None = None
    help: str | None = None
    severity: str | None = None
    confidence: str = PROVEN
    path: tuple[Step, ...] = ()
    related: tuple[tuple[Site, str], ...] = ()


class CodeExample(NamedTuple):
    """A script that a rule speaks of (`finds` holds the keys, in order of place) or leaves alone.

    `also` are findings of other rules that belong to it, as (rule, key); `config` is the text of a config.yaml that is
    checked with it, `beside` maps further files to their texts; `versions` pins other versions than the newest of the
    catalog; `advice` shows advice too.
    """

    text: str
    finds: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    config: str | None = None
    beside: Mapping[str, str] = {}
    versions: Mapping[str, str] = {}
    advice: bool = False


class CodeRule(NamedTuple):
    """One rule on training code. `doc` is the module's docstring: its first paragraph is the summary."""

    id: str
    name: str
    severity: str
    check: Callable[[Audited], Iterator[CodeReport]]
    bad: tuple[CodeExample, ...]
    good: tuple[CodeExample, ...]
    doc: str | None

    @property
    def summary(self) -> str:
        """The first paragraph of the docstring, on one line."""
        return first_paragraph(self.doc)
