"""Version numbers and version specifiers (PEP 440), as far as pins and bounds of requirements need them."""

import re
from typing import NamedTuple

from ...schemas import versions as order

_CLAUSE = r"(===|==|~=|!=|<=|>=|<|>|\^|~)\s*([^\s,;|]+)"
_REQUIREMENT = r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;#@]*)"


def normal(name: str) -> str:
    """The normal form of a distribution's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def is_version(text: str) -> bool:
    """Whether a text begins with a release number, so that it can be ordered."""
    try:
        order.key(text)
    except ValueError:
        return False
    return True


class Requirement(NamedTuple):
    """A distribution and the clauses on its version: `(("==", "4.51.3"),)`; no clauses when any version will do."""

    name: str
    clauses: tuple[tuple[str, str], ...]

    @property
    def exact(self) -> str | None:
        """The one version that is asked for, or None."""
        for operator, version in self.clauses:
            if operator in ("==", "===") and not version.endswith(".*"):
                return version
        return None

    @property
    def text(self) -> str:
        """The clauses as they were written."""
        return ",".join(operator + version for operator, version in self.clauses)

    def allows(self, version: str) -> bool:
        """Whether a version satisfies every clause; a clause that is no PEP 440 allows everything."""
        return all(_allows(operator, bound, version) for operator, bound in self.clauses)


def parse(text: str) -> Requirement | None:
    """The requirement of one line (`gliner[gpu]>=0.2.20,<0.3 ; python_version > "3.9"`), or None."""
    found = re.match(_REQUIREMENT, text)
    return Requirement(normal(found.group(1)), clauses(found.group(2))) if found is not None else None


def clauses(text: str) -> tuple[tuple[str, str], ...]:
    """The clauses of a specifier; Poetry's `^` and `~` are understood."""
    return tuple((operator, version.rstrip(")")) for operator, version in re.findall(_CLAUSE, text))


def _allows(operator: str, bound: str, version: str) -> bool:
    if not (is_version(version) and is_version(bound)):
        return True
    have, limit = order.key(version), order.key(bound.removesuffix(".*"))
    if bound.endswith(".*"):
        parts = [int(part) for part in re.findall(r"\d+", bound)]
        release = (*have[0], *[0] * len(parts))[: len(parts)]
        return (release == tuple(parts)) == (operator != "!=")
    if operator in ("~=", "^", "~"):
        return have >= limit and have[0] < _ceiling(operator, bound)
    return {
        "==": have == limit,
        "===": have == limit,
        "!=": have != limit,
        "<=": have <= limit,
        ">=": have >= limit,
        "<": have < limit,
        ">": have > limit,
    }[operator]


def _ceiling(operator: str, bound: str) -> tuple[int, ...]:
    """The first release that a compatible-release clause no longer allows."""
    release = list(order.key(bound)[0])
    written = len(re.split(r"[^\d.]", bound.removeprefix("v"))[0].strip(".").split("."))
    release += [0] * (written - len(release))
    if operator == "~=":
        keep = max(written - 1, 1)
    elif operator == "~":
        keep = min(written, 2)
    else:
        keep = next((index + 1 for index, part in enumerate(release) if part), written)
    return (*release[: keep - 1], release[keep - 1] + 1)
