"""What the tests of the engine share: plans over a tiny kit, runs, and comparisons to the bit."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gliner_audit.runner.main import execute
from gliner_audit.runner.plan_types import KeyRecord, RunOptions, RunPlan
from gliner_audit.runner.tiny import TinyKit
from plain_receipt import PlainReceipt
from rich.console import Console

MODEL = {"hidden_size": 32, "max_width": 4, "span_mode": "markerV0", "max_types": 10, "max_len": 64, "dropout": 0.3}
ARGS = {
    "per_device_train_batch_size": 8,
    "per_device_eval_batch_size": 8,
    "learning_rate": 2e-3,
    "others_lr": 2e-3,
    "max_steps": 12,
    "logging_steps": 1,
    "save_steps": 6,
    "dataloader_num_workers": 0,
}


@dataclass(frozen=True, slots=True)
class Result:
    """How a run ended: exit code, what it printed, its receipt, its folder."""

    code: int
    text: str
    receipt: dict[str, Any]
    output: Path

    def row(self, key: str) -> dict[str, Any]:
        """The receipt's row of one key."""
        return next(row for row in self.receipt["keys"] if row["key"] == key)


def make_plan(kit: TinyKit, output: Path, *, evaluate: bool = False, **more: Any) -> RunPlan:
    """A plan over the kit. `args` and `model` are laid over the defaults above; every value is also a key."""
    args = {**ARGS, **more.pop("args", {})}
    model = {"model_name": str(kit.encoder), **MODEL, **more.pop("model", {})}
    data = {"train": str(kit.train), "output_dir": str(output)}
    if evaluate:
        data["eval"] = str(kit.eval)
    keys = [KeyRecord(f"training.{k}", v, "args", k, v, True) for k, v in args.items()]
    keys += [KeyRecord(f"model.{k}", v, "model", k, v, True) for k, v in model.items()]
    keys += [KeyRecord(f"data.{k}", v, "data", k, v, True) for k, v in data.items()]
    keys += [KeyRecord(f"lora.{k}", v, "lora", k, v, True) for k, v in (more.get("lora") or {}).items()]
    keys += more.pop("keys", [])
    return RunPlan(args=args, model=model, data=data, seed=more.pop("seed", 3), keys=tuple(keys), **more)


def run(plan: RunPlan, **options: Any) -> Result:
    """Execute the plan in this process, on the CPU, without a terminal."""
    text = io.StringIO()
    output = Path(plan.data["output_dir"])
    receipt = PlainReceipt(str(output))
    code = execute(plan, RunOptions(**{"device": "cpu", **options}), receipt, Console(file=text, width=200))
    tree = json.loads(receipt.path.read_text()) if receipt.path.exists() else {}
    return Result(code, text.getvalue(), tree, output)


def tensors(file: Path) -> dict[str, Any]:
    """Every tensor of a saved state, by path."""
    import torch

    found: dict[str, Any] = {}

    def walk(value: Any, path: str) -> None:
        if isinstance(value, torch.Tensor):
            found[path] = value
        elif isinstance(value, dict):
            for key, item in value.items():
                walk(item, f"{path}/{key}")
        elif isinstance(value, list | tuple):
            for index, item in enumerate(value):
                walk(item, f"{path}/{index}")

    walk(torch.load(file, map_location="cpu", weights_only=True), "")
    return found


def same_tensors(one: Path, two: Path) -> bool:
    """Whether two saved states hold the same tensors, bit for bit."""
    import torch

    left, right = tensors(one), tensors(two)
    return bool(left) and left.keys() == right.keys() and all(torch.equal(left[key], right[key]) for key in left)


def losses(receipt: dict[str, Any]) -> dict[int, float]:
    """The loss of each logged step."""
    return {int(row["step"]): row["loss"] for row in receipt["losses"]}
