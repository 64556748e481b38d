"""Entry points, notebooks, scripts that cannot be read, and the promise to import nothing."""

import json
import sys
from pathlib import Path

import pytest
from gliner_audit.audit.trace import trace

HEAD = "from transformers import TrainingArguments\n"


def entries(tmp_path: Path, text: str, **options: str) -> list[str]:
    path = tmp_path / "train.py"
    path.write_text(text)
    return [e.entry for e in trace(str(path), **options).entries]  # type: ignore[arg-type]


def test_main_block(tmp_path: Path) -> None:
    assert entries(tmp_path, HEAD + "def f():\n    TrainingArguments('o')\nif __name__ == '__main__':\n    f()\n") == [
        "__main__"
    ]


def test_commands_are_never_merged(tmp_path: Path) -> None:
    text = HEAD + (
        "import typer\napp = typer.Typer()\n"
        "@app.command()\ndef one(lr: float = 1.0):\n    TrainingArguments('o', learning_rate=lr)\n"
        "@app.command()\ndef two(lr: float = 1.0):\n    print(lr)\n"
        "if __name__ == '__main__':\n    app()\n"
    )
    path = tmp_path / "train.py"
    path.write_text(text)
    flow = trace(str(path))
    states = {e.entry: {k.key: k.state for k in e.keys} for e in flow.entries}
    assert states == {"one": {"lr": "forwarded"}, "two": {"lr": "dead"}}


def test_console_script(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n[project.scripts]\nx = "train:go"\n')
    assert entries(tmp_path, HEAD + "def go():\n    TrainingArguments('o')\n") == ["go"]


def test_functions_that_reach_a_sink(tmp_path: Path) -> None:
    text = (
        HEAD + "def help():\n    return 1\ndef fit(config):\n    TrainingArguments('o', learning_rate=config['lr'])\n"
    )
    assert entries(tmp_path, text) == ["fit"]


def test_named_function_and_unknown_name(tmp_path: Path) -> None:
    text = HEAD + "def a(cfg: dict):\n    TrainingArguments('o', seed=cfg['s'])\ndef b():\n    a({'s': 1})\n"
    assert entries(tmp_path, text, entry="a") == ["a"]
    with pytest.raises(ValueError, match="no function nope"):
        entries(tmp_path, text, entry="nope")


def test_method_is_an_entry(tmp_path: Path) -> None:
    text = HEAD + (
        "class Builder:\n    def __init__(self, cfg):\n        self.cfg = cfg\n"
        "    def build(self):\n        return TrainingArguments('o', learning_rate=self.cfg.lr)\n"
    )
    path = tmp_path / "train.py"
    path.write_text(text)
    entry = trace(str(path)).entries[0]
    assert entry.entry == "Builder.build"
    assert [k.key for k in entry.keys if k.forwarded] == ["lr"]


def test_notebook_lines_are_those_of_the_file(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Title\n"]},
        {"cell_type": "code", "source": ["%pip install x\n", "from transformers import TrainingArguments\n"]},
        {"cell_type": "code", "source": ["TrainingArguments('o',\n", "    seed=7)"]},
    ]
    path = tmp_path / "train.ipynb"
    path.write_text(json.dumps({"cells": cells}, indent=1))
    seed = next(a for a in trace(str(path)).entries[0].calls[0].arguments if a.param == "seed")
    assert "seed=7" in path.read_text().splitlines()[seed.site.line - 1]


@pytest.mark.parametrize(("name", "text"), [("t.py", "def f(:\n"), ("t.ipynb", "{}"), ("t.py", "x = '\0'")])
def test_unreadable_scripts_are_one_clear_error(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises((SyntaxError, ValueError)):
        trace(str(path))


def test_missing_script(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        trace(str(tmp_path / "none.py"))


def test_a_broken_module_of_the_project_is_named(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text("def (\n")
    path = tmp_path / "train.py"
    path.write_text(HEAD + "from conf import load\nTrainingArguments('o', seed=load()['s'])\n")
    flow = trace(str(path))
    assert [Path(p).name for p, _ in flow.failed] == ["conf.py"]


def test_nothing_of_the_project_is_imported_or_run(tmp_path: Path) -> None:
    (tmp_path / "conf_planted.py").write_text("raise RuntimeError('imported')\nLR = 1\n")
    path = tmp_path / "train.py"
    path.write_text(
        HEAD + "import conf_planted\nopen('made', 'w').write('run')\nTrainingArguments('o', seed=conf_planted.LR)\n"
    )
    before = set(sys.modules)
    trace(str(path))
    assert "conf_planted" not in sys.modules
    assert not (tmp_path / "made").exists()
    assert not {m.partition(".")[0] for m in set(sys.modules) - before} & {"torch", "transformers", "gliner", "peft"}


def test_budget_spent_denies_nothing(tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    path.write_text(
        HEAD
        + "import yaml\nc = yaml.safe_load(open('c'))\n"
        + "x = len('a')\n" * 60
        + "TrainingArguments(seed=c['s'])\n"
    )
    entry = trace(str(path), configs={"c": {"s": 1}}, steps=50).entries[0]
    assert entry.exhausted
    assert {k.state for k in entry.keys} == {"unknown"}
