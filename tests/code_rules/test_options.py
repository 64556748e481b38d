"""Attributes of parsed options that no parser makes: the read raises, or nothing can be said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gliner_audit.audit.trace import trace
from gliner_audit.rules.check import Result

Check = Callable[..., Result]
HEAD = """
import argparse
import sys
from transformers import Trainer, TrainingArguments, set_seed


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--learning-rate", type=float, default=1e-4)
"""
TAIL = """

def main():
    args = parse()
{body}
    Trainer(model=None, args=TrainingArguments("out", learning_rate=args.learning_rate, seed=args.seed)).train()


if __name__ == "__main__":
    main()
"""
PARSED = "    return parser.parse_args()\n"


def found(project: Check, parser: str, body: str) -> list[tuple[str, str, str]]:
    text = HEAD + parser + TAIL.format(body="".join(f"    {line}\n" for line in body.split("\n")))
    result = project({"train.py": text}, "train.py")
    return [(one.name, one.key or "", one.severity) for one in result.outcome.findings]


def raised(parser: str, body: str, monkeypatch: pytest.MonkeyPatch) -> str | None:
    """What the code raises when it runs, without the library."""
    text = HEAD.replace("from transformers import Trainer, TrainingArguments, set_seed", "set_seed = print")
    monkeypatch.setattr("sys.argv", ["train.py"])
    space: dict[str, object] = {}
    exec(compile(text + parser + f"\nargs = parse()\n{body}\n", "train.py", "exec"), space)
    return None


def test_a_name_that_no_option_has_is_read(project: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(project, PARSED, "set_seed(args.see)") == [("read-but-absent", "see", "error")]
    with pytest.raises(AttributeError, match="see"):
        raised(PARSED, "set_seed(args.see)", monkeypatch)


def test_the_nearest_option_is_named(project: Check) -> None:
    text = HEAD + PARSED + TAIL.format(body="    set_seed(args.learning_rat)")
    (one,) = project({"train.py": text}, "train.py").outcome.findings
    assert "did you mean `learning_rate`?" in one.message


@pytest.mark.parametrize(
    ("parser", "body"),
    [
        (PARSED, 'set_seed(getattr(args, "see", 1))'),
        (PARSED, 'if hasattr(args, "see"):\n    set_seed(args.see)'),
        (PARSED, "try:\n    set_seed(args.see)\nexcept AttributeError:\n    set_seed(2)"),
        (PARSED, "args.see = 3\nset_seed(args.see)"),
        (PARSED, 'setattr(args, "se" + "e", 3)\nset_seed(args.see)'),
        (PARSED, 'vars(args).update(see=3)\nprint(vars(args).get("seee"))\nset_seed(args.see)'),
        ("    parser.set_defaults(see=4)\n    return parser.parse_args()\n", "set_seed(args.see)"),
        ('    options = {"see": 4}\n    parser.set_defaults(**options)\n' + PARSED, "set_seed(args.see)"),
        ('    parser.add_subparsers(dest="see")\n' + PARSED, "print(args.see)"),
        ("    return parser.parse_args(namespace=argparse.Namespace(see=5))\n", "set_seed(args.see)"),
        (
            (
                "    class Both(argparse.Action):\n        def __init__(self, *a, default=None, **k):\n"
                "            super().__init__(*a, default=default, **k)\n"
                "        def __call__(self, parser, space, values, text=None):\n            space.see = values\n"
                '    parser.add_argument("--x", action=Both)\n    return parser.parse_args(["--x", "1"])\n'
            ),
            "set_seed(args.see)",
        ),
        (
            '    for name in ("se", "see"):\n        parser.add_argument("--" + name, default=1)\n' + PARSED,
            "set_seed(args.see)",
        ),
    ],
)
def test_a_name_that_may_be_there_is_left_alone(
    project: Check, monkeypatch: pytest.MonkeyPatch, parser: str, body: str
) -> None:
    raised(parser, body, monkeypatch)
    assert [one for one in found(project, parser, body) if one[0] == "read-but-absent"] == []


@pytest.mark.parametrize(
    ("parser", "body"),
    [
        ("    import deepspeed\n    deepspeed.add_config_arguments(parser)\n" + PARSED, "set_seed(args.see)"),
        (PARSED, "import megatron\nmegatron.set_args(args)\nset_seed(args.see)"),
        (
            "    import common\n    parser = argparse.ArgumentParser(parents=common.PARENTS)\n" + PARSED,
            "set_seed(args.see)",
        ),
    ],
)
def test_a_parser_that_a_library_had_is_not_known(project: Check, parser: str, body: str) -> None:
    assert [one for one in found(project, parser, body) if one[0] == "read-but-absent"] == []


@pytest.mark.parametrize(
    "options",
    [
        'p.add_argument("--learning_rate", type=float, default=cfg["lr"])',
        'p.add_argument("--learning_rate", type=float)\np.set_defaults(learning_rate=cfg["lr"])',
        'p.add_argument("--learning_rate", type=float)\np.set_defaults(**{"learning_rate": cfg["lr"]})',
    ],
    ids=["default", "set_defaults", "set_defaults of a dict"],
)
def test_a_key_that_is_the_default_of_an_option_goes_where_the_option_goes(project: Check, options: str) -> None:
    script = (
        "import argparse, yaml\nfrom transformers import TrainingArguments\n\ncfg = yaml.safe_load(open('c.yaml'))\n"
        f"p = argparse.ArgumentParser()\n{options}\nargs = p.parse_args()\n"
        "TrainingArguments(output_dir='o', learning_rate=args.learning_rate)\n"
    )
    project({"train.py": script}, "train.py")
    (entry,) = trace("train.py", configs={"c.yaml": {"lr": 1.0e-4, "spare": 1}}).entries
    reached = {key.key: {f.param for f in key.forwarded} for key in entry.keys if key.kind == "config"}
    assert reached == {"lr": {"learning_rate"}, "spare": set()}
