"""Runs a snippet once, in this process, with the libraries stubbed, and gives back what it did."""

from __future__ import annotations

import builtins
import contextlib
import io
import logging
import os
import random
import shutil
import sys
import tempfile
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import record, stub_config, stub_libraries, stub_transformers
from .snippet import Snippet

_ROOTS = {"torch", "transformers", "trl", "gliner", "peft", "datasets", "wandb", "accelerate"}
_ROOTS |= {"omegaconf", "hydra", "fire"}


@contextlib.contextmanager
def _modules(folder: Path) -> Iterator[types.ModuleType]:
    """Stubs in, the folder first on the path, a fresh ``__main__``; all put back at the end."""
    local = {path.stem for path in folder.glob("*.py")} | {path.name for path in folder.iterdir() if path.is_dir()}
    saved = {n: m for n, m in sys.modules.items() if n.partition(".")[0] in _ROOTS | local | {"__main__"}}
    path, argv, cwd, env = list(sys.path), list(sys.argv), Path.cwd(), dict(os.environ)
    for name in saved:
        del sys.modules[name]
    main = types.ModuleType("__main__")
    main.__file__ = str(folder / "script.py")
    stubs = {**stub_transformers.modules(), **stub_libraries.modules(), **stub_config.modules()}
    sys.modules.update({**stubs, "__main__": main})
    sys.path.insert(0, str(folder))
    os.chdir(folder)
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield main
    finally:
        sys.dont_write_bytecode = bytecode
        os.chdir(cwd)
        sys.path[:], sys.argv[:] = path, argv
        os.environ.clear()
        os.environ.update(env)
        for name in [n for n in sys.modules if n.partition(".")[0] in _ROOTS | local | {"__main__"}]:
            del sys.modules[name]
        sys.modules.update(saved)


class _Text(io.StringIO):
    """What is printed is a log line; the object survives ``close``."""

    def close(self) -> None:
        return None


@contextlib.contextmanager
def _watched(folder: Path, seen: record.Recorder, quiet: set[str]) -> Iterator[None]:
    """Files opened (bar the config itself) and folders made are uses; log records and prints are log lines."""
    real_open, real_makedirs, real_mkdir = builtins.open, os.makedirs, Path.mkdir
    handler = logging.Handler()
    handler.emit = lambda record: seen.log(record.getMessage())  # type: ignore[method-assign]
    root = logging.getLogger()
    level, before = root.level, list(root.handlers)

    def watch(file: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(file, str | os.PathLike) and not str(file).endswith((".py", ".pem")):
            name = os.path.relpath(os.fspath(file), folder)
            if name not in quiet and not name.startswith("../"):
                seen.use("open", name)
        return real_open(file, *args, **kwargs)

    def makedirs(name: Any, *args: Any, **kwargs: Any) -> None:
        seen.use("os.makedirs", str(name))

    def mkdir(self: Path, *args: Any, **kwargs: Any) -> None:
        seen.use("os.makedirs", str(self))

    builtins.open, os.makedirs = watch, makedirs
    io_open, io.open = io.open, watch
    Path.mkdir = mkdir  # type: ignore[method-assign]
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    text = _Text()
    try:
        with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
            yield
    finally:
        builtins.open, os.makedirs, Path.mkdir = real_open, real_makedirs, real_mkdir  # type: ignore[method-assign]
        io.open = io_open
        root.handlers[:] = before
        root.setLevel(level)
        seen.logs += text.getvalue().splitlines()


def execute(snippet: Snippet, values: dict[str, Any]) -> record.Recorder:
    """Run ``snippet`` as ``__main__`` with ``values`` set over what it ships; an exception is kept by its name."""
    folder = Path(tempfile.mkdtemp(prefix="snippet-"))
    record.machine["cuda"] = bool(values.get("@cuda"))
    try:
        argv, env = snippet.materialise(folder, {key: value for key, value in values.items() if key != "@cuda"})
        quiet = {source["path"] for source in snippet.sources if source["kind"] == "file"}
        return run_script(folder, argv, env, quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_script(folder: Path, argv: list[str], env: dict[str, str], quiet: set[str]) -> record.Recorder:
    """Run ``folder``/script.py; ``env`` is the whole environment, ``quiet`` names files whose opening is no use."""
    seen = record.start()
    code = compile((folder / "script.py").read_text(), str(folder / "script.py"), "exec")
    with _modules(folder) as main:
        sys.argv[:] = ["script.py", *argv]
        os.environ.clear()
        os.environ.update({"PATH": "/usr/bin", "COLUMNS": "100", **env})
        before = dict(os.environ)
        random.seed(0)
        try:
            with _watched(folder, seen, quiet):
                exec(code, vars(main))
        except SystemExit as stop:
            if stop.code not in (None, 0):
                seen.error = "SystemExit"
        except Exception as error:
            seen.error = type(error).__name__
            seen.logs.append(str(error).replace(str(folder), ""))
        written = {name: value for name, value in os.environ.items() if before.get(name) != value}
    for name, value in written.items():
        seen.sink("os.environ", {name: value})
    seen.logs = [line.replace(str(folder), "") for line in seen.logs]
    return seen
