"""A fresh environment with a normal install of the wheel, and configs that are clean for every tool compared."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import yaml

COMPOSE = """
import sys, yaml
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        yaml.compose(file, Loader=yaml.CSafeLoader)
"""
_SECTIONED: dict[str, dict[str, Any]] = {
    "model": {"model_name": "microsoft/deberta-v3-small", "max_width": 12, "hidden_size": 768, "dropout": 0.3},
    "data": {"root_dir": "models", "train_data": "train.json"},
    "training": {"num_steps": 15000, "train_batch_size": 8, "lr_encoder": 1.0e-5, "lr_others": 3.0e-5},
}


class Place:
    """`python`, `ours` and `peer` are the programs of the fresh environment; `folder` holds the files."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        programs = folder / "env" / "bin"
        venv.create(folder / "env", with_pip=True)
        self.python, self.ours = str(programs / "python"), str(programs / "gliner-audit")
        self.peer = str(programs / "check-jsonschema")
        install = [self.python, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*install, "build"], check=True)
        subprocess.run(
            [self.python, "-m", "build", "--wheel", "--outdir", str(folder / "dist"), str(root)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (wheel,) = (folder / "dist").glob("*.whl")
        subprocess.run([*install, str(wheel), "check-jsonschema"], check=True)
        self.schema = folder / "schema.json"
        subprocess.run([self.ours, "schema", "gliner", "--output", str(self.schema)], check=True)

    def findings(self, file: Path) -> list[dict[str, Any]]:
        """The tool's findings on one file, advice held back."""
        command = [self.ours, str(file), "--format", "json"]
        said = subprocess.run(command, capture_output=True, text=True, cwd=self.folder)
        if said.returncode not in (0, 1):
            raise SystemExit(f"speed: gliner-audit ended with {said.returncode}: {said.stderr[-500:]}")
        found: list[dict[str, Any]] = json.loads(said.stdout)["findings"]
        return found

    def configs(self, count: int, seed: int = 7) -> tuple[list[str], list[str]]:
        """Names of `count` clean files of about 60 keys, and of as many with three slips of the pen each."""
        pool = self._clean_keys()
        rng = random.Random(seed)
        clean, broken = [], []
        for number in range(count):
            config = {name: dict(section) for name, section in _SECTIONED.items()}
            config["training"] |= dict(sorted(rng.sample(sorted(pool.items()), min(45, len(pool)))))
            clean.append(self._written(f"clean-{number:04}.yaml", config))
            slips = rng.sample(sorted(config["training"]), 3)
            spoilt = {key + "s" if key in slips else key: value for key, value in config["training"].items()}
            broken.append(self._written(f"broken-{number:04}.yaml", {**config, "training": spoilt}))
        return clean, broken

    def _written(self, name: str, config: dict[str, Any]) -> str:
        lines = yaml.safe_dump(config, sort_keys=False).splitlines()
        text = "\n".join(f"{line}  # as in the paper" if i % 7 == 3 else line for i, line in enumerate(lines))
        (self.folder / name).write_text(f"# a config for a timing run\n{text}\n")
        return name

    def _clean_keys(self) -> dict[str, Any]:
        """TrainingArguments keys at their defaults on which neither the tool nor the schema has a word."""
        command = [self.ours, "schema", "gliner.training.TrainingArguments"]
        said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=self.folder)
        surface = json.loads(said.stdout)["properties"]
        keys = {k: v["default"] for k, v in surface.items() if isinstance(v.get("default"), (bool, int, float, str))}
        while True:
            config = {name: dict(section) for name, section in _SECTIONED.items()}
            config["training"] |= keys
            name = self._written("pool.yaml", config)
            spoken = {(f["key"] or "").rpartition(".")[2] for f in self.findings(self.folder / name)}
            if not spoken & set(keys):
                return keys
            keys = {key: value for key, value in keys.items() if key not in spoken}


def machine() -> str:
    """Python's version and the number of processors that this process may use."""
    import os

    return f"Python {sys.version.split()[0]}, {len(os.sched_getaffinity(0))} processors, load {os.getloadavg()[0]:.1f}"
