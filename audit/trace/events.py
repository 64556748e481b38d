"""What the interpreter observes on its way, each record with its site; assemble.py makes the facts of a key from it."""

from __future__ import annotations

from typing import Any, NamedTuple

from .values import Key, Literal, Path, Site, Value

LOGGING, SAVED, PATH, SEED, CONTROL, CALL, ATTRIBUTE, TYPE_TEST = (
    "logging", "saved", "path", "seed", "control flow", "call", "attribute", "type test",
)  # fmt: skip
WEAK_USES = frozenset({LOGGING, SAVED, TYPE_TEST})
"""Uses that do not keep a key alive."""


class Declared(NamedTuple):
    """A place that says the key exists. `by` names it: argparse, typer, click, dataclass X, table T, a config file."""

    key: Key
    site: Site
    by: str
    type: str | None = None
    required: bool | None = None


class Read(NamedTuple):
    """The key is looked up. `guarded`: a default, a test or an except clause stands by; `source` numbers the load that
    it is looked up in (0: unknown); `lacking`: the owner is fully known and has no such key, so the read raises."""

    key: Key
    site: Site
    guarded: bool = False
    source: int = 0
    lacking: bool = False


class Check(NamedTuple):
    """A validation of a key. `kind` is required, type, enum, range, relation or custom; `values` its constants.

    `rejects` is "raises", "records an error", "warns" or "exits"; `by` the function or library that checks.
    """

    key: Key
    site: Site
    kind: str
    rejects: str
    by: str
    values: tuple[Any, ...] = ()


class Use(NamedTuple):
    """A use that is no forwarding. `what` is shown; `category` is one of the constants above."""

    key: Key
    site: Site
    category: str
    what: str


class Default(NamedTuple):
    """The value that a layer of the audited code gives when the user says nothing."""

    key: Key
    layer: str
    kind: str
    value: Any
    expression: str | None
    site: Site


class Overwrite(NamedTuple):
    """A value that held the key was replaced; `by` is the constant that took its place, if it is one."""

    key: Key
    site: Site
    by: Literal | None
    where: str


class Replacement(NamedTuple):
    """`key or other`: a falsy value gives way. `other` is a constant, or None and `text` is the expression."""

    key: Key
    site: Site
    other: Literal | None
    text: str
    layer: str | None = None
    param: str | None = None


class Mapping(NamedTuple):
    """A lookup by the key's value in a table with these keys; others become `default` (or raise when `raises`)."""

    key: Key
    site: Site
    table: tuple[Any, ...]
    default: Literal | None
    default_text: str
    raises: bool


class Cast(NamedTuple):
    """A conversion: float(value). A null crashes here unless `guarded`."""

    key: Key
    site: Site
    to: str
    guarded: bool


class Swallowed(NamedTuple):
    """Handed to a callee that drops it."""

    key: Key
    site: Site
    callee: str


class Escape(NamedTuple):
    """A subtree went where it cannot be followed: the keys below `path` may be used (`whole`: it too)."""

    kind: str
    path: Path
    site: Site
    reason: str
    whole: bool = False


class Gate(NamedTuple):
    """A construct outside the modelled subset: nothing can be denied of any key of this entry."""

    site: Site
    reason: str


class Argument(NamedTuple):
    """One argument of a call to a surface, and the value that arrived."""

    param: str
    value: Value
    site: Site
    text: str
    literal: bool


class SinkCall(NamedTuple):
    """A call to a surface. `through` names the hops before it, first first; `layer` marks calls inside library code.

    `open` are config subtrees handed over whole (`**cfg["training"]`, from_config(cfg["model"])) with the keys that
    are not part of it; `unknown` says that arguments may be missing from the list. `receiver` tells how sure the callee
    is: "proven" or "likely"; `written` marks attributes that are set on what a call made.
    """

    sink: str
    site: Site
    arguments: tuple[Argument, ...]
    open: tuple[tuple[Key, frozenset[Any], str], ...]
    through: tuple[str, ...]
    when: str | None
    layer: bool
    receiver: str
    unknown: bool
    function: str
    written: bool = False


class Source(NamedTuple):
    """A place where keys come in: a config file that is loaded, a parser. `path` is the file name where it is known;
    `mixed`: it is laid over another load, so that neither has to hold every key."""

    kind: str
    site: Site
    what: str
    path: str | None
    number: int
    mixed: bool = False


COMMAND_LINE = "OmegaConf.from_cli"
"""What a load of keys from the command line is called: it may set any key of the file that it is laid over."""


class Log:
    """All that one entry observed, each record once; `count` grows with each observation, new or not."""

    def __init__(self) -> None:
        self.records: dict[type, dict[Any, None]] = {}
        self.calls: dict[Any, SinkCall] = {}
        self.sources: list[Source] = []
        self.mixed: set[int] = set()
        self.count = 0

    def add(self, record: Any) -> None:
        self.count += 1
        self.records.setdefault(type(record), {})[record] = None

    def of(self, kind: type) -> list[Any]:
        return list(self.records.get(kind, ()))
