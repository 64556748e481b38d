"""What no reading of a config can know: raises that hang on the device, the packages, the network or the files here.

Frozen before the rules were written; a raise that matches a row is counted apart and judges nobody.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple


class Exclusion(NamedTuple):
    """A row matches when `errors` (one of these classes) and `message` (a pattern, searched) match what was raised."""

    because: str
    errors: tuple[str, ...]
    message: str


_IMPORT = ("ImportError", "ModuleNotFoundError", "PackageNotFoundError")
_HUB = ("LocalEntryNotFoundError", "OfflineModeIsEnabled", "RepositoryNotFoundError", "LocalTokenNotFoundError")
_NET = ("ConnectError", "ConnectionError", "HfHubHTTPError", "HFValidationError")

EXCLUDED = (
    Exclusion(
        "device: bf16 and tf32 ask for a CUDA card, and there is none here",
        ("ValueError",),
        r"doesn't support bf16/gpu|--tf32 requires Ampere",
    ),
    Exclusion(
        "device: the optimizer or kernel exists only on an accelerator",
        (*_IMPORT, "RuntimeError", "ValueError", "NotImplementedError", "AssertionError"),
        r"(?i)(?:require|need|only|support|compiled|available|import).{0,60}\b(?:cuda|npu|xla|xpu|hpu|gpu|accelerator)\b"
        r"|\b(?:torch_npu|torch_xla|cuda)\b.{0,40}(?:not|no) ",
    ),
    Exclusion(
        "package: an optional package is not installed here",
        (*_IMPORT, "RuntimeError", "ValueError"),
        r"(?i)not installed|not available|pip install|No module named|need to (?:install|have)|to be installed"
        r"|please install|distribution was not found|could(?:n't| not) import",
    ),
    Exclusion("network: the hub is not reachable here", (*_HUB, *_NET), r""),
    Exclusion("network: the hub is not reachable here", ("OSError",), r"(?i)huggingface\.co|offline|local folder"),
    Exclusion(
        "files: the value is taken for a path that does not exist here",
        ("FileNotFoundError", "OSError", "ValueError", "IsADirectoryError"),
        r"(?i)no such file|Can't find a valid checkpoint|does not exist|is a directory",
    ),
    Exclusion(
        "processes: the value is for a launch with several ranks",
        ("ValueError", "RuntimeError"),
        r"(?i)environment variable|default process group|init_process_group|only works in distributed",
    ),
    Exclusion(
        "model: the config does not say which model it is for",
        ("NoMatchingPeftModuleError", "AttributeError", "ValueError"),
        r"(?i)not found in the base model|No modules were targeted|prepare_inputs_for_generation"
        r"|matches neither A nor B",
    ),
    Exclusion("resources: time or memory of this machine ran out", ("Lost", "MemoryError"), r""),
    Exclusion("resources: time or memory of this machine ran out", ("RuntimeError",), r"(?i)allocate|start new thread"),
)

WORKERS = 4


def exclusion(result: dict[str, Any]) -> str | None:
    """Why a raise judges nobody, or None when it counts. An enum's list of its members excludes nothing."""
    if "error" not in result or " is not a valid " in result["message"]:
        return None
    for row in EXCLUDED:
        if result["error"] in row.errors and re.search(row.message, result["message"]):
            return row.because
    return None


def not_run(values: dict[str, Any]) -> str | None:
    """Why a config is not run past its construction, or None: compilers and process pools cost minutes here."""
    modes = [key for key in ("torch_compile_mode", "torch_compile_backend") if values.get(key) is not None]
    if modes or values.get("torch_compile"):
        return "it starts a compiler"
    workers = values.get("dataloader_num_workers")
    return "it asks for many worker processes" if isinstance(workers, (int, float)) and workers > WORKERS else None
