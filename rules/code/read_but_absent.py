"""A key that the script reads without a guard and that the config lacks: the script crashes there.

The config is one that is checked with the script, or the one whose path is the script's own default. A `.get`, a
default, a test, a `try` around the read are guards.
"""

from collections.abc import Iterator

from ..finding import ERROR
from ._audited import Audited
from ._example import script
from ._guards import unguarded
from ._rule import CodeExample, CodeReport, CodeRule
from ._sources import loads_of
from ._trail import steps

NAME = "read-but-absent"


def check(audited: Audited) -> Iterator[CodeReport]:
    for name, present in audited.configs.items():
        loads = loads_of(audited, present, (name,))
        for key in audited.user_keys():
            if key.kind != "config" or key.key in present or key.key.endswith("*"):
                continue
            read = unguarded(audited, key, loads)
            if read is None:
                continue
            yield CodeReport(
                read.site,
                key.key,
                f"`{key.key}` is read without a guard, and {name} lacks it",
                effect=f"the script stops here with a {read.error}",
                help=f"write `{key.key}` in the config, or read it with a default",
                path=steps(key),
            )


BODY = 'args = TrainingArguments("out", learning_rate=cfg["learning_rate"], warmup_steps={read})'
RULE = CodeRule(
    "GA814",
    NAME,
    ERROR,
    check,
    bad=(
        CodeExample(
            script(BODY.format(read='cfg["warmup_steps"]')), ("warmup_steps",), config="learning_rate: 0.00005\n"
        ),
    ),
    good=(
        CodeExample(
            script(BODY.format(read='cfg["warmup_steps"]')), config="learning_rate: 0.00005\nwarmup_steps: 10\n"
        ),
        CodeExample(script(BODY.format(read='cfg.get("warmup_steps", 0)')), config="learning_rate: 0.00005\n"),
    ),
    doc=__doc__,
)
