"""`gliner-audit run` once the config is linted and the plan stands: one call, one exit code, always a receipt."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import traceback
from pathlib import Path
from typing import Any

from . import device, hub, launch, resume, trackers
from .context import Run
from .errors import FINISHED, TRAINING, USAGE, Interrupted, OutOfMemory, RunError
from .plan_types import RunOptions, RunPlan
from .progress import Display
from .protocols import Exit, Progress, ReceiptWriter
from .signals import GRACE_SECONDS, Watch


def execute(plan: RunPlan, options: RunOptions, receipt: ReceiptWriter, console: Any) -> int:
    """Train as planned; returns the exit code (0, 1, 2, 6, 7, 130, 143). `console` is a rich console.

    `options.nproc` and `options.nnodes` start a group of processes, unless torchrun or the like started this one as
    part of a group: then every process calls this, and only the first writes.
    """
    return conduct(plan, options, receipt, console).code


def conduct(plan: RunPlan, options: RunOptions, receipt: ReceiptWriter, console: Any) -> Exit:
    """As `execute`, with the reason beside the code. Every way out leaves a receipt; none is an exception."""
    first = device.rank() == 0
    display = Display(console if first else None, bar=not plan.args.get("disable_tqdm"))
    run = Run(plan, options, receipt, Watch())
    with run.watch.installed():
        try:
            _refuse_early(plan, options, first)
            if launch.needs_group(options):
                return launch.launch(plan, options, receipt, run.watch, display)
            if first:
                run.watch.last_words = lambda signum: receipt.amend(_stuck(signum))
            _train(run, first, display)
            end = Exit(FINISHED, "finished")
        except Interrupted as stop:
            run.progress.last_checkpoint = stop.checkpoint or run.progress.last_checkpoint
            end = Exit(stop.code, f"interrupted: {signal.Signals(stop.signum).name}")
        except RunError as error:
            end = Exit(error.code, f"{error.reason}: {error}")
            display.say(f"error: {error}")
        except Exception as error:
            end = Exit(TRAINING, f"failed: {_explain(error, plan)}")
            run.progress.notes.append("".join(traceback.format_exception(error)[-6:]))
            display.say(f"error: {_explain(error, plan)}")
        # the receipt is short work; a second signal must not cost it
        run.watch.deferred = True
        display.end()
        run.watch.conclude()
        _close(run, first, end)
        if end.code >= 128:
            display.say(_farewell(end, run.progress))
    return end


def _stuck(signum: int) -> Exit:
    name = signal.Signals(signum).name
    return Exit(128 + signum, f"interrupted: {name}; {GRACE_SECONDS:.0f} s later the run had not come to its end")


def _refuse_early(plan: RunPlan, options: RunOptions, first: bool) -> None:
    """What can be said without torch: the data, the trackers, the output folder."""
    for role in ("train", "eval"):
        path = plan.data.get(role)
        if path and not os.path.isfile(str(path)):
            raise RunError(f"data.{role}: {path}: no such file", USAGE)
    device.must_be_whole_group(options.nproc, options.nnodes)
    trackers.must_be_installed(plan.args.get("report_to"))
    hub.must_be_online(plan.args)
    if first:
        check = resume.must_hold_a_run if options.resume else resume.must_be_fresh
        check(Path(str(plan.data["output_dir"])))


def _train(run: Run, first: bool, display: Display) -> None:
    device.one_gpu_per_process(os.environ)
    if first:
        run.output.mkdir(parents=True, exist_ok=True)
        run.receipt.start(run.progress)
    from .train import train

    train(run, display)


def _close(run: Run, first: bool, end: Exit) -> None:
    if run.args is not None:
        from .train import describe

        try:
            describe(run)
        except Exception as error:
            run.progress.notes.append(f"the table of keys could not be drawn up: {type(error).__name__}: {error}")
    if first:
        run.receipt.finish(run.progress, end)


def _explain(error: Exception, plan: RunPlan) -> str:
    """One line for an exception that nobody expected."""
    text = (str(error).strip() or type(error).__name__).splitlines()[0]
    no_space = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    # torch's zip writer hides the cause behind the position that it came to
    cut_short = "PytorchStreamWriter" in text or "inline_container" in text
    if no_space or "No space left" in text or (cut_short and _is_full(plan)):
        return f"the disk of {plan.data['output_dir']} is full; free some space and go on with --resume"
    if isinstance(error, OutOfMemory):
        return f"out of memory: {text}"
    return f"{type(error).__name__}: {text}"


def _is_full(plan: RunPlan) -> bool:
    try:
        return shutil.disk_usage(str(plan.data["output_dir"])).free < 64 * 2**20
    except OSError:
        return False


def _farewell(end: Exit, progress: Progress) -> str:
    where = (
        f"saved {progress.last_checkpoint}; go on with --resume" if progress.last_checkpoint else "nothing to save yet"
    )
    return f"{end.reason} after step {progress.steps_done} of {progress.steps_planned or '?'}: {where}"
