"""One verdict per field: does anything that runs use it, and if not, why not."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from .effects import Effects
from .holders import Access, Holders, positional
from .program import Class, Function, Program
from .reach import Reach

READERS_KEPT = 3
# Write the arguments down (to JSON, a model card, a log) without using them.
_RECORDING = {"to_dict", "to_json_string", "to_sanitized_dict", "__str__", "extract_hyperparameters_from_trainer"}
# Read old values by name only to replace them for a hyperparameter search, which training alone never starts.
_SEARCH = {"_hp_search_setup"}


class Verdict(NamedTuple):
    """What became of one field. Readers are "package/file.py:line Class.function".

    `verdict` is "live", "inert" or "unknown". `live` are uses with an effect; `checked` run but only validate, log or
    end in values that nobody uses; `elsewhere` are in functions that do not run; `reporters` are the values of
    report_to that bring the only users; `lost` says why the verdict is unknown; `namesake` is a method that takes an
    argument of the same name, which the field does not fill.
    """

    verdict: str
    live: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    lost: str | None = None
    namesake: str | None = None


class _Everything(Reach):
    """All functions of a program, as if all could run."""

    def __init__(self, program: Program) -> None:
        super().__init__(program, ())
        for module in program.modules.values():
            for functions in module.functions.values():
                self.functions.update(dict.fromkeys(functions))
            for cls in module.classes.values():
                for methods in cls.methods.values():
                    self.functions.update(dict.fromkeys(methods))


def spell(access: Access) -> str:
    """ "package/file.py:line Class.function" of an access."""
    return f"{access.function.source(access.node)} {access.function.qualname}"


def _spell_all(accesses: Iterable[Access]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sorted((spell(a) for a in accesses), key=_by_line)))[:READERS_KEPT]


def _by_line(reader: str) -> tuple[str, int]:
    path, _, line = reader.partition(" ")[0].rpartition(":")
    return path, int(line)


class Judge:
    """Verdicts on the fields of one family of classes in one program."""

    def __init__(
        self,
        program: Program,
        family: Collection[Class],
        names: Iterable[str],
        fields: Iterable[str],
        known_outside: bool = True,
    ) -> None:
        """`names` stand for the object by convention; `known_outside` says that code outside the program may know
        these fields, so that an object handed to it may be read there."""
        self.program = program
        self.known_outside = known_outside
        self.family = list(family)
        self.names = tuple(names)
        self.fields = tuple(fields)
        self.everywhere = Holders(program, _Everything(program), self.family, self.names).accesses(self.fields)

    def judge(
        self,
        reach: Reach,
        calls: Mapping[tuple[Function, str], Function] | None = None,
        fields: Iterable[str] | None = None,
    ) -> dict[str, Verdict]:
        """The verdict on each field (or on those given) when the functions of `reach` run."""
        fields = self.fields if fields is None else tuple(fields)
        holders = Holders(self.program, reach, self.family, self.names)
        effects = Effects(self.program, reach, holders, calls)
        lost = self._lost(holders)
        running = holders.accesses(fields)
        return {field: self._one(field, running[field], reach, effects, lost) for field in fields}

    def _one(self, field: str, running: list[Access], reach: Reach, effects: Effects, lost: str | None) -> Verdict:
        used = [a for a in running if a.function.name not in _RECORDING]
        live = [a for a in used if a.sure and effects.matters(a)]
        constructor = self._constructor_uses(field, reach, effects) if not live else ()
        if live or constructor:
            return Verdict("live", _spell_all(live) or constructor)
        checked = _spell_all(a for a in used if a.sure)
        elsewhere = _spell_all(a for a in self.everywhere[field] if a.sure and a.function not in reach)
        doubtful = [a for a in used if not a.sure]
        if doubtful:
            where = _spell_all(doubtful)[0]
            lost = f"{where} reads .{field} of an object that could not be told"
        return Verdict("unknown" if lost else "inert", (), checked, elsewhere, (), lost)

    def _constructor_uses(self, field: str, reach: Reach, effects: Effects) -> tuple[str, ...]:
        for cls in self.family:
            for init in cls.methods.get("__init__", ()):
                if init in reach and field in positional(init) and effects.parameter_matters(init, field):
                    return (f"{init.source(init.node)} {init.qualname}",)
        return ()

    def _lost(self, holders: Holders) -> str | None:
        for function, node in holders.unlisted():
            if function.name not in _RECORDING | _SEARCH:
                return f"{function.source(node)} {function.qualname} reads fields by computed names"
        for function, call in holders.escapes() if self.known_outside else ():
            if not _harmless(call):
                return f"{function.source(call)} {function.qualname} hands the whole object to {ast.unparse(call.func)}"
        return None


_OPAQUE_BUT_KNOWN = {
    "getattr", "setattr", "hasattr", "isinstance", "type", "len", "repr", "str", "dict", "fields", "asdict", "vars",
    "copy", "deepcopy", "requires_backends", "save", "inner_training_loop", "print",
}  # fmt: skip


def _harmless(call: ast.Call) -> bool:
    """Whether a callee outside the program is known not to read fields, or is reached by another road."""
    func = call.func
    if isinstance(func, ast.Call):
        return True  # getattr(callback, event)(args, …): every on_* method is taken to run
    return (func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")) in _OPAQUE_BUT_KNOWN
