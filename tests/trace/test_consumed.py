"""The sixth question of a passport: does the library that will run use what it was handed?"""

from __future__ import annotations

from pathlib import Path

import pytest
from gliner_audit.audit.trace import trace
from gliner_audit.schemas import catalog

VERSIONS = {name: catalog.newest(name) for name in ("transformers", "gliner", "peft")}
LOAD = "import yaml\ncfg = yaml.safe_load(open('config.yaml'))\n"
PLAIN = "from transformers import Trainer, TrainerCallback, TrainingArguments\n"
RUN = "Trainer(model=None, args=TrainingArguments('o', max_steps=cfg['rate'])).train()\n"
GLINER = (
    "from gliner import GLiNER\nGLiNER.from_pretrained('a/b').train_model([], [], output_dir='o', {}=cfg['rate'])\n"
)


def consumed(folder: Path, text: str, name: str = "rate") -> tuple[str, str | None]:
    (folder / "script.py").write_text(text)
    given = {"config.yaml": {"rate": 0.1, "unused": 1}}
    (entry,) = trace(str(folder / "script.py"), configs=given, versions=VERSIONS, root=str(folder)).entries
    key = entry.key(name)
    assert key is not None
    return key.answers["consumed"].value, key.answers["consumed"].witness


def test_a_parameter_that_the_trainer_reads_is_used_and_the_line_is_named(tmp_path: Path) -> None:
    value, witness = consumed(tmp_path, LOAD + PLAIN + RUN)
    assert value == "yes"
    assert witness is not None
    assert witness.startswith("transformers/")
    assert "/integrations/" not in witness


def test_a_parameter_that_gliner_never_reads_is_not_used(tmp_path: Path) -> None:
    assert consumed(tmp_path, LOAD + GLINER.format("label_smoothing_factor")) == ("no", None)
    assert consumed(tmp_path, LOAD + GLINER.format("learning_rate"))[0] == "yes"


def test_what_reaches_nothing_is_used_by_nothing(tmp_path: Path) -> None:
    assert consumed(tmp_path, LOAD + PLAIN + RUN, "unused") == ("no", None)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN + "class Mine(Trainer):\n    pass\n" + RUN,
        PLAIN + "import transformers\nif True:\n    class Mine(transformers.Trainer):\n        pass\n" + RUN,
        "from transformers import TrainingArguments\nTrainingArguments('o', learning_rate=cfg['rate'])\n",
    ],
)
def test_nothing_is_said_of_a_trainer_that_is_not_known(tmp_path: Path, text: str) -> None:
    assert consumed(tmp_path, LOAD + text) == ("unknown", None)


def test_a_callback_of_the_project_changes_no_trainer(tmp_path: Path) -> None:
    text = PLAIN + "class Mine(TrainerCallback):\n    pass\n" + RUN
    assert consumed(tmp_path, LOAD + text)[0] == "yes"
