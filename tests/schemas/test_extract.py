"""Static extraction on small libraries: one idiom of declaring or enforcing a parameter at a time."""

from __future__ import annotations

import textwrap
import zipfile

import pytest
from gliner_audit.schemas.extract import Library, Place, declared, extract
from gliner_audit.schemas.surface import MISSING

ENUM = """
from enum import Enum
class Mode(str, Enum):
    FAST = "fast"
    SLOW = "slow"
TABLE = dict(**{"low": 1}, high=2)
LEVELS = ("a", "b")
"""


def surface(tmp_path, source, kind="dataclass", definition="Thing", **files):
    package = tmp_path / "lib"
    package.mkdir(exist_ok=True)
    for name, text in {"__init__": "", "modes": ENUM, **files, "main": source}.items():
        (package / f"{name}.py").write_text(textwrap.dedent(text), encoding="utf-8")
    place = Place(f"lib.{definition}", "lib", "lib.main", definition, kind)
    found = extract(place, Library(tmp_path, "lib"), "1.0")
    assert found is not None
    return found


def parameters(tmp_path, source, **given):
    return surface(tmp_path, source, **given).parameters


HEAD = """
from __future__ import annotations
from dataclasses import dataclass, field
from typing import *
from .modes import Mode, TABLE, LEVELS
"""


def fields(tmp_path, body, checks="pass"):
    """The parameters of a dataclass with the given fields and `__post_init__`."""
    body, checks = textwrap.indent(textwrap.dedent(body), "    "), textwrap.indent(textwrap.dedent(checks), "        ")
    return parameters(tmp_path, f"{HEAD}\n@dataclass\nclass Thing:\n{body}\n    def __post_init__(self):\n{checks}\n")


@pytest.mark.parametrize(
    ("annotation", "schema"),
    [
        ("int", {"type": "integer"}),
        ("Optional[float]", {"type": ["number", "null"]}),
        ("str | list[str] | None", {"type": ["string", "array", "null"], "items": {"type": "string"}}),
        ("'Dict[str, List]'", {"type": "object", "additionalProperties": {"type": "array"}}),
        ("tuple[int, int]", {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}),
        ("Mode", {"enum": ["fast", "slow"]}),
        ("Mode | str", {"type": "string"}),
        ("Literal['x', 'n_[number of iters]']",
         {"anyOf": [{"type": "string", "pattern": "^n_[0-9]+$"}, {"enum": ["x"]}]}),
        ("Callable[[int], int]", {}),
        ("NotHere | None", {}),
    ],
)  # fmt: skip
def test_annotations(tmp_path, annotation, schema):
    assert fields(tmp_path, f"x: {annotation}")["x"].schema == schema


@pytest.mark.parametrize(
    ("default", "value", "expression"),
    [
        ("-1", -1, None),
        ("Mode.FAST", "fast", None),
        ("field(default_factory=list)", [], None),
        ("field(default_factory=lambda: [1, 2])", [1, 2], None),
        ("field(default=LEVELS)", ["a", "b"], None),
        ("field(default_factory=make)", MISSING, "make()"),
        ("now()", MISSING, "now()"),
    ],
)
def test_defaults(tmp_path, default, value, expression):
    row = fields(tmp_path, f"x: Any = {default}")["x"]
    assert (row.default, row.expression, row.required) == (value, expression, False)


def test_a_default_widens_the_type_that_it_breaks(tmp_path):
    assert fields(tmp_path, "x: str = None")["x"].schema == {"type": ["string", "null"]}


def test_a_field_without_default_is_required_and_one_outside_init_is_none(tmp_path):
    rows = fields(tmp_path, "x: int\ny: int = field(init=False, default=1)\nz: ClassVar[int] = 3")
    assert list(rows) == ["x"]
    assert rows["x"].required


def test_metadata(tmp_path):
    metadata = '{"help": "one " "two", "choices": TABLE.keys(), "const": True}'
    row = fields(tmp_path, f'x: str = field(default="low", metadata={metadata})')["x"]
    assert (row.help, row.choices, row.schema) == ("one two", ("low", "high"), {"type": ["boolean", "string"]})
    assert row.source.startswith("lib/main.py:")


