"""What it costs to write a receipt, and how large it is: 150 keys, 1500 losses, as after a long run.

python benchmarks/receipt.py [--times N]
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from gliner_audit.runner.protocols import Progress
from gliner_audit.runner.receipt import Facts, Receipt

GOAL_SECONDS, GOAL_BYTES = 0.05, 200_000


def row(index: int, turn: int) -> dict[str, Any]:
    """A row of keys with evidence of the usual length."""
    values = dict.fromkeys(("requested", "planned", "at_sink", "effective"), index / 7)
    readers = ["transformers/trainer.py:1234", "gliner/training/trainer.py:321"]
    evidence = f"group {index} of the optimizer held {index / 7} at step {turn}, as planned"
    where = {"derived_from": None, "source": f"config.yaml:{index}", "consumed_by": readers}
    key = f"training.setting_{index}"
    return {"key": key, "set": index < 60, **values, **where, "verdict": "took effect", "evidence": evidence}


def main() -> int:
    """Print the median and the worst time, and the size; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=30)
    times = parser.parse_args().times
    walls, works = [], []
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yaml"
        config.write_text("".join(f"setting_{index}: {index}\n" for index in range(150)), encoding="utf-8")
        receipt = Receipt(os.path.join(folder, "out"), Facts(str(config), config.read_text(encoding="utf-8")))
        progress = Progress(losses=[{"step": step, "loss": 1.0 / step} for step in range(1, 1501)], device="cpu")
        receipt.start(progress)
        for turn in range(times):
            progress.keys = [row(index, turn) for index in range(150)]
            wall, work = time.perf_counter(), time.process_time()
            receipt.checkpoint(progress)
            walls.append(time.perf_counter() - wall)
            works.append(time.process_time() - work)
        size = os.path.getsize(os.path.join(folder, "out", "receipt.json"))
    middle = statistics.median(walls)
    print(
        f"{middle * 1000:.1f} ms median, {max(walls) * 1000:.1f} ms worst, {statistics.median(works) * 1000:.1f} ms of "
        f"CPU time, {size} bytes (load average {os.getloadavg()[0]:.1f})"
    )
    return int(middle > GOAL_SECONDS or size > GOAL_BYTES)


if __name__ == "__main__":
    raise SystemExit(main())
