"""The analysis on small libraries of our own: what counts as a use, what does not, and where it must give up."""

from __future__ import annotations

import pytest
from gliner_audit.schemas.readers.program import Program
from gliner_audit.schemas.readers.training import judge_losses, judge_trainer
from gliner_audit.schemas.readers.verdicts import Verdict
from gliner_audit.schemas.readers.wrappers import wrapper

ARGUMENTS = """
from dataclasses import dataclass
@dataclass
class Arguments:
    alpha: int = 0
    beta_steps: int = 0
    gamma_steps: int = 0
    delta: int = 0
    def __post_init__(self):
        {post}
    @property
    def doubled(self):
        return self.alpha * 2
    {more}
"""
BASE = """
import logging
logger = logging.getLogger(__name__)
class Callback:
    pass
{before}
class Base:
    def __init__(self, args):
        self.args = args
        {init}
    def train(self):
        {train}
    def evaluate(self):
        pass
    def save_model(self):
        pass
    def step(self, count):
        return self.args.alpha + count
    def unused(self):
        return self.args.delta
"""
OWN = """
from lib.base import Base
class Own(Base):
    def step(self, count):
        return 1
"""

LOSS = """
class Own:
    def __init__(self, args):
        self.args = args
    def train(self):
        self.compute_loss(self.model)
    def evaluate(self):
        pass
    def save_model(self):
        pass
    def compute_loss(self, model):
        return model(alpha=self.args.alpha, delta=self.args.delta)
"""
NETWORK = """
class Net:
    def forward(self, x=None, **kwargs):
        keep = {key: kwargs[key] for key in ("x", "y") if key in kwargs}
        return self.loss(x, **kwargs)
    def loss(self, x, alpha=0, **kwargs):
        return run(alpha)
"""


def judged(
    *,
    post: str = "pass",
    init: str = "pass",
    train: str = "pass",
    before: str = "",
    more: str = "",
    trainer: str = "Own",
) -> dict[str, Verdict]:
    sources = {
        "lib/arguments.py": ARGUMENTS.format(post=post, more=more),
        "lib/base.py": BASE.format(init=init, train=train, before=before),
        "lib/own.py": OWN,
    }
    program = Program(sources)
    assert program.unparsed == []
    cls = program.find_class(f"lib.{trainer.lower()}.{trainer}")
    arguments = program.find_class("lib.arguments.Arguments")
    assert cls is not None
    assert arguments is not None
    return judge_trainer(program, cls, arguments)


def test_a_replaced_method_does_not_count_and_the_original_does() -> None:
    assert judged(train="self.step(1)")["alpha"].verdict == "inert"
    assert judged(train="run(self.step(1))", trainer="Base")["alpha"].verdict == "live"
    assert judged(train="run(self.step(1))")["alpha"].verdict == "inert"


def test_where_it_is_read_otherwise_is_told() -> None:
    verdict = judged(train="self.step(1)")["alpha"]
    assert any(reader.endswith("Base.step") for reader in verdict.elsewhere)


@pytest.mark.parametrize(
    "train",
    [
        "run(self.args.alpha)",
        "run(self.args.doubled)",
        "a = self.args; run(a.alpha)",
        "run(getattr(self.args, 'alpha', 1))",
        "for i in range(self.args.alpha): run()",
        "if self.args.alpha: run()",
        "while self.args.alpha: pass",
        "if self.args.alpha: return",
        "x = self.args.alpha + 1; run(x)",
        "self.kept = self.args.alpha; run(self.kept)",
        "self.store['a'] = self.args.alpha",
        "(lambda: run(self.args.alpha))()",
        "[run() for _ in [1] if self.args.alpha]",
        "self.count = run() if self.args.alpha else 0",
        "other = self; other.args.alpha and run()",
        "helper(self.args)",
        "with run(self.args.alpha): pass",
        "raise_it = self.args.alpha; self.last = raise_it; run(self.last)",
    ],
)
def test_uses(train: str) -> None:
    helper = "def helper(given):\n    run(given.alpha)\n"
    assert judged(train=train, before=helper)["alpha"].verdict == "live"


@pytest.mark.parametrize(
    "train",
    [
        "pass",
        "logger.info('%s', self.args.alpha)",
        "logger.info(f'{self.args.alpha}')",
        "self.kept = self.args.alpha",
        "x = self.args.alpha + 1",
        "x = y = self.args.alpha; self.kept = (x, y)",
        "assert self.args.alpha >= 0, self.args.alpha",
        "self.step(self.args.alpha)",
        "self.args.alpha = self.args.alpha or 3",
        "print(self.args.alpha)",
    ],
)
def test_no_uses(train: str) -> None:
    assert judged(train=train)["alpha"].verdict == "inert"


