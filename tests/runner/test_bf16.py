"""bf16 on a CPU without AVX-512: a batch whose texts are equally long must train like any other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from gliner_audit.runner.tiny import TinyKit
from support import make_plan

pytestmark = pytest.mark.train

# One text a batch is the shortest way to texts of equal length.
ARGS = {"bf16": True, "max_steps": 3, "per_device_train_batch_size": 1, "eval_strategy": "steps", "eval_steps": 3}
SCRIPT = """
import json, sys
import torch
from gliner_audit.runner.plan_types import RunPlan
from support import run
result = run(RunPlan.from_json(json.load(open(sys.argv[1]))))
print(result.text)
assert torch.backends.mkldnn.enabled, "given back"
sys.exit(result.code)
"""


def test_it_trains_where_onednn_has_no_such_lstm(deberta: TinyKit, tmp_path: Path) -> None:
    """oneDNN is told that the CPU has AVX2 only; elsewhere than on x86 it does not listen, and this shows less."""
    plan = make_plan(deberta, tmp_path / "out", evaluate=True, args=ARGS)
    (tmp_path / "plan.json").write_text(json.dumps(plan.to_json()))
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "plan.json")],
        env=os.environ | {"ONEDNN_MAX_CPU_ISA": "AVX2"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    receipt = json.loads((tmp_path / "out" / "receipt.json").read_text())
    row = next(row for row in receipt["keys"] if row["key"] == "training.bf16")
    assert row["verdict"] == "took effect"
    assert row["evidence"] == "the model ran in bfloat16 on cpu"
    assert receipt["precision"] == "bf16"
