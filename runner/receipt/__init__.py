"""The receipt: what was asked, planned, handed over and seen, as one JSON file beside the model."""

from .facts import Facts
from .writer import Receipt, restore

__all__ = ["Facts", "Receipt", "restore"]
