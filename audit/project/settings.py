"""Settings: `[tool.gliner-audit]` of pyproject.toml, or gliner-audit.toml; the nearest upward wins, and wins alone."""

import os
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from .root import read_text, upward

OWN_FILE: Final = "gliner-audit.toml"
SHARED_FILE: Final = "pyproject.toml"
TABLE: Final = "tool.gliner-audit"

LEVELS: Final = ("error", "warning", "advice")
LOADERS: Final = ("pyyaml", "yaml12", "cast")


class Settings(NamedTuple):
    """What the settings file says; every field has the value of its command-line option when the file is silent.

    `file` is the settings file, or None; `trainer` and `baseline` are relative to its folder, as are the globs of
    `exclude` and `dialect`. `with_` maps distributions to versions, `severity` rules (id or name) to a level or "off".
    """

    file: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    trainer: tuple[str, ...] = ()
    with_: Mapping[str, str] = {}
    dialect: Mapping[str, str] = {}
    loader: str | None = None
    exclude: tuple[str, ...] = ()
    baseline: str | None = None
    severity: Mapping[str, str] = {}

    @property
    def folder(self) -> str:
        """The folder that relative paths are relative to."""
        return os.path.dirname(self.file) if self.file else os.getcwd()


class SettingsError(ValueError):
    """The settings cannot be used: one line that names the file, the line, the setting and what would be right."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.file = file
        self.line = line
        self.message = message


_NAMES, _TEXT, _TABLE = "a list of texts", "a text", "a table of texts"
_KINDS: Final[Mapping[str, str]] = {
    "select": _NAMES,
    "ignore": _NAMES,
    "fail-on": _TEXT,
    "trainer": _NAMES,
    "with": _TABLE,
    "dialect": _TABLE,
    "loader": _TEXT,
    "exclude": _NAMES,
    "baseline": _TEXT,
    "severity": _TABLE,
}
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "fail-on": LEVELS,
    "loader": LOADERS,
    "severity": (*LEVELS, "off"),
}


def find_settings(folder: str = ".") -> Settings:
    """The settings for a folder: the nearest file upward, not beyond the repository root. Raises SettingsError."""
    for place in upward(folder):
        own = os.path.join(place, OWN_FILE)
        if os.path.isfile(own):
            return read_settings(own)
        shared = os.path.join(place, SHARED_FILE)
        text = read_text(shared)
        if text is not None and "gliner-audit" in text:
            found = _read(shared, text)
            if found is not None:
                return found
    return Settings()


def read_settings(file: str) -> Settings:
    """The settings of one file, named by the user. Raises SettingsError, also when the file cannot be read."""
    text = read_text(file)
    if text is None:
        raise SettingsError(_shown(file), 1, "cannot read the settings")
    return _read(file, text) or Settings(file)


def _read(file: str, text: str) -> Settings | None:
    """The settings in a text; None when pyproject.toml has no such table."""
    from ..documents import load

    document = load(file, text, "toml")
    shared = os.path.basename(file) == SHARED_FILE
    if not document.loads:
        problem = document.problems[0]
        raise SettingsError(_shown(file), problem.span.line, problem.message)
    table = document.node(("tool", "gliner-audit") if shared else ())
    if table is None:
        return None
    if not isinstance(table.value, dict):
        raise SettingsError(_shown(file), table.span.line, f"{TABLE} is a table")
    fields: dict[str, Any] = {}
    for name, node in table.items():
        line = (node.key_span or node.span).line
        fields[str(name)] = _checked(_shown(file), line, str(name), node.value)
    return Settings(os.path.abspath(file), **{_field(name): value for name, value in fields.items()})


def _field(name: str) -> str:
    return "with_" if name == "with" else name.replace("-", "_")


def _checked(file: str, line: int, name: str, value: Any) -> Any:
    """A setting in the type of its field. Raises SettingsError."""
    kind = _KINDS.get(name)
    if kind is None:
        near = _nearest(name, tuple(_KINDS))
        hint = f"did you mean `{near}`?" if near else f"there are {', '.join(_KINDS)}"
        raise SettingsError(file, line, f"no setting is called `{name}`: {hint}")
    if name == "trainer" and isinstance(value, str):
        value = [value]
    if not _fits(kind, value):
        raise SettingsError(file, line, f"`{name}` is {kind}, not {value!r}")
    choices = _CHOICES.get(name, ())
    for chosen in (value.values() if kind == _TABLE else (value,)) if choices else ():
        if chosen not in choices:
            near = _nearest(str(chosen), choices)
            hint = f"; did you mean `{near}`?" if near else ""
            raise SettingsError(file, line, f"`{name}` takes {', '.join(choices)}, not {chosen!r}{hint}")
    if name == "with":
        _check_versions(file, line, value)
    return tuple(value) if kind == _NAMES else value


def _fits(kind: str, value: Any) -> bool:
    if kind == _NAMES:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind == _TABLE:
        return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    return isinstance(value, str)


def _check_versions(file: str, line: int, table: Mapping[str, str]) -> None:
    from .requirement import is_version

    for distribution, version in table.items():
        if not is_version(version):
            raise SettingsError(file, line, f"`with`: {version!r} is no version of {distribution}")


def _nearest(name: str, known: tuple[str, ...]) -> str | None:
    import difflib

    found = difflib.get_close_matches(name.replace("_", "-"), known, 1)
    return found[0] if found else None


def _shown(file: str) -> str:
    """The file as messages name it: relative to the working folder where it lies below it."""
    relative = os.path.relpath(file)
    return (file if relative.startswith("..") else relative).replace(os.sep, "/")
