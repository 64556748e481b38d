"""What becomes of one example in GLiNER's collator, entity by entity (gliner 0.2.29, data_processing/processor.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from .reasons import LOST, NOTE, RAISES, WRONG
from .settings import Settings

FIELDS = frozenset(("tokenized_text", "ner"))
_READ_TOO = frozenset(("ner_labels", "ner_negatives"))
_READ_BY_BI = frozenset(("ner_label", "ner_negatives"))

Entity = tuple[Any, Any, Any]


class Fault(NamedTuple):
    """One thing that goes wrong; `cases` is how many entities (or 1, of an example), `detail` names the culprit."""

    reason: str
    effect: str
    detail: str = ""
    cases: int = 1


class Fate(NamedTuple):
    """`kept` are the entities that get a positive label, `dropped_types` how many labels a random draw leaves out."""

    faults: tuple[Fault, ...]
    entities: int = 0
    kept: tuple[Entity, ...] = ()
    labels: tuple[Any, ...] = ()
    dropped_types: int = 0

    @property
    def raises(self) -> bool:
        """Whether the example ends the run."""
        return any(fault.effect == RAISES for fault in self.faults)


class _Stop(Exception):
    """The collator raises here."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.fault = Fault(reason, RAISES, detail)


def fate(example: Any, settings: Settings) -> Fate:
    """Follow one example, alone in its batch, through the collator and up to the model's first look at it."""
    try:
        found = _Walk(example, settings).walk()
    except _Stop as stop:
        return Fate((stop.fault,))
    return Fate(tuple(fault for fault in found.faults if fault.effect == RAISES)) if found.raises else found


