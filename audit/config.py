"""A config as rules see it: every key bound to the parameter that it sets, whatever the file calls it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..schemas import catalog
from ..schemas.surface import MISSING, Parameter, Surface
from .dialects.base import ARGS, CALL, DATA, LOFTQ, LORA, MODEL, Dialect, Section, Target
from .dialects.names import SAVED
from .project.versions import BEFORE, BETWEEN
from .unknown import is_unknown

if TYPE_CHECKING:
    from .documents.document import Document
    from .documents.node import Path
    from .plan import Plan

# The trainer's name when `gliner-audit run` itself reads the file.
RUNNER = "gliner-audit run"
# Parameters of train_model that a config may set; its others are objects that the trainer's code makes.
CALL_PARAMETERS = ("freeze_components", "compile_model")
_TEXT_OR_NULL = {"type": ["string", "null"]}
DATA_PARAMETERS = {
    "train_data": Parameter("train_data", {"type": "string"}),
    "val_data": Parameter("val_data", _TEXT_OR_NULL),
    "root_dir": Parameter("root_dir", {"type": "string"}),
    "prev_path": Parameter("prev_path", _TEXT_OR_NULL),
}


class Setting(NamedTuple):
    """A parameter that the file sets: where, and to what (the value that the loader yields)."""

    role: str
    parameter: str
    path: Path
    value: Any


class Unknown(NamedTuple):
    """A key of a known section that stands for no parameter there. `elsewhere` is where the name would belong."""

    path: Path
    section: Section
    elsewhere: Target | None


class Violation(NamedTuple):
    """A value that its parameter's schema refuses: `path` is where, `keyword` the schema keyword, `detail` its
    value."""

    path: Path
    keyword: str
    detail: Any
    target: Target


class Surfaces:
    """The surfaces of a dialect at the versions in force, read when asked for; one object serves many files.

    `versions` maps a distribution ("transformers") to a version of the catalog.
    """

    __slots__ = ("_cache", "_keys", "defaults", "dialect", "versions")

    def __init__(self, dialect: Dialect, versions: Mapping[str, str]) -> None:
        self.dialect = dialect
        self.versions = versions
        self._cache: dict[str, Surface | None] = {}
        self._keys: dict[tuple[str, ...], dict[str, tuple[Target, ...]]] = {}
        self.defaults: dict[str, Any] = {}

    def named(self, name: str) -> Surface | None:
        """A surface by its name; None where the version in force lacks it."""
        if name not in self._cache:
            version = self.versions.get(name.split(".", 1)[0])
            self._cache[name] = catalog.surface(name, version, self.versions) if version else None
        return self._cache[name]

    def of(self, role: str) -> Surface | None:
        """The surface that takes the parameters of a role. Every GLiNER config class counts as one surface here."""
        key = f"role:{role}"
        if key not in self._cache:
            self._cache[key] = self._role(role)
        return self._cache[key]

    def keys(self, roles: tuple[str, ...]) -> Mapping[str, tuple[Target, ...]]:
        """Every key that is looked up in these roles, and the parameters that it sets; the first role wins."""
        found = self._keys.get(roles)
        if found is None:
            found = self._keys[roles] = {}
            for role in roles:
                for alias, names in self.dialect.aliases(role).items():
                    found.setdefault(alias, tuple(Target(role, name) for name in names))
                surface = self.of(role)
                for name in surface.parameters if surface is not None else ():
                    found.setdefault(name, (Target(role, name),))
        return found

    def _role(self, role: str) -> Surface | None:
        if role == DATA:
            return Surface("run", "gliner-audit", "", DATA_PARAMETERS)
        name = self.dialect.surfaces.get(role)
        if name is None:
            return None
        surface = self.named(name)
        if role == CALL and surface is not None:
            own = {key: surface.parameters[key] for key in CALL_PARAMETERS if key in surface}
            return surface._replace(parameters=own)
        if role == MODEL and surface is not None:
            return surface._replace(parameters={**self._model_classes(surface), **surface.parameters})
        return surface

    def _model_classes(self, surface: Surface) -> dict[str, Parameter]:
        merged: dict[str, Parameter] = {}
        for name in catalog.names(surface.distribution, surface.version):
            if name.endswith("Config") and name not in (surface.name, "gliner.config.RNNEncoderConfig"):
                other = self.named(name)
                if other is not None:
                    for key, parameter in other.parameters.items():
                        merged.setdefault(key, parameter)
        return merged


def surfaces_for(dialect: Dialect, versions: Mapping[str, str]) -> Surfaces:
    """The surfaces of a dialect at these versions, the same object for every file that is held against them."""
    key = (dialect, *sorted(versions.items()))
    if key not in _SURFACES:
        _SURFACES[key] = Surfaces(dialect, dict(versions))
    return _SURFACES[key]


_SURFACES: dict[tuple[Any, ...], Surfaces] = {}


class Config:
    """One document bound to its dialect and to the versions in force.

    `closed` means that nothing but the dialect's surfaces reads the file, so every unknown key is refused;
    `casts` is True when the trainer casts text numbers, False when it does not, None when no trainer is known;
    `trainer` names the script that reads the file, or is None; `layer` is the surface that it hands the arguments to,
    None for the one that the dialect assumes; `gaps` says of a distribution whose wanted version the catalog lacks how
    the one that stands in lies to it (`Found.gap`).
    """

    def __init__(
        self,
        document: Document,
        dialect: Dialect,
        versions: Mapping[str, str],
        *,
        closed: bool = False,
        casts: bool | None = None,
        trainer: str | None = None,
        layer: str | None = None,
        gaps: Mapping[str, str] = {},
    ) -> None:
        self.document = document
        self.dialect = dialect
        self.surfaces = surfaces_for(dialect, versions)
        self.closed = closed
        self.casts = casts
        self.trainer = trainer
        self.layer = layer
        self.gaps = gaps
        self.settings: dict[Target, Setting] = {}
        self.conflicts: list[tuple[Setting, Setting]] = []
        self.unknown: list[Unknown] = []
        self.paths: dict[Path, tuple[Target, ...]] = {}
        self._plan: Plan | None = None
        self._structural: tuple[Violation, ...] | None = None
        self.data: dict[Any, Any] = document.data if isinstance(document.data, dict) else {}
        self.sections = dialect.sections(self.data)
        if closed and dialect.name == "trainer":
            # Where no script has keys of its own, a name of LoraConfig at the top level is LoraConfig's.
            self.sections = tuple(s if s.path else s._replace(roles=(ARGS, LORA)) for s in self.sections)
        for section in self.sections:
            self._bind_section(section)

    def _bind_section(self, section: Section) -> None:
        values: Any = self.data
        for name in section.path:
            values = values[name]
        heads = {other.path[0] for other in self.sections if len(other.path) == 1 and section.path == ()}
        for key, value in values.items():
            if not isinstance(key, str) or key in heads:
                continue
            path: Path = (*section.path, key)
            targets = self._targets(section, key)
            if targets:
                self._bind(path, targets, value)
            else:
                self.unknown.append(Unknown(path, section, self._elsewhere(section, key)))

    def _bind(self, path: Path, targets: tuple[Target, ...], value: Any) -> None:
        self.paths[path] = targets
        for target in targets:
            setting = Setting(target.role, target.parameter, path, value)
            first = self.settings.setdefault(target, setting)
            if first is not setting and len(targets) == len(self.paths[first.path]) == 1:
                self.conflicts.append((first, setting))
            elif first is not setting and len(targets) == 1:
                self.settings[target] = setting
        if targets[0] == Target(LORA, "loftq_config") and not is_unknown(value) and isinstance(value, dict):
            loftq = Section(path_names(path), (LOFTQ,))
            for key, inner in value.items():
                if isinstance(key, str):
                    found = self._targets(loftq, key)
                    if found:
                        self._bind((*path, key), found, inner)
                    else:
                        self.unknown.append(Unknown((*path, key), loftq, None))

    def _targets(self, section: Section, key: str) -> tuple[Target, ...]:
        moved = self.dialect.moves(section.path[-1] if section.path else "").get(key)
        return (moved,) if moved is not None else self.surfaces.keys(section.roles).get(key, ())

    def _elsewhere(self, section: Section, key: str) -> Target | None:
        for role in (MODEL, ARGS, CALL, LORA, LOFTQ):
            if role not in section.roles:
                found = self._targets(Section((), (role,)), key)
                if found:
                    return found[0]
        return None

    def get(self, parameter: str, role: str = ARGS) -> Setting | None:
        """The setting of a parameter, or None when the file does not say."""
        return self.settings.get(Target(role, parameter))

    def written(self, parameter: str, default: Any = None, role: str = ARGS) -> Any:
        """The value that the file gives a parameter, or `default`."""
        setting = self.settings.get(Target(role, parameter))
        return default if setting is None else setting.value

    def parameter(self, parameter: str, role: str = ARGS) -> Parameter | None:
        """What the surface in force says of a parameter; None where it has none of that name."""
        surface = self.surfaces.of(role)
        return surface.parameters.get(parameter) if surface is not None else None

    def value(self, parameter: str, role: str = ARGS) -> Any:
        """The value that the run will hold: as the plan resolves it; MISSING where nothing is known."""
        if role == ARGS:
            return self.plan.value(parameter)
        setting = self.get(parameter, role)
        if setting is not None:
            return setting.value
        found = self.parameter(parameter, role)
        return found.default if found is not None else MISSING

    @property
    def saved(self) -> bool:
        """Whether a library wrote the file when it saved a model: what stands in it is what the model has."""
        return SAVED in self.data

    def own_section(self, path: Path) -> bool:
        """Whether a mapping at an open top level may be a section of the script's own, whatever its name."""
        return len(path) == 1 and not self.closed and self.dialect.name == "trainer"

    def misnamed(self, parameter: str) -> bool:
        """Whether the file sets the parameter under a name of another version, which is a finding of its own."""
        surface = self.dialect.surfaces[ARGS]
        for unknown in self.unknown:
            known = catalog.history(surface, str(unknown.path[-1]))
            if known is not None and known.renamed_to == parameter:
                return True
        return False

    def data_path(self, parameter: str) -> str | None:
        """A path of the data section; null, "" and the text "none" all say that there is none."""
        value = self.written(parameter, role=DATA)
        return value if isinstance(value, str) and value.lower() not in ("", "none", "null") else None

    def gap(self, path: Path) -> str | None:
        """How the versions that are known lie to the wanted one, for what a key is held against: as `Found.gap`."""
        if not self.gaps:
            return None
        while path and path not in self.paths and all(path != unknown.path for unknown in self.unknown):
            path = path[:-1]
        roles = {target.role for target in self.paths.get(path, ())}
        roles.update(role for unknown in self.unknown if unknown.path == path for role in unknown.section.roles)
        libraries = {self.dialect.surfaces[role].partition(".")[0] for role in roles if role in self.dialect.surfaces}
        # gliner's arguments are transformers' with its own beside them
        libraries |= {"transformers"} if ARGS in roles else set()
        found = {self.gaps.get(name) for name in libraries}
        return next((gap for gap in (BEFORE, BETWEEN) if gap in found), None)

    @property
    def plan(self) -> Plan:
        """What follows from the values, resolved once."""
        if self._plan is None:
            from .plan import resolve

            self._plan = resolve(self, layer=self.layer)
        return self._plan

    @property
    def structural(self) -> tuple[Violation, ...]:
        """Every value that the schema of its parameter refuses, in the order of the file."""
        if self._structural is None:
            from ..schemas.validate import violations

            found: dict[tuple[Path, str], Violation] = {}
            for path, targets in self.paths.items():
                for target in targets if not is_unknown(self.settings_value(path)) else ():
                    parameter = self.parameter(target.parameter, target.role)
                    if parameter is None:
                        continue
                    for inner, keyword, detail in violations(parameter.schema, self.settings_value(path)):
                        found.setdefault((path + inner, keyword), Violation(path + inner, keyword, detail, target))
            self._structural = tuple(found.values())
        return self._structural

    def settings_value(self, path: Path) -> Any:
        """The value at a path of the file's data."""
        value: Any = self.data
        for part in path:
            value = value[part]
        return value

    def bound(self) -> Iterator[tuple[Path, tuple[Target, ...]]]:
        """Every key that is bound, in the order of the file."""
        yield from self.paths.items()


def path_names(path: Path) -> tuple[str, ...]:
    """A path that holds mapping keys alone, as names."""
    return tuple(str(part) for part in path)
