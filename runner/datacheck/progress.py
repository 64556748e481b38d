"""A progress bar over the data files, where someone watches and the files are long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from .reader import size_of

if TYPE_CHECKING:
    from rich.console import Console

    from .check import Progress

LONG: Final = 32 * 2**20
"""Bytes from which on a bar is worth its place: about half a second of reading."""


@contextmanager
def bar(console: Console | None, train: str, eval: str | None) -> Iterator[Progress | None]:
    """What to hand to `check` as `progress`: None unless the console is a terminal and the files are long.

    Raises OSError when a file cannot be looked at.
    """
    sizes = {role: size_of(path) for role, path in (("train", train), ("eval", eval)) if path is not None}
    if console is None or not console.is_terminal or sum(sizes.values()) < LONG:
        yield None
        return
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = TextColumn("checking {task.description}"), BarColumn(), DownloadColumn(True), TimeRemainingColumn()
    with Bar(*columns, console=console, transient=True) as display:
        tasks = {role: display.add_task(role, total=size) for role, size in sizes.items()}
        yield lambda role, done: display.update(tasks[role], completed=done)
