"""What the data check found, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from .reasons import NOTE, RAISES

LOST_LIMIT: Final = 0.01


class Witness(NamedTuple):
    """One place: the line (1-based) where the example begins, and what is there."""

    file: str
    line: int
    detail: str


class Found(NamedTuple):
    """All cases of one reason in one file: `cases` of `unit` ("entities" or "examples"), the first few as witnesses.

    `effect` is "raises", "lost", "mislabelled" or "note"; `does` is what training makes of it, `mend` what helps.
    """

    reason: str
    effect: str
    split: str
    unit: str
    cases: int
    what: str
    does: str
    mend: str
    witnesses: tuple[Witness, ...]


class Split(NamedTuple):
    """One data file. `lost` and `mislabelled` count entities, `raising` examples; `labels` counts entities by label."""

    role: str
    file: str
    sha256: str
    bytes: int
    examples: int
    entities: int
    lost: int
    mislabelled: int
    raising: int
    without_entities: int
    longest: int
    labels: Mapping[str, int]

    @property
    def share(self) -> float:
        """The part of the entities that training loses or gets wrong."""
        return (self.lost + self.mislabelled) / self.entities if self.entities else 0.0


class Leakage(NamedTuple):
    """What train and eval share. `texts` counts eval examples whose words stand in train too, `mentions` the eval
    entities and `seen` those of them that are an entity of the same label and text in train; `labels` are the labels
    that only eval has."""

    texts: int
    witnesses: tuple[Witness, ...]
    mentions: int
    seen: int
    labels: tuple[str, ...]


class Report(NamedTuple):
    """All that the data check says. `rare` are labels of train with fewer than `rare_below` entities; `notes` are
    suspicions about a whole file, `not_checked` pairs of what was left out and why."""

    splits: tuple[Split, ...]
    found: tuple[Found, ...]
    leakage: Leakage | None = None
    rare: tuple[tuple[str, int], ...] = ()
    rare_below: int = 0
    notes: tuple[str, ...] = ()
    not_checked: tuple[tuple[str, str], ...] = ()

    def blocks(self, allow_lossy: bool = False, limit: float = LOST_LIMIT) -> list[str]:
        """Why training must not begin, one line each; none when it may.

        An example that ends the run always blocks, lost entities block above `limit` (a share) unless `allow_lossy`.
        """
        reasons = [f"{split.file}: no example in it" for split in self.splits if not split.examples]
        for found in self.found:
            if found.effect == RAISES:
                first = found.witnesses[0]
                place = f"{first.file}:{first.line}"
                example = "an example" if found.cases == 1 else f"{found.cases} examples, the first"
                detail = f" ({first.detail})" if first.detail else ""
                reasons.append(f"{place}: {example}: {found.what}{detail}; {found.does}. To mend: {found.mend}")
        for split in self.splits:
            if not allow_lossy and split.share > limit:
                gone = split.lost + split.mislabelled
                reasons.append(
                    f"{split.file}: training loses or mislabels {gone} of {split.entities} entities "
                    f"({split.share:.1%}, the limit is {limit:.0%}): {self._worst(split.role)}. "
                    "Mend the data, or go on with --allow-lossy-data"
                )
        return reasons

    def _worst(self, role: str) -> str:
        losses = [one for one in self.found if one.split == role and one.effect not in (RAISES, NOTE)]
        losses.sort(key=lambda one: -one.cases)
        return "; ".join(
            f"{one.cases} {one.reason} (first: line {one.witnesses[0].line}: {one.witnesses[0].detail})"
            for one in losses[:3]
        )

    def counts(self) -> dict[str, int]:
        """The numbers for the receipt: `lost_entities`, `mislabelled_entities`, `truncated_texts`, by split and all."""
        total: dict[str, int] = {}
        for split in self.splits:
            total[f"{split.role}_lost_entities"] = split.lost
            total[f"{split.role}_mislabelled_entities"] = split.mislabelled
        for one in self.found:
            if one.reason == "text-cut":
                total[f"{one.split}_truncated_texts"] = one.cases
        if self.leakage is not None:
            total["eval_texts_in_train"] = self.leakage.texts
        return total

    def to_json(self) -> dict[str, Any]:
        """A tree of JSON values, field by field as above."""
        return {
            **self._asdict(),
            "splits": [{**one._asdict(), "share": one.share} for one in self.splits],
            "found": [{**one._asdict(), "witnesses": [w._asdict() for w in one.witnesses]} for one in self.found],
            "leakage": None
            if self.leakage is None
            else {**self.leakage._asdict(), "witnesses": [w._asdict() for w in self.leakage.witnesses]},
        }
