"""A key that the script reads without a guard and that the config lacks: the script crashes there.

The config is one that is checked with the script, or the one whose path is the script's own default. A `.get`, a
default, a test, a `try` around the read are guards. An attribute of parsed options that no `add_argument` made is the
same crash.
"""

from collections.abc import Iterator

from ..finding import ERROR, WARNING
from ..keys._nearest import nearest
from ._audited import Audited
from ._example import script
from ._guards import failing, unguarded, unless
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
                effect=f"the script stops here with a {read.error}" + unless(read),
                help=f"write `{key.key}` in the config, or read it with a default",
                severity=WARNING if read.elsewhere else ERROR,
                path=steps(key),
            )
    yield from _options(audited)


def _options(audited: Audited) -> Iterator[CodeReport]:
    """Names that are asked of parsed options, where the parser is fully known and has no such option."""
    for key in audited.user_keys():
        read = failing(audited, key) if key.kind == "option" and not key.declared else None
        if read is None:
            continue
        meant = nearest(key.key, [k.key for k in audited.user_keys() if k.kind == key.kind and k.declared])
        yield CodeReport(
            read.site,
            key.key,
            f"`{key.key}` is read, and the parser has no such option"
            + (f"; did you mean `{meant}`?" if meant is not None else ""),
            effect=f"the script stops here with an {read.error}",
            help=f"read `{meant}`, or declare `{key.key}`" if meant is not None else f"declare `{key.key}`",
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
