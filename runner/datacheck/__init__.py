"""The data check: what GLiNER's collator would lose, cut or get wrong, said before a model loads. No torch."""

from .check import check
from .progress import bar
from .report import Report
from .settings import Settings

__all__ = ["Report", "Settings", "bar", "check"]
