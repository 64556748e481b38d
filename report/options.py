"""What an output format may be told beside the outcome itself."""

from collections.abc import Callable
from typing import NamedTuple

from ..rules.finding import Input


class RuleText(NamedTuple):
    """What a format may say about a rule: `summary` is one line, `help` its page in Markdown, `url` its address."""

    summary: str
    help: str
    url: str | None = None


def _nothing(_name: str) -> RuleText | None:
    return None


def _nobody(_entry: Input) -> str | None:
    return None


class Options(NamedTuple):
    """`version` is the tool's own; `width` counts terminal cells; `verbose` lists what the summary otherwise counts.

    `describe` gives the text of a rule by name; `stand_in` says which surface an input was held against when no
    trainer is known ("gliner's train_model"), or None.
    """

    version: str = "0"
    color: bool = False
    width: int = 120
    verbose: bool = False
    describe: Callable[[str], RuleText | None] = _nothing
    stand_in: Callable[[Input], str | None] = _nobody
