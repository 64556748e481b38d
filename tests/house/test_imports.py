"""Data flows downhill: rooms import one way, and only the runner imports the training libraries."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("schemas", "audit", "rules", "report", "runner", "cli")
MAY_IMPORT = {
    "schemas": set(),
    "audit": {"schemas"},
    "rules": {"schemas", "audit"},
    "report": {"schemas", "audit", "rules"},
    "runner": {"schemas", "audit", "rules"},
    "cli": {"schemas", "audit", "rules", "report", "runner"},
}
TRAINING = {"torch", "transformers", "gliner", "peft", "accelerate", "pydantic"}
MOST_LINES = 400


def files(project: Path, room: str) -> Iterator[Path]:
    yield from sorted((project / room).rglob("*.py"))


def imports(project: Path, path: Path) -> Iterator[tuple[str, int]]:
    """Every imported module as an absolute name, with its line; rooms as `gliner_audit.room`."""
    package = ("gliner_audit", *path.relative_to(project).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            head = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*head, *((node.module or "").split(".") if node.module else ())))
            yield base, node.lineno
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def test_rooms_import_one_way(project: Path) -> None:
    wrong = []
    for room in ROOMS:
        for path in files(project, room):
            for name, line in imports(project, path):
                parts = name.split(".")
                other = parts[1] if parts[0] == "gliner_audit" and len(parts) > 1 else room
                if other in ROOMS and other != room and other not in MAY_IMPORT[room]:
                    wrong.append(f"{path.relative_to(project)}:{line} imports {name}")
    assert wrong == []


def test_only_the_runner_imports_the_training_libraries(project: Path) -> None:
    wrong = []
    for room in (room for room in ROOMS if room != "runner"):
        for path in files(project, room):
            for name, line in imports(project, path):
                if name.split(".")[0] in TRAINING:
                    wrong.append(f"{path.relative_to(project)}:{line} imports {name}")
    assert wrong == []


def test_no_file_is_long(project: Path) -> None:
    lengths = {
        path.relative_to(project): len(path.read_text(encoding="utf-8").splitlines())
        for room in ROOMS
        for path in files(project, room)
    }
    assert {path: length for path, length in lengths.items() if length > MOST_LINES} == {}
