"""The flow of a script as the `flow` command shows it: the tracer's facts, with the verdicts of the rules beside."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..audit.project.settings import find_settings
from ..audit.project.walk import NoSuchPath
from .check import Desk, Request

if TYPE_CHECKING:
    from ..audit.trace.flow import ScriptFlow


class NotTraced(ValueError):
    """A script that cannot be traced: one line that says why."""


class NoSuchKey(ValueError):
    """A key that no entry of the script has."""


def flow_of(
    path: str, entry: str | None, configs: Sequence[str], key: str | None, given: Mapping[str, str]
) -> tuple[ScriptFlow, dict[str, dict[str, str]]]:
    """The flow of a script and the versions it is held against.

    Raises NoSuchPath, NotTraced, NoSuchKey and SettingsError.
    """
    from ..audit.documents import read
    from .scripts import NAMED, audit

    for file in (path, *configs):
        if not os.path.isfile(file):
            raise NoSuchPath(f"{file}: no such file")
    desk = Desk(Request((path,), given), find_settings(os.path.dirname(os.path.abspath(path))))
    documents = {name: read(name) for name in configs}
    for name, document in documents.items():
        if not isinstance(document.data, dict):
            why = document.problems[0].message if document.problems else "it holds no mapping"
            raise NotTraced(f"{name}: {why}")
    try:
        script = audit(path, desk.versions(path), documents or None, entry=entry, steps=NAMED)
    except ValueError as error:
        raise NotTraced(str(error)) from None
    if script.flow is None:
        found = [one.message for one in script.findings] + [row.reason for row in script.abstained]
        raise NotTraced(f"{path}: {found[0]}")
    for one in script.findings:
        for name in (one.entry or "").split(", "):
            traced = script.flow.entry(name)
            row = traced.key(one.key) if traced is not None and one.key is not None else None
            if row is not None and one.name not in row.verdicts:
                row.verdicts.append(one.name)
    if key is not None and not any(traced.key(key) for traced in script.flow.entries):
        raise NoSuchKey(f"{path} has no key {key!r}; without KEY all are listed")
    against = {n: {"version": f.version, "from": f.found} for n, f in desk.against(path).items()}
    return script.flow, against
