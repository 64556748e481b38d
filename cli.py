"""The command line: wires the rooms together and computes nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

USAGE, INTERNAL, INTERRUPTED = 2, 3, 130


class UsageError(Exception):
    """What the user asked cannot be done as asked: one line on stderr, exit code 2."""


def run(argv: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing is raised but argparse's SystemExit of --help."""
    words = list(argv)
    if words and words[0] in ("-h", "--help", "help"):
        print(_overview())
        return 0
    if words and words[0] in ("-V", "--version"):
        print(f"gliner-audit {_version()}")
        return 0
    name = words.pop(0) if words and words[0] in COMMANDS else "check"
    what, add_arguments, command = COMMANDS[name]
    from .audit.project.settings import SettingsError
    from .audit.project.walk import NoSuchPath
    from .rules.baseline import BaselineError

    try:
        return command(_parser(name, what, add_arguments).parse_args(words))
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


def _parser(name: str, what: str, add_arguments: Callable[[ArgumentParser], None]) -> ArgumentParser:
    from argparse import ArgumentParser

    class Parser(ArgumentParser):
        def error(self, message: str) -> NoReturn:
            raise UsageError(f"{message} (see gliner-audit {name} --help)")

    parser = Parser(prog=f"gliner-audit {name}", description=what, allow_abbrev=False)
    add_arguments(parser)
    return parser


def _overview() -> str:
    lines = ["usage: gliner-audit [COMMAND] ...", "", "Config linter and static auditor for model training.", ""]
    lines += [f"  {name:<9} {what}" for name, (what, _, _) in COMMANDS.items()]
    lines += ["", "gliner-audit PATH... is short for gliner-audit check PATH...; COMMAND --help says more."]
    return "\n".join(lines)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("gliner-audit")
    except PackageNotFoundError:
        return "0+unknown"


def _write(text: str, output: str | None) -> None:
    """Print a text, or write it to a file at once and whole."""
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    from .audit.documents.edit import write_atomic

    try:
        write_atomic(output, text)
    except OSError as error:
        raise UsageError(f"cannot write {output}: {error.strerror or error}") from None


def _pairs(items: Sequence[str]) -> dict[str, str]:
    """`--with PKG==VER` as a mapping."""
    from .rules.session import DISTRIBUTIONS
    from .schemas.versions import key

    found = {}
    for item in items:
        name, sign, version = item.partition("==")
        if not sign or name not in DISTRIBUTIONS:
            raise UsageError(f"--with takes PKG==VERSION with PKG one of {', '.join(DISTRIBUTIONS)}, not {item!r}")
        try:
            key(version)
        except ValueError:
            raise UsageError(f"--with {item}: {version!r} is no version") from None
        found[name] = version
    return found


def _add_against(parser: ArgumentParser) -> None:
    parser.add_argument("--with", dest="given", action="append", default=[], metavar="PKG==VER", help="lint against it")
    parser.add_argument("--dialect", help="take the config for one of this shape: every key must be the library's")
    parser.add_argument("--config", metavar="FILE", help="settings file instead of the nearest upward")


def _add_check(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="configs, scripts, folders, or - for stdin")
    _add_against(parser)
    parser.add_argument("--format", default="terminal", help="terminal, concise, json, sarif, github, gitlab or junit")
    parser.add_argument("--output", metavar="FILE", help="write the report there")
    parser.add_argument("--fail-on", choices=("error", "warning", "advice"), help="exit 1 from this severity on")
    parser.add_argument("--select", action="append", default=[], metavar="RULES", help="only these rules (name or id)")
    parser.add_argument("--ignore", action="append", default=[], metavar="RULES", help="not these rules")
    parser.add_argument("--trainer", action="append", default=[], metavar="SCRIPT", help="hold configs against it")
    parser.add_argument("--loader", choices=("pyyaml", "yaml12", "cast"), help="how the trainer reads text numbers")
    parser.add_argument("--fix", action="store_true", help="apply safe fixes")
    parser.add_argument("--unsafe-fixes", action="store_true", help="apply unsafe fixes too")
    parser.add_argument("--diff", action="store_true", help="show the fixes as a diff, write nothing")
    parser.add_argument("--baseline", metavar="FILE", help="live with the findings of this file")
    parser.add_argument("--write-baseline", metavar="FILE", help="write today's findings there and exit 0")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="processes (default: by the number of files)")
    parser.add_argument("--stdin-filename", metavar="NAME", help="what stdin is called")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    parser.add_argument("--verbose", action="store_true", help="list what the summary counts")


