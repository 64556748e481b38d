"""run, init, receipt and diff: the commands around training."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from .shared import UsageError, pairs, write

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_run(parser: ArgumentParser) -> None:
    """The arguments of `run`."""
    parser.add_argument("path", metavar="CFG", help="a GLiNER config")
    parser.add_argument("--set", dest="overrides", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("--output-dir", metavar="DIR", help="instead of data.root_dir")
    parser.add_argument(
        "--dry-run", nargs="?", const="plan", choices=("plan", "full"), help="stop before training; full also rehearses"
    )
    parser.add_argument("--resume", action="store_true", help="go on from the last whole checkpoint, to the bit")
    parser.add_argument("--force", action="store_true", help="resume though config, data, versions or ranks changed")
    parser.add_argument("--plain-stream", action="store_true", help="draw random numbers as plain Trainer does")
    parser.add_argument("--no-rehearsal", action="store_true", help="do not try the largest batch first")
    parser.add_argument("--allow-lossy-data", action="store_true", help="train though entities are lost")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto")
    parser.add_argument("--skipped-batches", type=int, default=0, metavar="N", help="batches that memory may cost")
    parser.add_argument("--nproc", type=int, default=1, metavar="N", help="processes on this machine")
    parser.add_argument("--nnodes", default="1", metavar="N", help="machines, as torchrun takes them")
    parser.add_argument("--rdzv-endpoint", metavar="HOST:PORT", help="where the machines meet")
    parser.add_argument("--with", dest="given", action="append", default=[], metavar="PKG==VER", help="lint against it")


def run(options: Namespace) -> int:
    """Lint, data check, plan, rehearsal, training, receipt."""
    import os

    if not os.path.isfile(options.path):
        raise UsageError(f"{options.path}: no such file")
    from ..runner.command import RunRequest, Shown, run
    from ..runner.errors import RunError
    from ..runner.plan_types import RunOptions

    run_options = RunOptions(
        device=options.device,
        resume=options.resume,
        force=options.force,
        exact_resume=not options.plain_stream,
        rehearse=not options.no_rehearsal,
        skipped_batches=options.skipped_batches,
        nproc=options.nproc,
        nnodes=options.nnodes,
        rdzv_endpoint=options.rdzv_endpoint,
    )
    request = RunRequest(
        options.path,
        pairs(options.given),
        tuple(options.overrides),
        options.output_dir,
        options.dry_run or "no",
        options.allow_lossy_data,
        run_options,
    )
    try:
        return run(request, Shown(_findings, _data, _plan))
    except RunError as error:
        print(f"gliner-audit: {error}", file=sys.stderr)
        return error.code


def _findings(outcome: Any) -> None:
    from ..report.formats import render
    from ..report.options import Options

    write(render("terminal", outcome, Options()), None)


def _data(report: Any) -> None:
    from ..report.datacheck import data_check

    write(data_check(report.to_json(), color=_color()), None)


def _plan(plan: Any, others: Any) -> None:
    from ..report.plan import elsewhere, table

    write(table(plan) + "\n" + elsewhere(others) + "\n", None)


def add_init(parser: ArgumentParser) -> None:
    """The arguments of `init`."""
    parser.add_argument("path", nargs="?", default="gliner.yaml", metavar="CFG", help="default: gliner.yaml")
    parser.add_argument("--tiny", action="store_true", help="with a small encoder and data: trains offline in a minute")
    parser.add_argument("--force", action="store_true", help="write over what is there")


def init(options: Namespace) -> int:
    """Write a commented config to start from."""
    from ..runner.errors import RunError
    from ..runner.start import write_config

    try:
        written = write_config(options.path, tiny=options.tiny, force=options.force)
    except RunError as error:
        raise UsageError(str(error)) from None
    for path in written:
        print(f"wrote {path}")
    print(f"next: gliner-audit run {options.path}" if options.tiny else f"next: edit {options.path}")
    return 0


def add_receipt(parser: ArgumentParser) -> None:
    """The arguments of `receipt`."""
    parser.add_argument("what", choices=("show", "verify", "diff"))
    parser.add_argument("paths", nargs="+", metavar="RECEIPT", help="a receipt, or the folder that holds it")
    parser.add_argument("--format", choices=("terminal", "json"), default="terminal")


def receipt(options: Namespace) -> int:
    """Show, verify or compare receipts; verify and diff exit 1 when something does not hold or differs."""
    import json

    from ..report import receipt as shown
    from ..runner.receipt.compare import compare
    from ..runner.receipt.verify import ReceiptError, holds, read, verify

    wanted = 2 if options.what == "diff" else 1
    if len(options.paths) != wanted:
        raise UsageError(f"receipt {options.what} takes {wanted} receipt{'s' if wanted > 1 else ''}")
    try:
        if options.what == "verify":
            rows = verify(options.paths[0])
            write(shown.verified(rows, color=_color()), None)
            return 0 if holds(rows) else 1
        trees = [read(path) for path in options.paths]
    except ReceiptError as error:
        raise UsageError(str(error)) from None
    if options.what == "show":
        text = (
            json.dumps(trees[0], indent=2) + "\n"
            if options.format == "json"
            else shown.receipt(trees[0], color=_color())
        )
        write(text, None)
        return 0
    differences = compare(*trees)
    write(shown.differences(differences, tuple(options.paths), color=_color()), None)
    return 1 if differences else 0


def _color() -> bool:
    import os

    from ..report.paint import wants_color

    return wants_color("auto", sys.stdout, os.environ)