def test_a_default_that_the_environment_chooses_shows_its_source(tmp_path):
    row = fields(tmp_path, 'd = "old"\nif has_torch():\n    if new_torch:\n        d = "new"\nx: str = d')["x"]
    assert (row.default, row.expression) == ("new", "'new' if has_torch() and new_torch else 'old'")


def test_fields_of_bases_come_first_and_overridden_ones_keep_their_place(tmp_path):
    base = "@dataclass\nclass Base:\n    a: int = 1\n    b: int = 2\n"
    source = f"{HEAD}\n{base}@dataclass\nclass Thing(Base):\n    c: int = 3\n    a: float = 0.5\n"
    rows = parameters(tmp_path, source)
    assert [(row.name, row.default) for row in rows.values()] == [("a", 0.5), ("b", 2), ("c", 3)]


@pytest.mark.parametrize(
    ("checks", "demand"),
    [
        ("if self.x < 0: raise ValueError", {"minimum": 0}),
        ("if 0 >= self.x: raise ValueError", {"exclusiveMinimum": 0}),
        ("if self.x < 0 or self.x > 9: raise ValueError", {"minimum": 0, "maximum": 9}),
        ("if not 0 <= self.x < 9: raise ValueError", {"minimum": 0, "exclusiveMaximum": 9}),
        ("if self.x is not None and self.x < 1: raise ValueError", {"minimum": 1}),
        ("if self.x is not None:\n    if self.x < 1: raise ValueError", {"minimum": 1}),
        (
            "if self.x == 3:\n    raise ValueError\nelif self.x < 1: raise ValueError",
            {"not": {"const": 3}, "minimum": 1},
        ),
        ("self._check()", {"minimum": 5}),
        ("if self.x not in [1] and other: raise ValueError", {}),
        ("if self.x < self.y: raise ValueError", {}),
        ("if cuda() and self.x < 1: raise ValueError", {}),
        ("if cuda():\n    if self.x < 1: raise ValueError", {}),
        ("if cuda():\n    pass\nelif self.x < 1: raise ValueError", {}),
        ("self.x = abs(self.y)\nif self.x < 1: raise ValueError", {}),
        ("if self.x < 1: print('odd')", {}),
    ],
)
def test_raise_conditions(tmp_path, checks, demand):
    body = "x: int\ny: int = 0\ndef _check(self):\n    if self.x < 5: raise ValueError"
    assert fields(tmp_path, body, checks)["x"].schema == {"type": "integer", **demand}


def test_a_demand_says_where_it_is_made(tmp_path):
    row = fields(tmp_path, "x: int = 1\ny: int = 1", "if self.x < 0: raise ValueError")
    assert row["x"].enforced_at.startswith("lib/main.py:")
    assert row["y"].enforced_at == ""


def test_membership_is_an_enum(tmp_path):
    assert fields(tmp_path, "x: str", "if self.x not in LEVELS: raise ValueError")["x"].schema == {"enum": ["a", "b"]}
    rows = fields(tmp_path, "x: str | None", "if self.x is not None and self.x not in list(Mode): raise ValueError")
    assert rows["x"].schema == {"enum": ["fast", "slow", None]}


def test_coercion_to_an_enum(tmp_path):
    checks = "self.x = Mode(self.x)\nif big: self.y = Mode(self.y)"
    rows = fields(tmp_path, "x: Mode | str = 'fast'\ny: Mode | str = 'fast'", checks)
    assert rows["x"].schema == {"enum": ["fast", "slow"]}
    assert rows["y"].schema == {"type": "string"}


def test_a_table_lookup_refuses_other_keys(tmp_path):
    body = "x: str = 'low'\ndef level(self):\n    return TABLE[self.x]"
    assert fields(tmp_path, body)["x"].schema == {"enum": ["low", "high"]}