def _check(options: Namespace) -> int:
    from .report.formats import FORMATS, render
    from .rules.check import Request, check

    if options.format not in FORMATS:
        raise UsageError(f"no format {options.format!r}: there are {', '.join(FORMATS)}")
    request = Request(
        paths=tuple(options.paths) or (".",),
        given=_pairs(options.given),
        select=_names(options.select),
        ignore=_names(options.ignore),
        stdin=sys.stdin.buffer.read() if "-" in options.paths else None,
        stdin_name=options.stdin_filename,
        settings_file=options.config,
        trainer=tuple(options.trainer),
        **{
            name: getattr(options, name)
            for name in ("dialect", "fail_on", "loader", "fix", "unsafe_fixes", "diff", "baseline", "jobs")
        },
    )
    result = check(request)
    for note in result.notes:
        print(f"gliner-audit: {note}", file=sys.stderr)
    if options.write_baseline:
        from .rules.baseline import write

        _write(write(result.outcome.findings), options.write_baseline)
        return 0
    if result.diff is not None:
        _write(result.diff, options.output)
    else:
        _write(render(options.format, result.outcome, _shown(options)), options.output)
    return result.code


def _names(items: Sequence[str]) -> tuple[str, ...]:
    """`--select a,b --select c` as names; an unknown one is a usage error with the nearest known one."""
    from .rules.session import resolve_rules

    names = tuple(name.strip() for item in items for name in item.split(",") if name.strip())
    _, unknown = resolve_rules(names)
    if unknown:
        raise UsageError(f"no rule {unknown[0]!r}{_did_you_mean(unknown[0])}; `gliner-audit rules` lists all")
    return names


def _did_you_mean(name: str) -> str:
    from .rules.index import NAMES
    from .rules.keys._nearest import nearest

    slip = nearest(name, NAMES)
    return f", did you mean {slip!r}?" if slip else ""


def _shown(options: Namespace) -> Any:
    from .report.options import Options, RuleText
    from .rules.check import stand_in

    def describe(name: str) -> RuleText | None:
        from .rules.explain import address, named, page

        rule = named(name)
        return None if rule is None else RuleText(rule.summary, page(rule), address(rule.name))

    from .report.paint import wants_color

    terminal = options.output is None and sys.stdout.isatty()
    color = options.output is None and wants_color(options.color, sys.stdout, os.environ)
    width = os.get_terminal_size().columns if terminal else 120
    named = _version() if options.format in ("json", "sarif", "gitlab", "junit") else "0"
    return Options(named, color, width, options.verbose, describe, stand_in)


def _add_rules(parser: ArgumentParser) -> None:
    parser.add_argument("--format", choices=("terminal", "json"), default="terminal")


def _rules(options: Namespace) -> int:
    from .rules.explain import rows

    found = rows()
    if options.format == "json":
        import json

        _write(json.dumps([row._asdict() for row in found], indent=2) + "\n", None)
    else:
        wide = max(len(row.name) for row in found)
        _write("".join(f"{row.id}  {row.name:<{wide}}  {row.severity:<7}  {row.summary}\n" for row in found), None)
    return 0


def _add_explain(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="RULE-or-KEY", help="a rule's name or id, or the name of a key")
    parser.add_argument("--with", dest="given", action="append", default=[], metavar="PKG==VER")


