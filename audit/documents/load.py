"""Loading: bytes or text of any quality become a Document; what is wrong becomes problems, never an exception."""

from __future__ import annotations

import os

from .document import Document, Problem
from .node import Source, Span

_FORMATS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".toml": "toml"}
_SAVE_AS = "Save it as UTF-8: the training code opens it as text, and that fails."
_BINARY_HEAD = 8192  # bytes looked at for a NUL; git decides by the same means


def format_of(path: str) -> str:
    """The format that a file name promises; YAML when it promises nothing."""
    return _FORMATS.get(os.path.splitext(path)[1].lower(), "yaml")


def read(path: str, name: str | None = None, *, core: bool = False) -> Document:
    """Load a file; `name` is the path that the document shows. An unreadable file is a document with that problem."""
    try:
        with open(path, "rb") as stream:
            text = stream.read()
    except OSError as error:
        problem = Problem("unreadable", f"Cannot read the file: {error.strerror or error}", Span(1, 1, 1, 1))
        return _broken(name or path, format_of(path), "", problem)
    return load(name or path, text, core=core)


def load(path: str, text: bytes | str, format: str | None = None, *, core: bool = False) -> Document:
    """Load a config from its text. `format` is "yaml", "json" or "toml"; without it, the name of the path decides.

    YAML is read as `yaml.safe_load` reads it (PyYAML, YAML 1.1), or with `core` by YAML 1.2's core schema; JSON as
    `json.loads`, TOML as `tomllib.loads`.
    """
    format = format or format_of(path)
    if isinstance(text, bytes):
        decoded = _decode(text)
        if isinstance(decoded, Problem):
            return _broken(path, format, text.decode("utf-8", "replace"), decoded)
        text = decoded
    text = text.removeprefix("\ufeff")
    if format == "yaml":
        from .yaml_reader import read_yaml

        return read_yaml(path, text, core=core)
    if format == "json":
        from .json_reader import read_json

        return read_json(path, text)
    if format == "toml":
        from .toml_reader import read_toml

        return read_toml(path, text)
    raise ValueError(f"no such format: {format}")


def _decode(content: bytes) -> str | Problem:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Problem("not-utf8", "The file is UTF-16, not UTF-8", Span(1, 1, 1, 1), _SAVE_AS)
    if b"\0" in content[:_BINARY_HEAD]:
        return Problem("binary", "The file is binary, not a text", Span(1, 1, 1, 1))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        span = Source(before + "?").span(len(before), len(before) + 1)
        message = f"The file is not UTF-8: byte 0x{content[error.start]:02x} ({error.reason})"
        return Problem("not-utf8", message, span, _SAVE_AS)


def _broken(path: str, format: str, text: str, problem: Problem) -> Document:
    return Document(path, format, Source(text), None, (problem,), False)