def test_types_that_the_code_plainly_handles_are_taken(tmp_path):
    checks = "if isinstance(self.x, bool): self.x = 'all'\nelif self.x is None: self.x = ''"
    assert fields(tmp_path, "x: str = ''", checks)["x"].schema == {"type": ["boolean", "string", "null"]}


def test_deprecations(tmp_path):
    rows = fields(
        tmp_path,
        """
        old: int = field(default=1, metadata={"help": "Deprecated, use new."})
        rank: int = field(default=1, metadata={"help": "With the launcher (deprecated) it is passed."})
        gone: int = None
        both: str = "a"
        """,
        """
        if self.gone is not None:
            warnings.warn(f"using `--gone` is deprecated. Use `new`, not {self.gone}.", FutureWarning)
        if isinstance(self.both, Mode):
            warnings.warn("using `Mode` for `both` is deprecated")
        """,
    )
    assert rows["old"].deprecated == "Deprecated, use new."
    assert rows["gone"].deprecated == "using `--gone` is deprecated. Use `new`, not …."
    assert (rows["rank"].deprecated, rows["both"].deprecated) == (None, None)


CLASSES = """
class Base:
    def __init__(self, a: int = 1, mode: str = "x", **kwargs):
        '''Make it.

        Args:
            a (int): how many
                in all.
        '''
        if mode not in ("x", "y", "z"):
            raise ValueError
        rate = kwargs.get("rate")
        if rate is None:
            rate = 1

class Thing(Base):
    def __init__(self, b=None, **kwargs):
        kwargs.setdefault("a", 0)
        super().__init__(**kwargs)
        self.mode = "y"

class Strict:
    def __init__(self, a, b: str = ""):
        b = b.lower()
        if b != "x":
            raise ValueError
"""


def test_a_class_restates_defaults_and_forces_values(tmp_path):
    thing = surface(tmp_path, CLASSES, kind="class")
    assert thing.extra == "kept"
    assert (thing.parameters["a"].default, thing.parameters["mode"].forced) == (0, "y")
    assert thing.parameters["b"].schema == {}
    base = surface(tmp_path, CLASSES, kind="class", definition="Base")
    assert base.parameters["mode"].schema == {"enum": ["x", "y", "z"]}
    assert base.parameters["a"].help == "how many in all."


def test_a_class_without_spread_refuses_and_a_replaced_value_is_left_alone(tmp_path):
    strict = surface(tmp_path, CLASSES, kind="class", definition="Strict")
    assert (strict.extra, strict.parameters["a"].required) == ("refused", True)
    assert strict.parameters["b"].schema == {"type": "string"}


CALLS = """
class Arguments: ...
class Model:
    def make(self, a: int = 1, b: float = 0.0, **kwargs):
        return Arguments(a=a, b=b or a, **kwargs)
    def lost(self, **kwargs):
        return print(kwargs)
"""


def test_what_a_callable_hands_on(tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "main.py").write_text(CALLS)
    library = Library(tmp_path, "lib")
    found = declared(Place("lib.make", "lib", "lib.main", "Model.make", "callable", "lib.Arguments"), library, "1")
    assert (found.extra, found.forwards_to) == ("forwarded", "lib.Arguments")
    assert [(row.forwarded, row.expression) for row in found.parameters.values()] == [(True, None), (False, "b or a")]
    with pytest.raises(LookupError, match="hands its"):
        declared(Place("lib.lost", "lib", "lib.main", "Model.lost", "callable", "lib.Arguments"), library, "1")


def test_a_wheel_reads_like_a_folder(tmp_path):
    wheel = tmp_path / "lib-1.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("lib/__init__.py", "")
        archive.writestr("lib/modes.py", ENUM)
        archive.writestr("lib/main.py", f"{HEAD}\n@dataclass\nclass Thing:\n    x: Mode = Mode.FAST\n")
    library = Library(wheel, "lib")
    found = extract(Place("lib.Thing", "lib", "lib.main", "Thing", "dataclass"), library, "1")
    assert found.parameters["x"].schema == {"enum": ["fast", "slow"]}
    assert library.files() == ("lib/main.py", "lib/modes.py")
    assert library.module("other.main") is None
