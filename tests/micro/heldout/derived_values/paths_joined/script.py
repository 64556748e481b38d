from datetime import date
from pathlib import Path

import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        paths = yaml.safe_load(f)["paths"]
    root = Path(paths["root"]).expanduser()
    out = root / paths["experiment"] / "checkpoints"
    out.mkdir(parents=True, exist_ok=True)
    (root / paths["cache"]).mkdir(exist_ok=True)
    stamp = date(2024, 1, 1).isoformat()
    TrainingArguments(output_dir=str(out), logging_dir=str(out.parent / "logs"), run_name=stamp)


if __name__ == "__main__":
    main()
