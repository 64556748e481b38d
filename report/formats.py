"""The output formats by name; a format's module is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from ..rules.finding import Outcome
from .options import Options

FORMATS: Final = {
    "terminal": "terminal",
    "concise": "concise",
    "json": "json",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
}


def render(name: str, outcome: Outcome, options: Options) -> str:
    """The outcome as text in the named format, with its closing line break unless it is empty. KeyError for no format.

    Secrets are masked here, before any format sees the outcome.
    """
    module = FORMATS[name]
    if outcome.findings or outcome.abstained:
        from ..rules.redact import redact_outcome

        outcome = redact_outcome(outcome)
    text: str = import_module(f".{module}", __package__).render(outcome, options)
    return text