def _explain(options: Namespace) -> int:
    from .report.explain import key_page
    from .rules.explain import named, page

    rule = named(options.name)
    text = page(rule) if rule is not None else key_page(options.name, _pairs(options.given))
    if text is None:
        raise UsageError(f"neither a rule nor a key: {options.name!r}{_did_you_mean(options.name)}")
    _write(text, None)
    return 0


def _add_schema(parser: ArgumentParser) -> None:
    parser.add_argument("surface", nargs="?", help="a surface such as peft.LoraConfig, or a dialect; none lists all")
    parser.add_argument("--with", dest="given", action="append", default=[], metavar="PKG==VER")
    parser.add_argument("--draft-07", action="store_true", help="for editors that know no newer draft")
    parser.add_argument("--output", metavar="FILE")


def _schema(options: Namespace) -> int:
    from .report.schema import listing, schema_text

    given = _pairs(options.given)
    text = listing(given) if options.surface is None else schema_text(options.surface, given, options.draft_07)
    if text is None:
        raise UsageError(f"no surface or dialect {options.surface!r}; `gliner-audit schema` lists them")
    _write(text, options.output)
    return 0


def _add_plan(parser: ArgumentParser) -> None:
    parser.add_argument("config_path", metavar="CFG")
    _add_against(parser)
    parser.add_argument("--examples", type=int, metavar="N", help="training examples, for steps per epoch")
    parser.add_argument("--world-size", type=int, default=1, metavar="N", help="processes that train")
    parser.add_argument("--all", action="store_true", help="defaults too, not only what the file decides")
    parser.add_argument("--format", choices=("terminal", "json"), default="terminal")
    parser.add_argument("--output", metavar="FILE")


def _plan(options: Namespace) -> int:
    from .report.plan import json_text, table
    from .rules.check import NotAConfig, plan_of

    try:
        plan = plan_of(
            options.config_path,
            given=_pairs(options.given),
            dialect=options.dialect,
            settings_file=options.config,
            examples=options.examples,
            world_size=options.world_size,
        )
    except NotAConfig as error:
        raise UsageError(str(error)) from None
    _write(json_text(plan) if options.format == "json" else table(plan, every=options.all), options.output)
    return 0


def _add_flow(parser: ArgumentParser) -> None:
    parser.add_argument("script", metavar="SCRIPT[:FUNC]", help="training code, and the function to start from")
    parser.add_argument("key", nargs="?", metavar="KEY", help="only this key, in full")
    parser.add_argument("--config", dest="configs", action="append", default=[], metavar="CFG", help="a config of it")
    parser.add_argument("--with", dest="given", action="append", default=[], metavar="PKG==VER")
    parser.add_argument("--format", choices=("terminal", "json"), default="terminal")
    parser.add_argument("--output", metavar="FILE")


def _flow(options: Namespace) -> int:
    from .report.flow import json_text, passport, table
    from .rules.flow_of import NoSuchKey, NotTraced, flow_of

    path, _, entry = options.script.rpartition(":") if ":" in options.script else (options.script, "", "")
    try:
        flow, against = flow_of(path, entry or None, options.configs, options.key, _pairs(options.given))
    except (NotTraced, NoSuchKey) as error:
        raise UsageError(str(error)) from None
    if options.format == "json":
        text = json_text(flow, against, options.key)
    else:
        text = passport(flow, options.key) if options.key else table(flow, against)
    _write(text, options.output)
    return 0


# command: (what it does, its arguments, its work)
COMMANDS: dict[str, tuple[str, Callable[[ArgumentParser], None], Callable[[Namespace], int]]] = {
    "check": ("lint configs and audit training code (the default)", _add_check, _check),
    "flow": ("the passport of every key of a training script, from the config to the library", _add_flow, _flow),
    "plan": ("the effective values of a config, their sources, and what follows from them", _add_plan, _plan),
    "schema": ("the JSON Schema of a library surface or of a dialect", _add_schema, _schema),
    "rules": ("every rule on one line", _add_rules, _rules),
    "explain": ("a rule's page, or what is known of a key", _add_explain, _explain),
}
