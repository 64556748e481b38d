"""One process of a group: `python -m gliner_audit.runner.worker JOB`, started by the elastic launcher."""

from __future__ import annotations

import sys
import time
from importlib import import_module
from pathlib import Path

from . import device, launch
from .main import conduct


def main(job: Path) -> int:
    """Run this rank's part; returns 0 unless it failed, so that the launcher stops the others only then."""
    plan, options, (factory, arguments) = launch.read_job(job)
    module, _, name = factory.partition(":")
    receipt = getattr(import_module(module), name)(**arguments)
    rank = device.rank()
    console = None
    if rank == 0:
        from rich.console import Console

        console = Console()
    end = conduct(plan, options, receipt, console)
    launch.write_end(job, rank, {"code": end.code, "reason": end.reason, "time": time.time()})
    return 0 if end.code in (0, 130, 143) else end.code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
