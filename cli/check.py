"""check: lint configs and audit training code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .shared import UsageError, add_against, did_you_mean, pairs, version, write

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_check(parser: ArgumentParser) -> None:
    """The arguments of `check`."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="configs, scripts, folders, or - for stdin")
    add_against(parser)
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


def check(options: Namespace) -> int:
    """Run a check and show it."""
    from ..report.formats import FORMATS, render
    from ..rules.check import Request
    from ..rules.check import check as run_check

    if options.format not in FORMATS:
        raise UsageError(f"no format {options.format!r}: there are {', '.join(FORMATS)}")
    request = Request(
        paths=tuple(options.paths) or (".",),
        given=pairs(options.given),
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
    if sys.stderr.isatty():
        from .progress import Bar

        with Bar(sys.stderr) as bar:
            result = run_check(request, bar)
    else:
        result = run_check(request)
    for note in result.notes:
        print(f"gliner-audit: {note}", file=sys.stderr)
    if options.write_baseline:
        from ..rules.baseline import write as baseline

        write(baseline(result.outcome.findings), options.write_baseline)
        return 0
    if result.diff is not None:
        write(result.diff, options.output)
    else:
        write(render(options.format, result.outcome, _shown(options)), options.output)
    return result.code


def _names(items: Sequence[str]) -> tuple[str, ...]:
    """`--select a,b --select c` as names; an unknown one is a usage error with the nearest known one."""
    from ..rules.session import resolve_rules

    names = tuple(name.strip() for item in items for name in item.split(",") if name.strip())
    _, unknown = resolve_rules(names)
    if unknown:
        raise UsageError(f"no rule {unknown[0]!r}{did_you_mean(unknown[0])}; `gliner-audit rules` lists all")
    return names


def _shown(options: Namespace) -> Any:
    from ..report.options import Options, RuleText
    from ..rules.check import stand_in

    def describe(name: str) -> RuleText | None:
        from ..rules.explain import address, named, page

        rule = named(name)
        return None if rule is None else RuleText(rule.summary, page(rule), address(rule.name))

    from ..report.paint import wants_color

    terminal = options.output is None and sys.stdout.isatty()
    color = options.output is None and wants_color(options.color, sys.stdout, os.environ)
    width = os.get_terminal_size().columns if terminal else 120
    named = version() if options.format in ("json", "sarif", "gitlab", "junit") else "0"
    return Options(named, color, width, options.verbose, describe, stand_in)
