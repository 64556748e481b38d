"""`gliner-audit run` from the command line to the exit code: lint, data check, plan, rehearsal, training, receipt."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ..audit.config import RUNNER, Config
from ..audit.documents import Document, read
from ..audit.documents.override import OverrideError, override
from ..audit.plan import Plan, resolve
from ..audit.project.settings import find_settings
from ..rules.check import Desk, Request
from ..rules.finding import Outcome
from ..rules.session import check_document
from ..rules.tally import tally
from .datacheck import Report, Settings, check
from .datacheck.progress import bar
from .errors import REFUSED, USAGE, RunError
from .plan_types import RunOptions, RunPlan
from .planned import LAYER, against_train_model, environment, run_plan

REFUSED_BY_DATA: Final = 5


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What the command line asks. `dry` is "no", "plan" (no torch) or "full" (model and rehearsal, no training)."""

    path: str
    given: Mapping[str, str]
    overrides: tuple[str, ...] = ()
    output_dir: str | None = None
    dry: str = "no"
    allow_lossy_data: bool = False
    options: RunOptions = field(default_factory=RunOptions)


@dataclass(frozen=True, slots=True)
class Shown:
    """How the stages are shown. The command line gives its report's functions; `plan` takes the plan and the
    parameters for which train_model would have held another value, as (parameter, here, there)."""

    findings: Callable[[Outcome], None]
    data: Callable[[Report], None]
    plan: Callable[[Plan, list[tuple[str, Any, Any]]], None]


def run(request: RunRequest, shown: Shown) -> int:
    """Run a config; the exit code is that of DESIGN's table. Every stage that ends the run leaves a receipt."""
    from .receipt import Facts, Receipt

    document = _document(request)
    outcome, config = _lint(request, document)
    facts = Facts(document.path, document.text, outcome)
    first = int(os.environ.get("RANK", "0")) == 0
    if config is None or outcome.counts["errors"]:
        if first:
            shown.findings(outcome)
            Receipt(_folder(request, config), facts).refuse("refused: the lint found errors", REFUSED)
        return REFUSED
    os.environ.update(environment(config))
    try:
        plan = run_plan(config, request.output_dir)
        report = _data(plan) if first else None
    except RunError as error:
        if first:
            print(f"gliner-audit: {error}", file=sys.stderr)
            Receipt(_folder(request, config), facts).refuse(f"refused: {error}", error.code)
        return error.code
    resolved = resolve(config, layer=LAYER, examples=_examples(report), world_size=request.options.nproc)
    facts = replace(facts, data=report, plan=resolved, waived=_waived(request))
    receipt = Receipt(str(plan.data["output_dir"]), facts)
    if report is not None:
        shown.data(report)
        blocked = report.blocks(request.allow_lossy_data)
        if blocked:
            for line in blocked:
                print(f"gliner-audit: {line}", file=sys.stderr)
            receipt.refuse(f"refused by the data check: {blocked[0]}", REFUSED_BY_DATA)
            return REFUSED_BY_DATA
        shown.plan(resolved, against_train_model(config))
    if request.dry == "plan":
        return 0
    return _execute(request, plan, report, receipt)


def _document(request: RunRequest) -> Document:
    document = read(request.path)
    try:
        return override(document, request.overrides)
    except OverrideError as error:
        raise RunError(str(error), USAGE, "refused") from None


def _lint(request: RunRequest, document: Document) -> tuple[Outcome, Config | None]:
    """The lint against the runner itself: every key is the runner's, text numbers are cast."""
    settings = find_settings(os.path.dirname(request.path) or ".")
    desk = Desk(Request((request.path,), request.given, dialect="gliner"), settings)
    checked = check_document(document, desk.asked(request.path)._replace(trainer=RUNNER))
    counts = tally([checked.input], checked.findings, ())
    outcome = Outcome((checked.input,), checked.findings, (), counts, {document.path: document.text})
    return outcome, checked.linted.config


def _data(plan: RunPlan) -> Report:
    train, held_out = str(plan.data["train"]), plan.data.get("eval")
    for path in (train, held_out):
        if path is not None and not os.path.isfile(str(path)):
            raise RunError(f"{path}: no such data file", USAGE, "refused")
    from rich.console import Console

    evaluation = None if held_out is None else str(held_out)
    with bar(Console(stderr=True), train, evaluation) as progress:
        return check(train, evaluation, Settings.of(plan.model), progress)


def _waived(request: RunRequest) -> tuple[str, ...]:
    """What the user let pass, for the receipt."""
    flags = {"--allow-lossy-data": request.allow_lossy_data, "--force": request.options.force}
    return tuple(flag for flag, is_set in flags.items() if is_set)


def _examples(report: Report | None) -> int | None:
    splits = () if report is None else report.splits
    return next((split.examples for split in splits if split.role == "train"), None)


def _folder(request: RunRequest, config: Config | None) -> str | None:
    """Where a receipt of a refusal goes: the output folder, when the config names one."""
    root = request.output_dir or (config.data_path("root_dir") if config is not None else None)
    return None if root is None else os.path.expanduser(root)


def _execute(request: RunRequest, plan: RunPlan, report: Report | None, receipt: Any) -> int:
    from ..schemas import readers
    from .inert import proofs

    options = replace(
        request.options,
        inert=proofs(plan, readers),
        rehearse_only=request.dry == "full",
        digests={} if report is None else {split.file: split.sha256 for split in report.splits},
    )
    from rich.console import Console
    from transformers.utils import logging

    from .main import execute

    logging.disable_progress_bar()
    return execute(plan, options, receipt, Console())
