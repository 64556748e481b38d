"""One outcome that has everything a format must show, and the folder with the snapshots."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from gliner_audit.report.options import Options, RuleText
from gliner_audit.rules.finding import (
    Abstention,
    Against,
    Edit,
    Finding,
    Fix,
    Input,
    Outcome,
    Related,
    Step,
    Suppression,
)
from gliner_audit.rules.tally import tally

CONFIG = """\
model:
  model_name: urchade/gliner_multi-v2.1
training:
  learning_rte: 3e-5
  lr_encoder: 1e-5
  warmup_ratio: 0.1
  hub_token: not-for-your-eyes
  # 中文 comment
  标签: "多语言"\tunknown: x
  betas:
    - 0.9
    - 0.95
    - 0.99
    - 0.999
    - 0.9999
"""
SCRIPT = """\
import yaml
from transformers import TrainingArguments

cfg = yaml.safe_load(open("ner.yaml"))
args = TrainingArguments(
    output_dir="out",
    learning_rate=cfg["training"]["lr_encoder"] or 5e-5,
)
"""


def _finding(
    rule: str, name: str, message: str, place: tuple[int, int, int, int], number: int, **more: object
) -> Finding:
    given = {"severity": "error", "confidence": "proven", "file": "configs/ner.yaml", **more}
    line, column, end_line, end_column = place
    return Finding(
        rule=rule,
        name=name,
        message=message,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        fingerprint=f"{number:016x}",
        **given,  # type: ignore[arg-type]
    )


def _findings() -> tuple[Finding, ...]:
    config = "configs/ner.yaml"
    rename = Fix("rename it to `learning_rate`", "safe", (Edit(config, 4, 3, 4, 15, "learning_rate"),))
    number = Fix("write 1.0e-5", "safe", (Edit(config, 5, 15, 5, 19, "1.0e-5"),))
    drop = Fix("remove the key", "unsafe", (Edit(config, 7, 1, 8, 1, ""),))
    return (
        _finding(
            "GA001",
            "unknown-key",
            "unknown key `learning_rte` in `training`",
            (4, 3, 4, 15),
            1,
            key="training.learning_rte",
            effect="training would use learning_rate = 5e-5 (library default)",
            help="did you mean `learning_rate`?",
            url="https://example.org/rules/unknown-key",
            fixes=(rename,),
        ),
        _finding(
            "GA014",
            "text-number",
            '`lr_encoder: 1e-5` is the text "1e-5", not a number',
            (5, 15, 5, 19),
            2,
            severity="warning",
            key="training.lr_encoder",
            effect="the optimiser raises TypeError on the first step,\nunless the training code casts it",
            help="write 1.0e-5: YAML 1.1 wants a dot in the mantissa",
            fixes=(number,),
        ),
        _finding(
            "GA101",
            "validated-but-not-forwarded",
            "`warmup_ratio: 0.1` is validated and reaches no parameter, 100 % of the time",
            (6, 3, 6, 15),
            3,
            key="training.warmup_ratio",
            entry="train.py:main",
            confidence="likely",
            effect="runs with warmup_ratio = 0.0; your 0.1 changes nothing",
            help='pass it on: `warmup_ratio=cfg["training"]["warmup_ratio"]`',
            path=(
                Step("train.py", 4, "training.warmup_ratio is loaded"),
                Step("train.py", 5, "TrainingArguments(…) is built without it"),
            ),
            related=(
                Related("train.py", 5, 8, 8, 2, "built without `warmup_ratio`"),
                Related("transformers/training_args.py", 801, 5, 801, 17, "the default is declared here"),
            ),
        ),
        _finding(
            "GA030",
            "secret-in-config",
            "`hub_token: not-for-your-eyes` stands in the file; so does not-for-your-eyes",
            (7, 14, 7, 31),
            4,
            key="training.hub_token",
            severity="warning",
            fixes=(drop, Fix("quote it", "safe", (Edit(config, 7, 14, 7, 31, '"not-for-your-eyes"'),))),
        ),
        _finding(
            "GA002",
            "wrong-type",
            "`标签: 多语言` has\na \x1b[31mwrong\x1b[0m type",
            (9, 7, 9, 12),
            5,
            key="training.标签",
        ),
        _finding(
            "GA003",
            "wrong-length",
            "`betas` has 5 items, not 2",
            (11, 5, 15, 13),
            6,
            severity="advice",
            key="training.betas",
        ),
        _finding(
            "GA110",
            "falsy-or",
            "`or` replaces a legal 0 of training.lr_encoder by 5e-5",
            (7, 19, 7, 56),
            7,
            file="train.py",
            confidence="observed",
            key="training.lr_encoder",
        ),
        _finding(
            "GA001",
            "unknown-key",
            "unknown key `model_name` in `model`",
            (2, 3, 2, 13),
            8,
            key="model.model_name",
            suppressed=Suppression("comment", "read by our launcher", config, 2),
        ),
        _finding(
            "GA001",
            "unknown-key",
            "unknown key `标签` in `training`",
            (9, 3, 9, 5),
            9,
            key="training.标签",
            suppressed=Suppression("baseline"),
        ),
    )


@pytest.fixture
def outcome() -> Outcome:
    """Every severity, confidence, kind of suppression and shape of span; wide characters, tabs, control characters."""
    pinned = {
        "transformers": Against("4.51.3", "uv.lock", "4.53.0"),
        "gliner": Against("0.2.22", "uv.lock"),
        "peft": Against("0.21.2", "catalog"),
    }
    newest = {"transformers": Against("5.16.1", "catalog"), "gliner": Against("0.2.29", "catalog")}
    inputs = (
        Input("configs/ner.yaml", "config", "gliner", pinned, None, "pyyaml"),
        Input("configs/ok.yaml", "config", "trainer", newest, "train.py", "pyyaml"),
        Input("train.py", "script", None, newest, None, None),
        Input(".github/workflows/ci.yml", "other", None, {}, None, None),
    )
    abstained = (
        Abstention("train.py", 7, "setattr has a name that is computed", "training.lr_others"),
        Abstention("train.py", 8, "the module `plugins` is not at hand"),
    )
    findings = _findings()
    counts = tally(inputs, findings, abstained, held_back=4, stale=1)
    return Outcome(inputs, findings, abstained, counts, {"configs/ner.yaml": CONFIG, "train.py": SCRIPT})


@pytest.fixture
def options() -> Options:
    """Plain output, with the text of one rule."""

    def describe(name: str) -> RuleText | None:
        if name != "unknown-key":
            return None
        return RuleText(
            "A key that nothing reads.", "# unknown-key\n\nNothing reads it.", "https://example.org/unknown-key"
        )

    def stand_in(entry: Input) -> str | None:
        return "gliner's train_model" if entry.dialect == "gliner" else None

    return Options(version="9.9.9", describe=describe, stand_in=stand_in)


@pytest.fixture
def snapshot() -> Callable[[str, str], None]:
    """Compares a whole output with its file; GLINER_AUDIT_UPDATE=1 writes the file instead."""

    def check(name: str, text: str) -> None:
        path = Path(__file__).parent / "snapshots" / name
        if os.environ.get("GLINER_AUDIT_UPDATE"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return check
