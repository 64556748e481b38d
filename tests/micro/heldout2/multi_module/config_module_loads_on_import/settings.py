import os
from pathlib import Path

import yaml

ROOT = Path(__file__).parent

with open(ROOT / "config.yaml") as f:
    CFG = yaml.safe_load(f)

CFG.setdefault("output_dir", "runs/default")
CFG["train"].setdefault("seed", 42)
DEVICE = os.environ.get("DEVICE", CFG.get("device", "cpu"))
