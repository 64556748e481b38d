"""One pass over each data file: the fate of every example, what train and eval share, the digests."""

from __future__ import annotations

import gc
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from .fates import fate
from .reader import CHUNK, Broken, Reader
from .report import Leakage, Report, Split, Witness
from .settings import Settings
from .surfaces import Surfaces, duplicates, shared
from .tally import Tally

WITNESSES: Final = 5
RARE_BELOW: Final = 5
MODELLED: Final = "0.2.29"
"""The version of gliner whose collators the check follows, and is tested against."""
_LABELS_AT_ONCE: Final = 65536

Progress = Callable[[str, int], None]
"""Called with the role ("train" or "eval") and the bytes of its file that are read."""


def check(
    train: str,
    eval: str | None,
    settings: Settings,
    progress: Progress | None = None,
    *,
    witnesses: int = WITNESSES,
    rare_below: int = RARE_BELOW,
    chunk: int = CHUNK,
) -> Report:
    """Check the data of a run. Eval is read first, so that train can be held against it as it streams by.

    Raises OSError when a file cannot be read; everything else that is wrong with the data is in the report.
    """
    surfaces = Surfaces()
    runs = []
    with _no_collector():
        for role, path in (("eval", eval), ("train", train)):
            if path is not None:
                run = _Run(role, path, settings, surfaces, witnesses)
                run.read(chunk, progress)
                runs.append(run)
    trained = runs[-1]
    duplicates_of(trained, witnesses)
    held_out = runs[0] if len(runs) == 2 else None
    return Report(
        splits=tuple(run.split() for run in reversed(runs)),
        found=tuple(found for run in reversed(runs) for found in run.tally.found()),
        leakage=None if held_out is None else _leakage(trained, held_out, surfaces, witnesses),
        rare=tuple(sorted((label, n) for label, n in trained.labels.items() if n < rare_below)),
        rare_below=rare_below,
        notes=tuple(note for run in reversed(runs) for note in run.notes()),
        not_checked=tuple(_not_checked(settings)),
    )


