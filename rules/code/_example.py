"""The frame of the example scripts: a trainer that reads a YAML file and builds TrainingArguments."""

HEAD = """\
import yaml
from transformers import Trainer, TrainingArguments

def load(path):
    with open(path) as file:
        return yaml.safe_load(file)

"""
TAIL = """
if __name__ == "__main__":
    main(load("config.yaml"))
"""


def script(body: str, before: str = "") -> str:
    """A whole script: `body` is that of main(cfg), with the arguments as `args`; `before` stands above it."""
    inside = "".join(f"    {line}\n" if line else "\n" for line in body.strip("\n").split("\n"))
    return f"{HEAD}{before}def main(cfg):\n{inside}    Trainer(model=None, args=args).train()\n{TAIL}"
