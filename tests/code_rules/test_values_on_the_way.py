"""Values on their way from a config to the library: tested, handed over, judged by what they reach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from gliner_audit.rules.check import Result

Check = Callable[..., Result]
DOTTED = """\
import yaml
from gliner import GLiNER
def get(cfg, dotted, default=None):
    cur = cfg
    for part in dotted.split("."):
        if not isinstance(cur, dict) or part not in cur:
            return default
        cur = cur[part]
    return cur
cfg = yaml.safe_load(open("c.yaml"))
kw = dict(max_steps=get(cfg, "run.steps", 10))
{use}
GLiNER.from_pretrained("x").train_model([], [], output_dir="o", **kw)
"""


def names(result: Result) -> list[tuple[str, str | None]]:
    return [(one.name, one.key) for one in result.outcome.findings]


def test_the_truth_of_a_value_that_may_be_a_default_is_a_use(project: Check) -> None:
    config = "run:\n  bf16: true\n  steps: 5\n"
    for use in (
        'if get(cfg, "run.bf16", False):\n    kw["bf16"] = True',
        'kw["bf16"] = True if get(cfg, "run.bf16", False) else False',
    ):
        result = project({"t.py": DOTTED.format(use=use), "c.yaml": config}, "t.py", "c.yaml")
        assert ("dead-field", "run.bf16") not in names(result), use


def test_a_test_of_the_kind_alone_is_no_use(project: Check) -> None:
    text = DOTTED.format(use='assert isinstance(get(cfg, "run.bf16", False), bool)')
    result = project({"t.py": text, "c.yaml": "run:\n  bf16: true\n  steps: 5\n"}, "t.py", "c.yaml")
    assert ("dead-field", "run.bf16") in names(result)


SLIP = """\
import yaml
from gliner import GLiNER
cfg = yaml.safe_load(open("c.yaml"))
GLiNER.from_pretrained("x").train_model([], [], output_dir="o", focal_loss_gama=cfg.get("focal_loss_gamma", 0))
"""


def test_the_fix_of_a_keyword_is_its_bare_name_and_goes_in(project: Check, tmp_path: Path) -> None:
    files = {"t.py": SLIP, "c.yaml": "focal_loss_gamma: 2\n"}
    found = next(one for one in project(files, "t.py", "c.yaml").outcome.findings if one.name == "unknown-key")
    assert found.help == "write `focal_loss_gamma`"
    assert [edit.text for fix in found.fixes for edit in fix.edits] == ["focal_loss_gamma"]
    shown = project(files, "t.py", "c.yaml", unsafe_fixes=True, diff=True)
    assert "+GLiNER" in (shown.diff or "")
    assert (tmp_path / "t.py").read_text(encoding="utf-8") == SLIP
    mended = project(files, "t.py", "c.yaml", unsafe_fixes=True)
    assert mended.outcome.counts["fixed"] == 1
    assert (tmp_path / "t.py").read_text(encoding="utf-8") == SLIP.replace("gama", "gamma")
    assert "unknown-key" not in {one.name for one in mended.outcome.findings}


def test_a_fix_in_a_file_that_was_not_named_is_not_offered(project: Check) -> None:
    helper = "from gliner import GLiNER\ndef run(g):\n    GLiNER().train_model([], [], focal_loss_gama=g)\n"
    result = project({"helper.py": helper, "t.py": "from helper import run\nrun(2)\n"}, "t.py")
    assert [(one.file, one.fixes) for one in result.outcome.findings if one.name == "unknown-key"] == [
        ("helper.py", ())
    ]


LORA = """\
import yaml
from peft import LoraConfig, get_peft_model
from transformers import AutoModel
cfg = yaml.safe_load(open("c.yaml"))
{before}
model = get_peft_model(AutoModel.from_pretrained("x"), LoraConfig(**section))
"""
SECTION = "lora:\n  r: 8\n  alpha: 16\n  lora_dropout: 0.1\n  target_modules: [query]\n"


def test_what_surely_refuses_a_name_outweighs_what_the_shape_of_the_file_says(project: Check) -> None:
    result = project({"t.py": LORA.format(before='section = cfg["lora"]'), "c.yaml": SECTION}, "t.py", "c.yaml")
    (found,) = [one for one in result.outcome.findings if one.key == "lora.alpha"]
    assert (found.name, found.severity) == ("unknown-key", "error")
    assert "no parameter of peft.LoraConfig" in found.message
    assert found.help == "write `lora_alpha`"


def test_a_name_that_is_taken_out_before_is_not_refused(project: Check) -> None:
    before = 'section = dict(cfg["lora"])\nsection["lora_alpha"] = section.pop("alpha")'
    result = project({"t.py": LORA.format(before=before), "c.yaml": SECTION}, "t.py", "c.yaml")
    assert not [one for one in result.outcome.findings if one.key == "lora.alpha" and one.severity == "error"]


HANDED = """\
import yaml
from transformers import Trainer, TrainingArguments
{load}
Trainer(model=None, args=TrainingArguments(output_dir="o", learning_rate={lr}, max_steps=cfg["steps"])).train()
"""
OPTIMISER = """\
import torch, yaml
cfg = yaml.safe_load(open("c.yaml"))
net = torch.nn.Linear(2, 2)
opt = torch.optim.AdamW(net.parameters(), lr={lr})
for i in range(cfg["steps"]):
    opt.step()