class _Walk:
    """The state of one example's way: its words, its types, what was found so far."""

    def __init__(self, example: Any, settings: Settings) -> None:
        if not isinstance(example, dict):
            raise _Stop("not-an-example", _short(example))
        self.example: Mapping[str, Any] = example
        self.settings = settings
        self.faults: list[Fault] = []
        self.words = _field(example, "tokenized_text", "no-words-field")
        ner = _field(example, "ner", "no-entities-field")
        self.ner = [_triple(one) for one in ner]
        self.blank: int | None = None

    def walk(self) -> Fate:
        """The fate of the example."""
        self._look_at_fields()
        types, dropped = self._types()
        self._look_at_words()
        kept = [self._one(*entity, types) for entity in self.ner]
        self._look_for_twins()
        labels = tuple(label for _, _, label in self.ner)
        survivors = tuple(entity for entity in kept if entity is not None)
        return Fate(tuple(self.faults), len(self.ner), survivors, labels, dropped)

    def _look_at_fields(self) -> None:
        read = _READ_BY_BI if self.settings.bi_encoder else _READ_TOO
        unread = self.example.keys() - FIELDS - read
        if not self.settings.bi_encoder and "ner_labels" in self.example and "ner_negatives" in self.example:
            unread = {*unread, "ner_negatives"}
        if unread:
            self.faults.append(Fault("field-not-read", NOTE, ", ".join(sorted(map(str, unread)))))

    def _look_at_words(self) -> None:
        words, settings = self.words, self.settings
        if isinstance(words, str):
            self.faults.append(Fault("text-for-words", NOTE, _short(words)))
            return
        if settings.bi_encoder and words and all(isinstance(word, list) for word in words):
            self.faults.append(Fault("word-not-text", NOTE, f"word 0 is {_short(words[0])}"))
            self.blank = 0
            return
        for index, word in enumerate(words):
            if not isinstance(word, str) or not _encodable(word):
                raise _Stop("word-not-text", f"word {index} is {_short(word)}")
            if self.blank is None and not word.strip():
                self.blank = index
                self.faults.append(Fault("blank-word", NOTE, f"word {index} is {word!r}"))
            if settings.ent_token in word and not settings.bi_encoder:
                self.faults.append(
                    Fault("marker-in-text", NOTE if settings.token_level else RAISES, f"word {index} is {_short(word)}")
                )
        if not words:
            self.faults.append(Fault("no-words", NOTE))
        elif len(words) > settings.max_len:
            self.faults.append(Fault("text-cut", NOTE, f"{len(words)} words, max_len is {settings.max_len}"))

    def _types(self) -> tuple[Mapping[Any, int] | None, int]:
        """Class numbers by label when the example names its types (else None: all its labels have one), and how many
        of its labels a random draw leaves out."""
        labels = dict.fromkeys(label for _, _, label in self.ner)
        if self.settings.bi_encoder:
            for label in labels:
                if not isinstance(label, str):
                    raise _Stop("unusable-label", f"the label {_short(label)}")
        negatives = self.example.get("ner_negatives", [])
        named = "ner_label" if self.settings.bi_encoder else "ner_labels"
        uses_negatives = self.settings.bi_encoder or named not in self.example
        if uses_negatives and not isinstance(negatives, list):
            raise _Stop("bad-types-field", f"ner_negatives is {_short(negatives)}")
        if named in self.example:
            types = self.example[named]
            if not types and not self.ner:
                return {}, 0
            if not isinstance(types, list | tuple | str | dict) or not _hashable(types):
                raise _Stop("bad-types-field", f"{named} is {_short(types)}")
            if not types and self.ner and not self.settings.token_level and not self.settings.bi_encoder:
                raise _Stop("no-types")
            if self.settings.bi_encoder:
                types = dict.fromkeys(types)
            return {label: number for number, label in enumerate(types, start=1)}, 0
        if not _hashable(negatives):
            raise _Stop("bad-types-field", "ner_negatives holds a list")
        return None, 0 if self.settings.bi_encoder else self._draw(labels, negatives)

    def _draw(self, labels: Mapping[Any, None], negatives: list[Any]) -> int:
        limit = self.settings.max_types
        over = len(labels) - limit
        if over > 0:
            counts = sorted(sum(label == own for _, _, label in self.ner) for own in labels)
            detail = f"{len(labels)} labels, max_types is {limit}"
            self.faults.append(Fault("more-labels-than-max-types", LOST, detail, sum(counts[:over])))
        elif len({*labels, *negatives}) > limit:
            self.faults.append(Fault("negatives-crowd-out", NOTE, f"max_types is {limit}"))
        return max(over, 0)

    def _one(self, start: Any, end: Any, label: Any, types: Mapping[Any, int] | None) -> Entity | None:
        """The entity when it gets a positive label, else None with the fault noted."""
        text = f"[{_short(start)}, {_short(end)}, {_short(label)}]"
        if types is not None and label not in types:
            self.faults.append(Fault("label-not-in-types", LOST, text))
            return None
        lost = self._token(start, end, text) if self.settings.token_level else self._span(start, end, text)
        if types is not None and types[label] > len(types) and self._is_written(start, end, lost):
            raise _Stop("repeated-type", text)
        if lost is not None:
            self.faults.append(lost)
            return (start, end, label) if lost.effect == WRONG else None
        self._look_at_place(end, text)
        if not isinstance(label, str) or not label:
            self.faults.append(Fault("label-not-text", NOTE, text))
        return start, end, label

    def _is_written(self, start: Any, end: Any, lost: Fault | None) -> bool:
        """Whether the label is written before a mask takes it away: a number that no class has raises there."""
        if self.settings.token_level:
            return lost is None or lost.effect == WRONG
        length = min(len(self.words), self.settings.max_len) or 1
        return _whole(start) and _whole(end) and 0 <= start < length and 0 <= end - start < self.settings.max_width

    def _span(self, start: Any, end: Any, text: str) -> Fault | None:
        """Spans are looked up in a grid of starts and widths; what is not in it is no positive (:536-551)."""
        try:
            hash((start, end))
        except TypeError:
            raise _Stop("unusable-index", text) from None
        if not _whole(start) or not _whole(end):
            return Fault("index-not-whole", LOST, text)
        if start < 0 or end < 0:
            return Fault("negative-index", LOST, text)
        if end < start:
            return Fault("reversed", LOST, text)
        past = self._past(start, end, text)
        if past is not None:
            return past
        width = int(end - start) + 1
        if width > self.settings.max_width:
            return Fault("too-wide", LOST, f"{text}: {width} words, max_width is {self.settings.max_width}")
        return None

    def _token(self, start: Any, end: Any, text: str) -> Fault | None:
        """Indices go straight into a tensor, as in any Python sequence (:935-945)."""
        length = min(len(self.words), self.settings.max_len) or 1
        try:
            if start >= length or end >= length:
                return self._past(start, end, text)
        except TypeError:
            raise _Stop("unusable-index", text) from None
        if type(start) is not int or type(end) is not int:
            raise _Stop("unusable-index", text)
        if min(start, end) < -length:
            raise _Stop("index-far-below-zero", text)
        if min(start, end) < 0:
            return Fault("negative-index", WRONG, text)
        return Fault("reversed", WRONG, text) if end < start else None

    def _past(self, start: Any, end: Any, text: str) -> Fault | None:
        """Why an entity that ends past the text is lost; None when it does not."""
        words, limit = len(self.words) or 1, self.settings.max_len
        if start >= words or end >= words:
            if self._looks_like_characters(start, end):
                return Fault("character-offsets", LOST, text)
            return Fault("end-one-past" if end == words else "end-past-text", LOST, f"{text} of {words} words")
        if start >= limit or end >= limit:
            return Fault("cut-off", LOST, f"{text}, max_len is {limit}")
        return None

    def _looks_like_characters(self, start: Any, end: Any) -> bool:
        if type(start) is not int or type(end) is not int or isinstance(self.words, str) or not 0 <= start < end:
            return False
        text = f" {' '.join(self.words)} "
        # an offset `end` is exclusive, or inclusive as GLiNER's own indices are
        return end + 2 < len(text) and text[start] == " " and (text[end + 1] == " " or text[end + 2] == " ")

    def _look_at_place(self, end: Any, text: str) -> None:
        if isinstance(self.words, str):
            self.faults.append(Fault("on-letters", WRONG, text))
        elif not self.words:
            self.faults.append(Fault("on-nothing", WRONG, text))
        elif self.blank is not None and end >= self.blank:
            self.faults.append(Fault("after-blank-word", WRONG, text))

    def _look_for_twins(self) -> None:
        seen: set[Entity] = set()
        for entity in self.ner:
            try:
                if entity in seen:
                    self.faults.append(Fault("repeated-entity", NOTE, _short(list(entity))))
                elif self.settings.token_level and any(_overlap(entity, other) for other in seen):
                    self.faults.append(Fault("overlap", NOTE, _short(list(entity))))
                seen.add(entity)
            except TypeError:
                continue


def _field(example: Mapping[str, Any], name: str, reason: str) -> Any:
    value = example.get(name)
    if not isinstance(value, list | tuple | str | dict):
        raise _Stop(reason, f"{name} is {_short(value)}" if name in example else "")
    return value


def _triple(entity: Any) -> Entity:
    """An entity as the collator unpacks it; its label must be hashable."""
    entity = list(entity) if isinstance(entity, str) else entity
    if not isinstance(entity, list | tuple) or len(entity) != 3:
        raise _Stop("bad-entity", _short(entity))
    start, end, label = entity
    if not _hashable((label,)):
        raise _Stop("unusable-label", f"the label {_short(label)}")
    return start, end, label


def _whole(value: Any) -> bool:
    """Whether a value equals a whole number: True and 2.0 do, and so find their span."""
    return isinstance(value, int) or (isinstance(value, float) and value.is_integer())


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(one[2] == other[2] and one[0] <= other[1] and other[0] <= one[1])


def _hashable(values: Any) -> bool:
    try:
        set(values)
    except TypeError:
        return False
    return True


def _encodable(word: str) -> bool:
    """Whether a word is Unicode text: half of a surrogate pair is not, and the tokenizer refuses it."""
    return word.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in word)


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= 40 else text[:37] + "..."
