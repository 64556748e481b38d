"""Counting by reason, with the first few places of each."""

from __future__ import annotations

from .fates import Fate
from .reasons import EFFECTS, LOST, NOTE, RAISES, REASONS, WRONG
from .report import Found, Witness


class Tally:
    """The faults of one file."""

    def __init__(self, role: str, path: str, most: int) -> None:
        self.role, self.path, self.most = role, path, most
        self.entities = self.lost = self.wrong = self.raising = self.broken = 0
        self._counts: dict[tuple[str, str], int] = {}
        self._places: dict[str, list[Witness]] = {}

    def add(self, fate: Fate, line: int) -> None:
        """An example went this way."""
        self.entities += fate.entities
        self.raising += fate.raises
        for fault in fate.faults:
            key = (fault.reason, fault.effect)
            self._counts[key] = self._counts.get(key, 0) + fault.cases
            if fault.effect == LOST:
                self.lost += fault.cases
            elif fault.effect == WRONG:
                self.wrong += fault.cases
            self.witness(fault.reason, line, fault.detail)

    def broken_line(self, line: int, message: str) -> None:
        """Something that is no JSON: no example."""
        self.broken += 1
        self.raising += 1
        self._counts["not-json", RAISES] = self.broken
        self.witness("not-json", line, message)

    def note(self, reason: str, count: int) -> None:
        """Something that does no harm, counted elsewhere."""
        if count:
            self._counts[reason, NOTE] = count

    def witness(self, reason: str, line: int, detail: str) -> None:
        """A place, kept while there are few of its reason."""
        places = self._places.setdefault(reason, [])
        if len(places) < self.most:
            places.append(Witness(self.path, line, detail))

    def count(self, reason: str) -> int:
        """How often a reason was met."""
        return sum(count for (name, _), count in self._counts.items() if name == reason)

    def found(self) -> list[Found]:
        """Every reason that was met, the worst effects first."""
        order = {effect: rank for rank, effect in enumerate(EFFECTS)}
        rows = sorted(self._counts.items(), key=lambda row: (order[row[0][1]], -row[1], row[0][0]))
        return [self._row(reason, effect, count) for (reason, effect), count in rows]

    def _row(self, name: str, effect: str, count: int) -> Found:
        unit, what, does, mend = REASONS[name]
        places = tuple(self._places.get(name, ()))
        return Found(name, effect, self.role, unit, count, what, does, mend, places)