def test_validation_is_no_use() -> None:
    post = "if self.alpha < 0:\n            raise ValueError(f'{self.alpha} is negative')"
    verdict = judged(post=post)["alpha"]
    assert verdict.verdict == "inert"
    assert verdict.checked


def test_a_refusal_that_hangs_on_more_than_the_value_is_an_effect() -> None:
    post = "if self.alpha:\n            if not device_found:\n                raise ValueError('no device')"
    assert judged(post=post)["alpha"].verdict == "live"
    assert judged(post="if self.alpha and self.delta: raise ValueError('both')")["alpha"].verdict == "live"


def test_a_value_that_makes_another_field_counts_when_that_one_does() -> None:
    post = "self.delta = self.alpha"
    assert judged(post=post)["alpha"].verdict == "inert"
    assert judged(post=post, train="run(self.args.delta)")["alpha"].verdict == "live"


def test_names_made_of_literals_are_listed() -> None:
    verdicts = judged(train="for kind in ('beta', 'gamma'): run(getattr(self.args, f'{kind}_steps'))")
    assert [verdicts[name].verdict for name in ("beta_steps", "gamma_steps", "delta")] == ["live", "live", "inert"]


@pytest.mark.parametrize(
    "train",
    ["run(getattr(self.args, name()))", "run(vars(self.args))", "run(self.args.__dict__)", "outside(self.args)"],
)
def test_what_cannot_be_followed_is_unknown(train: str) -> None:
    verdict = judged(train=train)["delta"]
    assert verdict.verdict == "unknown"
    assert verdict.lost


def test_a_setter_is_more_than_storage() -> None:
    more = (
        "@property\n    def level(self):\n        return 0\n"
        "    @level.setter\n    def level(self, value):\n        run(value)"
    )
    assert judged(post="self.level = self.alpha", more=more)["alpha"].verdict == "live"


def test_callbacks_run_when_a_trainer_makes_them() -> None:
    before = "class Watch(Callback):\n    def on_step_end(self, args):\n        run(args.alpha)\n"
    assert judged(before=before, init="self.watch = Watch()")["alpha"].verdict == "live"
    assert judged(before=before)["alpha"].verdict == "inert"


def test_functions_kept_in_a_table_run() -> None:
    before = "def handler(args):\n    run(args.alpha)\nTABLE = {}\nTABLE['a'] = handler\n"
    assert judged(before=before, train="TABLE['a'](self.args)")["alpha"].verdict == "live"


def test_what_a_networks_loss_drops() -> None:
    program = Program(
        {"lib/own.py": LOSS, "lib/net.py": NETWORK, "lib/arguments.py": ARGUMENTS.format(post="pass", more="")}
    )
    found = [program.find_class(n) for n in ("lib.own.Own", "lib.arguments.Arguments", "lib.net.Net")]
    own, arguments, net = found
    assert own is not None
    assert arguments is not None
    assert net is not None
    assert set(judge_losses(program, own, arguments, {"Net": net})["Net"]) == {"delta"}


@pytest.mark.parametrize(
    ("expression", "when"),
    [
        ("rate or 3", "falsy"),
        ("rate if rate else 3", "falsy"),
        ("rate if rate is not None else 3", "not (rate is not None)"),
        ("3 if rate is None else rate", "rate is None"),
        ("max(rate, 1)", "less than 1"),
        ("min(1, rate)", "greater than 1"),
        ("TABLE.get(rate, 'x')", "mapped through a table"),
        ("TABLE[rate]", "mapped through a table"),
        ("rate", None),
        ("rate + 0", None),
    ],
)
def test_replacements_in_a_layer(expression: str, when: str | None) -> None:
    text = f"def layer(rate, spare, **more):\n    return Arguments(rate={expression}, **more)\n"
    read = wrapper(Program({"lib/layer.py": text}).functions["layer"][0])
    assert (read.replaced["rate"].when if "rate" in read.replaced else None) == when
    assert read.dropped == ("spare",)


def test_a_file_that_does_not_parse_is_named() -> None:
    assert Program({"lib/bad.py": "def (", "lib/good.py": "x = 1"}).unparsed == ["lib/bad.py"]
