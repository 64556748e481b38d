"""Many processes: torch's elastic launcher, started and watched by the process that the user started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from .errors import FINISHED, TRAINING, USAGE, RunError
from .plan_types import RunOptions, RunPlan
from .progress import Display
from .protocols import Exit, ReceiptWriter
from .signals import Watch

# The launcher itself gives its processes 30 s after a signal (torch.distributed.elastic.multiprocessing.api).
_GRACE_SECONDS: Final = 60.0


def needs_group(options: RunOptions, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether processes must be started; not so when torchrun, accelerate or the like started this one."""
    return (options.nproc > 1 or options.nnodes != "1") and "RANK" not in environment


def command(options: RunOptions, job: Path) -> list[str]:
    """The launcher's command line. Several nodes need `rdzv_endpoint` (host:port of the first)."""
    if options.nproc < 1:
        raise RunError(f"--nproc {options.nproc}: at least 1", USAGE)
    if options.nnodes != "1" and not options.rdzv_endpoint:
        raise RunError(f"--nnodes {options.nnodes} needs --rdzv-endpoint HOST:PORT of one of them", USAGE)
    meeting = (
        ["--rdzv-backend", "c10d", "--rdzv-endpoint", options.rdzv_endpoint, "--nnodes", options.nnodes]
        if options.rdzv_endpoint
        else ["--standalone"]
    )
    return [
        *(sys.executable, "-m", "torch.distributed.run"),
        *meeting,
        *("--nproc-per-node", str(options.nproc), "--max-restarts", "0"),
        *("-m", f"{__package__}.worker", str(job)),
    ]


def launch(plan: RunPlan, options: RunOptions, receipt: ReceiptWriter, watch: Watch, display: Display) -> Exit:
    """Run the group to its end; how the process ended that ended it.

    Signals go on to the group, which saves and ends by itself. A receipt that the first rank could not finish is
    amended here.
    """
    with tempfile.TemporaryDirectory(prefix="gliner-audit-") as folder:
        job = Path(folder) / "job.json"
        factory, arguments = receipt.handover()
        content = {"plan": plan.to_json(), "options": options.to_json(), "receipt": [factory, arguments]}
        job.write_text(json.dumps(content), encoding="utf-8")
        argv = command(options, job)
        watch.deferred = True
        with open(job.with_name("launcher.log"), "wb") as log:
            group = subprocess.Popen(argv, stderr=log, start_new_session=True)
            _wait(group, watch)
        return _outcome(job, group.returncode, watch, receipt, display)


def _wait(group: subprocess.Popen[bytes], watch: Watch) -> None:
    told = 0
    while group.poll() is None:
        try:
            group.wait(timeout=_GRACE_SECONDS if told else 0.2)
        except subprocess.TimeoutExpired:
            if told:
                group.kill()
        if watch.signum and not told and group.poll() is None:
            told = watch.signum
            group.send_signal(told)


def _outcome(job: Path, returncode: int, watch: Watch, receipt: ReceiptWriter, display: Display) -> Exit:
    ends: list[dict[str, Any]] = sorted(
        (json.loads(path.read_text()) for path in job.parent.glob("exit-*.json")), key=lambda end: end["time"]
    )
    first = next((end for end in ends if end["rank"] == 0), None)
    failed = next((end for end in ends if end["code"] not in (FINISHED, 130, 143)), None)
    cause: dict[str, Any] | None = failed or first
    if cause is None:
        code = 128 + watch.signum if watch.signum else TRAINING
        tail = job.with_name("launcher.log").read_text(errors="replace").strip().splitlines()[-5:]
        reason = "interrupted" if watch.signum else f"failed: the processes ended with {returncode}"
        display.say("\n".join([reason, *tail]))
        end = Exit(code, reason)
    elif cause is first:
        return Exit(int(cause["code"]), str(cause["reason"]))
    else:
        kind, _, text = str(cause["reason"]).partition(": ")
        end = Exit(int(cause["code"]), f"{kind}: rank {cause['rank']}: {text}")
        display.say(f"error: rank {cause['rank']}: {text}")
    receipt.amend(end)
    return end


def write_end(job: Path, rank: int, end: Mapping[str, Any]) -> None:
    """Leave word of how a rank ended, for the process that waits."""
    draft = job.with_name(f".exit-{rank}")
    draft.write_text(json.dumps({"rank": rank, **end}), encoding="utf-8")
    draft.replace(job.with_name(f"exit-{rank}.json"))


def read_job(job: Path) -> tuple[RunPlan, RunOptions, tuple[str, Mapping[str, Any]]]:
    """What a rank is to do."""
    content = json.loads(job.read_text(encoding="utf-8"))
    factory, arguments = content["receipt"]
    return RunPlan.from_json(content["plan"]), replace(RunOptions(), **content["options"]), (factory, arguments)
