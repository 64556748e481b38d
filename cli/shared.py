"""What every command needs: usage errors, output, `--with`, and the nearest known name."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser


class UsageError(Exception):
    """What the user asked cannot be done as asked: one line on stderr, exit code 2."""


def write(text: str, output: str | None) -> None:
    """Print a text, or write it to a file at once and whole."""
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    from ..audit.documents.edit import write_atomic

    try:
        write_atomic(output, text)
    except OSError as error:
        raise UsageError(f"cannot write {output}: {error.strerror or error}") from None


def pairs(items: Sequence[str]) -> dict[str, str]:
    """`--with PKG==VER` as a mapping."""
    from ..rules.session import DISTRIBUTIONS
    from ..schemas.versions import key

    found = {}
    for item in items:
        name, sign, version = item.partition("==")
        if not sign or name not in DISTRIBUTIONS:
            raise UsageError(f"--with takes PKG==VERSION with PKG one of {', '.join(DISTRIBUTIONS)}, not {item!r}")
        try:
            key(version)
        except ValueError:
            raise UsageError(f"--with {item}: {version!r} is no version") from None
        found[name] = version
    return found


def add_against(parser: ArgumentParser) -> None:
    """The arguments that say against what a config is held."""
    parser.add_argument("--with", dest="given", action="append", default=[], metavar="PKG==VER", help="lint against it")
    parser.add_argument("--dialect", help="take the config for one of this shape: every key must be the library's")
    parser.add_argument("--config", metavar="FILE", help="settings file instead of the nearest upward")


def did_you_mean(name: str) -> str:
    """A hint with the rule whose name is nearest, or nothing."""
    from ..rules.index import NAMES
    from ..rules.keys._nearest import nearest

    slip = nearest(name, NAMES)
    return f", did you mean {slip!r}?" if slip else ""


def version() -> str:
    """The version of this distribution; read from its metadata, the one place that says it."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as of

    try:
        return of("gliner-audit")
    except PackageNotFoundError:
        return "0+unknown"
