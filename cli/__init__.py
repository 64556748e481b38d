"""The command line: wires the rooms together and computes nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from .shared import UsageError, version

if TYPE_CHECKING:
    from argparse import ArgumentParser

USAGE, INTERNAL, INTERRUPTED = 2, 3, 130
# command: (module, what it does); the module holds the command and, as add_COMMAND, its arguments.
COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("check", "lint configs and audit training code (the default)"),
    "flow": ("look", "the passport of every key of a training script, from the config to the library"),
    "plan": ("look", "the effective values of a config, their sources, and what follows from them"),
    "diff": ("look", "two configs, git revisions or versions: what changes in the plan and in the findings"),
    "run": ("training", "lint, check the data, plan, rehearse, train, and leave a receipt"),
    "receipt": ("training", "show, verify or compare what runs left behind"),
    "init": ("training", "write a commented config to start from"),
    "schema": ("look", "the JSON Schema of a library surface or of a dialect"),
    "rules": ("look", "every rule on one line"),
    "explain": ("look", "a rule's page, or what is known of a key"),
}


def run(argv: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing is raised but argparse's SystemExit of --help."""
    words = list(argv)
    if words and words[0] in ("-h", "--help", "help"):
        print(_overview())
        return 0
    if words and words[0] in ("-V", "--version"):
        print(f"gliner-audit {version()}")
        return 0
    name = words.pop(0) if words and words[0] in COMMANDS else "check"
    module = import_module(f".{COMMANDS[name][0]}", __package__)
    from ..audit.project.settings import SettingsError
    from ..audit.project.walk import NoSuchPath
    from ..rules.baseline import BaselineError

    try:
        code: int = getattr(module, name)(_parser(name, getattr(module, f"add_{name}")).parse_args(words))
        return code
    except (UsageError, SettingsError, NoSuchPath, BaselineError) as error:
        print(f"gliner-audit: {error}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _internal(error)


def _internal(error: Exception) -> int:
    """Our own fault, in one line; the traceback only when it is asked for."""
    if os.environ.get("GLINER_AUDIT_TRACEBACK"):
        import traceback

        traceback.print_exc()
    print(
        f"gliner-audit: internal error: {type(error).__name__}: {error}\n"
        "Set GLINER_AUDIT_TRACEBACK=1 for the traceback, and please report it.",
        file=sys.stderr,
    )
    return INTERNAL


def _parser(name: str, add_arguments: Callable[[ArgumentParser], None]) -> ArgumentParser:
    from argparse import ArgumentParser

    class Parser(ArgumentParser):
        def error(self, message: str) -> NoReturn:
            raise UsageError(f"{message} (see gliner-audit {name} --help)")

    parser = Parser(prog=f"gliner-audit {name}", description=COMMANDS[name][1], allow_abbrev=False)
    add_arguments(parser)
    return parser


def _overview() -> str:
    lines = ["usage: gliner-audit [COMMAND] ...", "", "Config linter and static auditor for model training.", ""]
    lines += [f"  {name:<9} {what}" for name, (_, what) in COMMANDS.items()]
    lines += ["", "gliner-audit PATH... is short for gliner-audit check PATH...; COMMAND --help says more."]
    return "\n".join(lines)
