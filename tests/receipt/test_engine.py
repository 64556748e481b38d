"""The receipt with the engine: its writer is what the engine asks for, and a refused run leaves one without torch."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from gliner_audit.runner.main import execute
from gliner_audit.runner.plan_types import RunOptions, RunPlan
from gliner_audit.runner.protocols import ReceiptWriter
from rich.console import Console

from .conftest import Folder


def test_the_engine_leaves_a_receipt_of_what_it_refuses(folder: Folder) -> None:
    writer: ReceiptWriter = folder.receipt()
    folder.out.mkdir()
    (folder.out / "model.bin").write_bytes(b"of another run")
    plan = RunPlan(args={}, model={}, data={"train": str(folder.train), "output_dir": str(folder.out)}, seed=1)
    code = execute(plan, RunOptions(), writer, Console(file=io.StringIO()))
    tree = folder.read()
    assert tree["exit"]["code"] == code == 2
    assert "is not empty (model.bin)" in tree["exit"]["reason"]
    assert (folder.out / "model.bin").read_bytes() == b"of another run"


def test_missing_data_are_refused_with_a_receipt(folder: Folder) -> None:
    plan = RunPlan(args={}, model={}, data={"train": "none.jsonl", "output_dir": str(folder.out)}, seed=1)
    assert execute(plan, RunOptions(), folder.receipt(), Console(file=io.StringIO())) == 2
    assert "none.jsonl: no such file" in folder.read()["exit"]["reason"]


def test_the_handover_names_something_that_can_be_called(folder: Folder) -> None:
    name, arguments = folder.receipt().handover()
    module, _, attribute = name.partition(":")
    writer = getattr(import_module(module), attribute)(**json.loads(json.dumps(arguments)))
    assert writer.folder == str(folder.out)


def test_neither_the_data_check_nor_the_receipt_needs_a_training_library(tmp_path: Path) -> None:
    code = (
        "import sys, gliner_audit.runner.receipt, gliner_audit.runner.datacheck, gliner_audit.report.receipt\n"
        "heavy = {'torch', 'transformers', 'gliner', 'peft', 'numpy', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)