class _Run:
    """One file on its way through."""

    def __init__(self, role: str, path: str, settings: Settings, surfaces: Surfaces, witnesses: int) -> None:
        self.role, self.path, self.settings, self.surfaces = role, path, settings, surfaces
        self.tally = Tally(role, path, witnesses)
        self.labels: Counter[str] = Counter()
        self.texts = array("q")
        self.lines = array("Q")
        self.without = self.longest = 0
        self.sha256, self.size = "", 0

    def read(self, chunk: int, progress: Progress | None) -> None:
        """Read the whole file. The loop is for examples that are plainly in order; all others go to `_odd`."""
        tell = None if progress is None else lambda done: progress(self.role, done)
        reader = Reader(self.path, tell, chunk=chunk)
        max_len, max_types, marker = self.settings.max_len, self.settings.max_types, self.settings.ent_token
        width = max_len if self.settings.token_level else self.settings.max_width
        head = marker[0]
        add_text, add_line = self.texts.append, self.lines.append
        known = self.surfaces.known(self.role)
        labels: list[str] = []
        for line, example in reader:
            add_line(line)
            try:
                words, ner = example["tokenized_text"], example["ner"]
                text = " ".join(words)
                add_text(hash(text))
                length, last = len(words), -1
                if (
                    not 0 < length <= max_len
                    or len(example) != 2
                    or len(ner) > max_types
                    or "  " in text
                    or not _is_plain(text, length)
                    or (head in text and marker in text)
                    or type(words) is not list
                    or type(ner) is not list
                ):
                    self._odd(line, example)
                    continue
                for start, end, label in ner:
                    if (
                        not last < start <= end < length
                        or end - start >= width
                        or type(start) is not int
                        or type(end) is not int
                        or type(label) is not str
                        or not label
                    ):
                        break
                    last = end
                else:
                    if length > self.longest:
                        self.longest = length
                    if not ner:
                        self.without += 1
                        continue
                    labels += [entity[2] for entity in ner]
                    if known is not None:
                        known(words, ner)
                    if len(labels) > _LABELS_AT_ONCE:
                        self._count(labels)
                    continue
            except (KeyError, TypeError, ValueError):
                if len(self.texts) < len(self.lines):
                    add_text(0)
            self._odd(line, example)
        self._count(labels)
        self.sha256, self.size = reader.sha256, reader.size

    def _count(self, labels: list[str]) -> None:
        self.tally.entities += len(labels)
        self.labels.update(labels)
        labels.clear()

    def _odd(self, line: int, example: Any) -> None:
        """Follow an example that is not plainly in order."""
        if isinstance(example, Broken):
            self.tally.broken_line(line, example.message)
            return
        found = fate(example, self.settings)
        self.tally.add(found, line)
        if found.raises:
            return
        words = example["tokenized_text"]
        self.longest = max(self.longest, len(words))
        self.without += not found.entities
        self.labels.update(str(label) for label in found.labels)
        known = self.surfaces.known(self.role)
        if known is not None and isinstance(words, list):
            known(words, [one for one in found.kept if _in_order(one)])

    def split(self) -> Split:
        """The file's figures."""
        tally = self.tally
        return Split(
            role=self.role,
            file=self.path,
            sha256=self.sha256,
            bytes=self.size,
            examples=len(self.lines) - tally.broken,
            entities=tally.entities,
            lost=tally.lost,
            mislabelled=tally.wrong,
            raising=tally.raising,
            without_entities=self.without,
            longest=self.longest,
            labels=dict(self.labels.most_common()),
        )

    def notes(self) -> Iterator[str]:
        """Suspicions about the file as a whole."""
        past = self.tally.count("end-one-past")
        if past >= max(3, self.tally.entities / 50):
            yield (
                f"{self.path}: {past} entities end exactly one past the text: the ends look exclusive, and GLiNER "
                "takes them as inclusive, so the other entities may hold a word too many"
            )
        characters = self.tally.count("character-offsets")
        if characters > self.tally.entities / 10:
            yield (
                f"{self.path}: {characters} entities look like character offsets; those that fit into the text by "
                "accident mark the wrong words"
            )


def duplicates_of(run: _Run, witnesses: int) -> None:
    """Note the examples of a file whose words stand earlier in it."""
    again = duplicates(run.texts)
    for index in again[:witnesses]:
        run.tally.witness("duplicate", run.lines[index], "")
    run.tally.note("duplicate", len(again))


def _leakage(trained: _Run, held_out: _Run, surfaces: Surfaces, witnesses: int) -> Leakage:
    pairs = shared(trained.texts, held_out.texts)
    shown = tuple(
        Witness(held_out.path, held_out.lines[there], f"the words of {trained.path}:{trained.lines[here]}")
        for there, here in pairs[:witnesses]
    )
    only = tuple(sorted(held_out.labels.keys() - trained.labels.keys()))
    return Leakage(len(pairs), shown, surfaces.mentions, surfaces.seen, only)


def _is_plain(text: str, length: int) -> bool:
    """Whether a text has no blank among its words; two spaces in a row were looked for before."""
    if text.isascii():
        return "\n" not in text and "\t" not in text and text[:1] > " " != text[-1]
    return len(text.split()) == length


def _in_order(entity: tuple[Any, Any, Any]) -> bool:
    return type(entity[0]) is int is type(entity[1]) and 0 <= entity[0] <= entity[1]


def _not_checked(settings: Settings) -> Iterator[tuple[str, str]]:
    yield "texts that the tokenizer cuts", "it counts pieces of words, and no tokenizer is loaded yet"
    yield "near duplicates", "only texts with exactly the same words are compared"
    if settings.other is not None:
        yield f"what the {settings.other} collator does besides", "only entities are followed"
    installed = _installed()
    if installed not in (None, MODELLED):
        yield f"what gliner {installed} does otherwise", f"the check follows the collators of gliner {MODELLED}"


def _installed() -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("gliner")
    except PackageNotFoundError:
        return None


@contextmanager
def _no_collector() -> Iterator[None]:
    """Parsed examples hold no cycles, and the collector would walk over them again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
