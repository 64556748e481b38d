"""Two configs, git revisions or library versions side by side: what changes in the effective plan and the findings."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..audit.project.walk import NoSuchPath
from ..schemas.surface import MISSING
from .check import Desk, NotAConfig, Request
from .finding import Finding

if TYPE_CHECKING:
    from ..audit.documents import Document
    from ..audit.plan import Plan

_GIT_SECONDS = 20.0


class Side(NamedTuple):
    """One of the two: `name` as it was asked for, the plan of the config, its findings (suppressed ones left out)."""

    name: str
    plan: Plan
    findings: tuple[Finding, ...]


class Change(NamedTuple):
    """One thing of the plan that differs. `part` is "versions", "layer", "arguments", "derived" or another role of the
    config ("model", "data", "lora" …); a side that has no value holds MISSING. `from_a` and `from_b` say who sets it:
    "config", "default", "replaced" or ""."""

    part: str
    name: str
    a: Any
    b: Any
    from_a: str = ""
    from_b: str = ""


class Comparison(NamedTuple):
    """All that changes from `a` to `b`: `gone` findings are only in a, `new` ones only in b; `kept` counts the rest."""

    a: str
    b: str
    changes: tuple[Change, ...]
    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]
    kept: int


def compare(a: Side, b: Side) -> Comparison:
    """Hold one side against the other. Findings are the same when rule and key are, whatever the value."""
    gone, new, kept = _unpaired(a.findings, b.findings)
    return Comparison(a.name, b.name, tuple(_changes(a.plan, b.plan)), gone, new, kept)


def side(
    place: str,
    *,
    given: Mapping[str, str] = {},
    dialect: str | None = None,
    settings_file: str | None = None,
    examples: int | None = None,
    world_size: int = 1,
) -> Side:
    """The config at a path, or at REV:path as git has it, with its plan and findings; settings are today's.

    Raises NoSuchPath, NotAConfig and SettingsError.
    """
    from ..audit.documents import load
    from ..audit.plan import resolve
    from ..audit.project.settings import find_settings, read_settings
    from .session import check_document

    path, content = source(place)
    settings = read_settings(settings_file) if settings_file else find_settings(os.path.dirname(path) or ".")
    desk = Desk(Request((path,), given, dialect=dialect), settings)
    document: Document = load(path, content)
    checked = check_document(document, desk.asked(path))
    config = checked.linted.config
    if config is None or not isinstance(document.data, dict):
        why = document.problems[0].message if document.problems else "it is no training config that is known here"
        raise NotAConfig(f"{place}: {why}")
    findings = tuple(finding for finding in checked.findings if finding.suppressed is None)
    return Side(place, resolve(config, examples=examples, world_size=world_size), findings)


def source(place: str) -> tuple[str, bytes]:
    """The path and the bytes of "path" or "REV:path". A file of that very name wins. Raises NoSuchPath."""
    revision, colon, path = place.partition(":")
    if os.path.exists(place) or not colon or not path:
        try:
            with open(place, "rb") as file:
                return place, file.read()
        except OSError as error:
            raise NoSuchPath(f"{place}: {(error.strerror or str(error)).lower()}") from None
    return path, _at(revision, path)


def _at(revision: str, path: str) -> bytes:
    """The bytes that a file has in a revision, asked in the nearest folder that is still there."""
    import subprocess

    folder = os.path.dirname(os.path.abspath(path))
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    inside = os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")
    if revision.startswith("-"):
        raise NoSuchPath(f"{revision}:{path}: no revision is called {revision}")
    command = ["git", "-C", folder, "show", f"{revision}:./{inside}"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_GIT_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoSuchPath(f"{revision}:{path}: git cannot be asked: {error}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NoSuchPath(f"{revision}:{path}: {said[0] if said else 'git show failed'}")
    return done.stdout


def _changes(a: Plan, b: Plan) -> Iterator[Change]:
    ours, theirs = a.config.surfaces.versions, b.config.surfaces.versions
    yield from _differing("versions", _plain(ours), _plain(theirs))
    if a.layer != b.layer:
        yield Change("layer", "layer", a.layer, b.layer)
    yield from _differing("arguments", _arguments(a), _arguments(b))
    one, other = _settings(a, b), _settings(b, a)
    for role in dict.fromkeys(role for role, _ in (*one, *other)):
        rows = [{name: value for (own, name), value in found.items() if own == role} for found in (one, other)]
        yield from _differing(role, rows[0], rows[1])
    yield from _differing("derived", _plain(a.derived._asdict()), _plain(b.derived._asdict()))


Valued = Mapping[str, tuple[Any, str]]


def _differing(part: str, a: Valued, b: Valued) -> Iterator[Change]:
    for name in [*a, *(name for name in b if name not in a)]:
        one, from_a = a.get(name, (MISSING, ""))
        other, from_b = b.get(name, (MISSING, ""))
        if one is not other and (one != other or isinstance(one, bool) is not isinstance(other, bool)):
            yield Change(part, name, one, other, from_a, from_b)


def _plain(values: Mapping[str, Any]) -> Valued:
    return {name: (value, "") for name, value in values.items()}


def _arguments(plan: Plan) -> Valued:
    return {name: (one.value, one.source) for name, one in plan.args.items()}


def _settings(plan: Plan, other: Plan) -> dict[tuple[str, str], tuple[Any, str]]:
    """What the file sets beside the arguments; what only the other side sets is at its default here."""
    found = {
        (target.role, target.parameter): (setting.value, "config")
        for target, setting in plan.config.settings.items()
        if target.role != "args"
    }
    for target in other.config.settings:
        place = (target.role, target.parameter)
        if target.role != "args" and place not in found:
            surface = plan.config.surfaces.of(target.role)
            parameter = surface.parameters.get(target.parameter) if surface is not None else None
            if parameter is not None and parameter.default is not MISSING:
                found[place] = (parameter.default, "default")
    return found


def _unpaired(a: Sequence[Finding], b: Sequence[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...], int]:
    """The findings that only one side has, and how many both have."""
    common = Counter(map(_identity, a)) & Counter(map(_identity, b))
    return tuple(_beyond(a, common)), tuple(_beyond(b, common)), common.total()


def _beyond(findings: Iterable[Finding], common: Mapping[tuple[str, str | None], int]) -> Iterator[Finding]:
    left = dict(common)
    for finding in findings:
        identity = _identity(finding)
        if left.get(identity, 0):
            left[identity] -= 1
        else:
            yield finding


def _identity(finding: Finding) -> tuple[str, str | None]:
    return finding.name, finding.key
