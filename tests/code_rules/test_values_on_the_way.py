"""Values on their way from a config to the library: tested, handed over, judged by what they reach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

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