"""
SPREAD = """\
import yaml
from transformers import Trainer, TrainingArguments
cfg = yaml.safe_load(open("c.yaml"))
Trainer(model=None, args=TrainingArguments(output_dir="o", **cfg["training"])).train()
"""
LOAD, LR = 'cfg = yaml.safe_load(open("c.yaml"))', 'cfg["lr"]'


SUBCLASS = HANDED.replace("Train", "Seq2SeqTrain")
WAYS = [HANDED.format(load=LOAD, lr=LR), SUBCLASS.format(load=LOAD, lr=LR), OPTIMISER.format(lr=LR)]


@pytest.mark.parametrize("text", WAYS)
def test_text_that_goes_uncast_to_a_number_is_found_in_any_file(project: Check, text: str) -> None:
    result = project({"t.py": text, "c.yaml": "lr: 5e-5\nsteps: 3\n"}, "t.py", "c.yaml")
    (found,) = [one for one in result.outcome.findings if one.name == "text-number"]
    assert (found.key, found.severity, found.line, found.column) == ("lr", "error", 1, 5)
    assert "`lr: 5e-5`" in found.message


def test_a_number_and_a_choice_that_are_taken_are_not_found(project: Check) -> None:
    for value in ("5.0e-5", "1"):
        result = project({"t.py": OPTIMISER.format(lr=LR), "c.yaml": f"lr: {value}\nsteps: 3\n"}, "t.py", "c.yaml")
        assert not names(result)
    config = "training:\n  max_steps: 3\n  learning_rate: 1.0e-4\n  lr_scheduler_type: {}\n"
    for value, found in (("cosine", []), ("cosine_anneal", [("not-a-choice", "training.lr_scheduler_type")])):
        result = project({"t.py": SPREAD, "c.yaml": config.format(value)}, "t.py", "c.yaml")
        assert names(result) == found


@pytest.mark.parametrize(
    ("load", "lr"),
    [
        (LOAD, 'float(cfg["lr"])'),
        (LOAD + '\ncfg["lr"] = float(cfg["lr"])', LR),
        (LOAD + '\nif isinstance(cfg["lr"], str):\n    cfg["lr"] = float(cfg["lr"])', LR),
        (LOAD + "\ncfg = {k: float(v) if isinstance(v, str) else v for k, v in cfg.items()}", LR),
        (LOAD + "\nfrom elsewhere import numbers\ncfg = numbers(cfg)", LR),
        (LOAD + '\nlr = {"5e-5": 5e-5}', 'lr[cfg["lr"]]'),
        ('from omegaconf import OmegaConf\ncfg = OmegaConf.load("c.yaml")', LR),
        ('from ruamel.yaml import YAML\ncfg = YAML(typ="safe").load(open("c.yaml"))', LR),
        (
            "from pydantic import BaseModel\nclass C(BaseModel):\n    lr: float\n    steps: int\n"
            + LOAD
            + "\nargs = C(**cfg)",
            "args.lr",
        ),
        (
            "import attrs\n@attrs.define\nclass C:\n    lr: float = attrs.field(converter=float)\n    steps: int = 1\n"
            + LOAD
            + "\nargs = C(**cfg)",
            "args.lr",
        ),
    ],
)
def test_text_that_something_may_make_a_number_of_is_left_alone(project: Check, load: str, lr: str) -> None:
    result = project({"t.py": HANDED.format(load=load, lr=lr), "c.yaml": "lr: 5e-5\nsteps: 3\n"}, "t.py", "c.yaml")
    assert "text-number" not in {one.name for one in result.outcome.findings}


def test_a_part_of_what_a_parameter_takes_is_not_judged_as_the_whole(project: Check) -> None:
    text = """\
import yaml
from transformers import Trainer, TrainingArguments
cfg = yaml.safe_load(open("c.yaml"))
kwargs = {"use_reentrant": cfg["use_reentrant"]}
Trainer(model=None, args=TrainingArguments(output_dir="o", gradient_checkpointing=True,
    gradient_checkpointing_kwargs=kwargs, max_steps=cfg["steps"])).train()
"""
    result = project({"t.py": text, "c.yaml": "use_reentrant: false\nsteps: 3\n"}, "t.py", "c.yaml")
    assert "wrong-type" not in {one.name for one in result.outcome.findings}


def test_a_loader_that_reads_such_numbers_is_believed_in_a_file_of_a_known_shape_too(project: Check) -> None:
    config = "learning_rate: 1e-4\nnum_train_epochs: 3\nlogging_steps: 10\nsteps: 3\n"
    for load, found in ((LOAD, 1), ('from omegaconf import OmegaConf\ncfg = OmegaConf.load("c.yaml")', 0)):
        text = HANDED.format(load=load, lr='cfg["learning_rate"]')
        result = project({"t.py": text, "c.yaml": config}, "t.py", "c.yaml")
        assert [one.name for one in result.outcome.findings].count("text-number") == found
