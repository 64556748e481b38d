"""Values on their way from a config to the library: tested, handed over, judged by what they reach."""

from __future__ import annotations

from collections.abc import Callable

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
