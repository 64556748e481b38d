"""Which library versions a lint is against: the first source that knows, always named with how it was found.

--with, a library package in the tree, settings, lock files and exact pins, the project's environment, bounds in
requirements, the tool's own environment, the newest of the catalog. Bounds alone name no version: an environment of the
project that satisfies them is nearer to what will run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from ...schemas import catalog
from ...schemas.versions import key
from .installed import installed, own_packages, project_environments, site_packages, source_version
from .pins import Pin, pins
from .requirement import is_version, normal
from .root import upward

BETWEEN, BEFORE = "between", "before"


class Found(NamedTuple):
    """A catalog version and how it was found (`--with`, `tree: gliner/__init__.py`, `settings`, `uv.lock`,
    `.venv`, `newest in the catalog`). `asked` is what was wanted, when the catalog lacks it and another stands in."""

    version: str
    found: str
    asked: str | None = None

    @property
    def gap(self) -> str | None:
        """How far the version stands from what was asked for: None where it is that very one, BETWEEN where a newer one
        of the catalog may know more of it, BEFORE where what was asked for is older than all that is known here."""
        if self.asked is None:
            return None
        return BETWEEN if is_version(self.asked) and key(self.asked) > key(self.version) else BEFORE


def find(
    folder: str,
    distributions: Iterable[str],
    given: Mapping[str, str] | None = None,
    settings: Mapping[str, str] | None = None,
) -> dict[str, Found]:
    """The version of each distribution for the configs of a folder.

    `given` is `--with`, `settings` the table of the settings; both map distributions to versions. Distributions that
    the catalog does not hold are left out.
    """
    names = [name for name in distributions if catalog.versions(name)]
    first = {normal(name): (version, "--with") for name, version in (given or {}).items()}
    then = {normal(name): (version, "settings") for name, version in (settings or {}).items()}
    if all(name in first for name in names):
        return {name: _held(name, *first[name]) for name in names}
    project = _Project(folder, frozenset(names))
    return {
        name: next(_candidates(name, project, first, then), Found(catalog.newest(name), "newest in the catalog"))
        for name in names
    }


def _candidates(
    name: str, project: _Project, first: Mapping[str, tuple[str, str]], then: Mapping[str, tuple[str, str]]
) -> Iterator[Found]:
    """The versions of a distribution in the order of their weight."""
    stages: tuple[Callable[[str], tuple[str, str] | None], ...] = (
        first.get,
        project.source,
        then.get,
        project.exact,
        project.environment,
    )
    for stage in stages:
        found = stage(name)
        if found is not None and is_version(found[0]):
            yield _held(name, *found)
    bound = project.bound(name)
    if bound is not None:
        yield _within(name, bound)
    own = project.own(name)
    if own is not None and is_version(own[0]):
        yield _held(name, *own)


def _held(name: str, version: str, found: str) -> Found:
    """The version, or the nearest lower one that the catalog holds. ValueError for a text that is no version."""
    nearest, exact = catalog.nearest(name, version)
    return Found(nearest, found, None if exact else version)


def _within(name: str, bound: Pin) -> Found:
    """The newest catalog version that a bound allows, or the nearest one when it allows none."""
    found = f"{bound.file}: {bound.requirement.text}"
    for version in reversed(catalog.versions(name)):
        if bound.requirement.allows(version):
            return Found(version, found)
    limits = [version for _, version in bound.requirement.clauses if is_version(version)]
    version = catalog.nearest(name, limits[-1])[0] if limits else catalog.newest(name)
    return Found(version, found, bound.requirement.text)


class _Project:
    """What the folders from a config up to the repository root know of versions; each source is read when asked for."""

    def __init__(self, folder: str, names: frozenset[str]) -> None:
        self.folders = list(upward(folder))
        self.names = names
        self._pins: list[Pin] | None = None
        self._environments: dict[str, tuple[str, str]] | None = None

    def source(self, name: str) -> tuple[str, str] | None:
        for folder in self.folders:
            found = source_version(folder, name)
            if found is not None:
                return found[0], f"tree: {found[1]}"
        return None

    def pins(self, name: str) -> Iterator[Pin]:
        if self._pins is None:
            self._pins = [pin for folder in self.folders for pin in pins(folder, self.names)]
        return (pin for pin in self._pins if pin.requirement.name == name)

    def exact(self, name: str) -> tuple[str, str] | None:
        for pin in self.pins(name):
            if pin.requirement.exact:
                return pin.requirement.exact, pin.file
        return None

    def bound(self, name: str) -> Pin | None:
        return next((pin for pin in self.pins(name) if not pin.requirement.exact), None)

    def environment(self, name: str) -> tuple[str, str] | None:
        if self._environments is None:
            self._environments = {}
            for environment, label in project_environments(self.folders):
                for library, version in installed(site_packages(environment), self.names).items():
                    self._environments.setdefault(library, (version, label))
        found = self._environments.get(name)
        bound = self.bound(name)
        if found is not None and bound is not None and not bound.requirement.allows(found[0]):
            return None
        return found

    def own(self, name: str) -> tuple[str, str] | None:
        version = installed(own_packages(), frozenset((name,))).get(name)
        return (version, "installed beside gliner-audit") if version is not None else None
