"""Static extraction: the surfaces of a library from its source files alone. Nothing is imported, nothing runs."""

from __future__ import annotations

from .registry import PLACES, Place
from .source import Library
from .surfaces import declared, extract

__all__ = ["PLACES", "Library", "Place", "declared", "extract"]
