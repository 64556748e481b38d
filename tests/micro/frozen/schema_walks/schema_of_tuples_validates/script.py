import sys

import yaml
from transformers import TrainingArguments

SCHEMA = (
    # path, type, default, required
    ("run.name", str, None, True),
    ("run.tags", list, [], False),
    ("optim.lr", float, 1e-5, False),
    ("optim.clip", float, 1.0, False),
    ("data.workers", int, 0, False),
    ("data.pin", bool, True, False),
)


def check(raw):
    problems = []
    for path, kind, default, required in SCHEMA:
        section, name = path.split(".")
        block = raw.setdefault(section, {})
        if name not in block:
            if required:
                problems.append(f"{path} is required")
            block[name] = default
        elif not isinstance(block[name], kind):
            problems.append(f"{path}: expected {kind.__name__}, got {block[name]!r}")
    return problems


def main():
    with open("config.yaml") as f:
        raw = yaml.safe_load(f)
    problems = check(raw)
    if problems:
        sys.exit("\n".join(problems))
    TrainingArguments(
        output_dir="runs/" + raw["run"]["name"],
        learning_rate=raw["optim"]["lr"],
        dataloader_num_workers=raw["data"]["workers"],
        max_grad_norm=raw["optim"]["clip"],
    )


if __name__ == "__main__":
    main()
