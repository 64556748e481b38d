"""The outcome of a trace: all facts on every key of every entry point. Rules and commands build on these records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .events import Cast, Check, Declared, Mapping, Overwrite, Read, Replacement, Source, Swallowed, Use
from .values import Site

YES, NO, UNKNOWN = "yes", "no", "unknown"
FORWARDED, USED, CHECKED, DEAD = "forwarded", "used-elsewhere", "checked-only", "dead"
QUESTIONS = ("declared", "validated", "read", "forwarded", "accepted", "consumed", "effective")


@dataclass(frozen=True, slots=True)
class Answer:
    """yes, no or unknown, and the place that says so ("file:line")."""

    value: str
    witness: str | None = None


@dataclass(frozen=True, slots=True)
class Forward:
    """The key reaches parameter `param` of `sink`; one record for each hop of a chain, first hop first.

    `site` is the argument, `call` the whole call; `through` are the hops before this one; `when` the tests on keys;
    `falsy` says that a falsy value is replaced or left out on the way; `tags` what else happened (cast, lookup …);
    `accepted` whether the surface declares the parameter; `conditional` that the value itself, not the call alone,
    comes by one side of a test on another key.
    """

    sink: str
    param: str
    site: Site
    call: Site
    through: tuple[str, ...]
    when: str | None
    confidence: str
    falsy: bool
    tags: frozenset[str]
    accepted: str
    library: bool
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class LayerDefault:
    """What one layer gives when the user says nothing: the script's own layers first, then the library's.

    `param` is the library's parameter, None for a layer of the script.
    """

    layer: str
    kind: str
    value: Any
    expression: str | None
    file: str | None
    line: int | None
    library: bool = False
    site: Site | None = None
    param: str | None = None


@dataclass(slots=True)
class KeyFlow:
    """Everything that is known of one key at one entry. `kind` is that of values.Key; `sources` number the loads."""

    key: str
    kind: str
    answers: dict[str, Answer] = field(default_factory=dict)
    declared: list[Declared] = field(default_factory=list)
    validated: list[Check] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    forwarded: list[Forward] = field(default_factory=list)
    defaults: list[LayerDefault] = field(default_factory=list)
    other_uses: list[Use] = field(default_factory=list)
    mapped: list[Mapping] = field(default_factory=list)
    replaced: list[Replacement] = field(default_factory=list)
    casts: list[Cast] = field(default_factory=list)
    overwritten: list[Overwrite] = field(default_factory=list)
    swallowed: list[Swallowed] = field(default_factory=list)
    lost: list[LostTrail] = field(default_factory=list)
    verdicts: list[str] = field(default_factory=list)
    namesakes: list[str] = field(default_factory=list)
    state: str = DEAD
    confidence: str = "proven"

    @property
    def leaf(self) -> str:
        """The last part of the key."""
        return self.key.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class LostTrail:
    """A place where a trail ended. `key` is None when every key of the entry is concerned."""

    site: Site
    reason: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class CallArgument:
    """One argument at a surface: its constant if it has one, the keys that reach it, its span and source text.

    `maybe` says that the call may come without it: a filter or a test stands before; `constants` where in the code
    its constants stand.
    """

    param: str
    known: bool
    value: Any
    keys: tuple[str, ...]
    site: Site
    text: str
    maybe: bool = False
    constants: tuple[Site, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A call to a surface. `complete` says that no argument is hidden in something that was not followed; `written`
    that it is no call but an attribute that is set on what a call made."""

    sink: str
    site: Site
    arguments: tuple[CallArgument, ...]
    complete: bool
    through: tuple[str, ...]
    when: str | None
    function: str
    library: bool
    written: bool = False


@dataclass(frozen=True, slots=True)
class HardCoded:
    """A constant at a parameter of a surface, written in the audited code."""

    sink: str
    param: str
    value: Any
    site: Site


@dataclass(slots=True)
class EntryFlow:
    """One entry point. `gated` lists constructs that forbid any negative claim; `exhausted` that the budget ran out.

    `given` names the config files whose keys were counted as declared; `shaped` says that the code walks a config, so
    that what it was seen to do hangs on the keys of the given ones. `trainer` is the Trainer class that will run, when
    its code is known and nobody in the project extends it.
    """

    entry: str
    keys: list[KeyFlow] = field(default_factory=list)
    hard_coded: list[HardCoded] = field(default_factory=list)
    lost: list[LostTrail] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    gated: list[LostTrail] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    shaped: bool = False
    trainer: str | None = None
    exhausted: bool = False
    steps: int = 0

    def key(self, name: str) -> KeyFlow | None:
        return next((k for k in self.keys if k.key == name), None)


@dataclass(slots=True)
class ScriptFlow:
    """All entries of one script. `files` are the project files that were read, `failed` those that cannot be parsed."""

    script: str
    entries: list[EntryFlow] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    versions: dict[str, tuple[str, str]] = field(default_factory=dict)

    def entry(self, name: str) -> EntryFlow | None:
        return next((e for e in self.entries if e.entry == name), None)
