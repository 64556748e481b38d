"""A value that the project's validator accepts and that the library refuses.

The run passes its own checks and crashes when the arguments are built: `adamw_hf` left transformers, an old name of a
strategy is no member of the enum any more. The library's values come from its source at the version in force.
"""

from collections.abc import Iterator

from ...audit.trace.values import ARITH, CAST, LOOKUP, TEXT
from ...schemas.validate import is_valid
from ..finding import ERROR, Step
from ..rule import show
from ._audited import Audited, accepted
from ._example import script
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import steps

NAME = "value-rejected-by-library"
CHANGED = frozenset({LOOKUP, ARITH, CAST, TEXT})


def check(audited: Audited) -> Iterator[CodeReport]:
    for key in audited.user_keys():
        allowed = accepted(key)
        for forward in key.forwarded:
            parameter = audited.parameter(forward)
            if not allowed or parameter is None or not parameter.enforced_at or forward.tags & CHANGED or forward.falsy:
                continue
            refused = [value for value in allowed if not is_valid(parameter.schema, value)]
            if not refused or len(refused) == len(allowed):
                continue
            place = next(c for c in key.validated if c.kind == "enum" and refused[0] in c.values)
            first = next((f for f in key.forwarded if not f.library), forward)
            values = ", ".join(map(show, refused))
            version = audited.versions.get(forward.sink.partition(".")[0], "")
            yield CodeReport(
                place.site,
                key.key,
                f"the validator accepts `{key.leaf}: {values}`, which `{forward.param}` of {forward.sink} refuses "
                f"({forward.sink.partition('.')[0]} {version})",
                effect="the run stops when the arguments are built",
                help=f"take {values} out of {place.by}",
                confidence=key.confidence,
                path=steps(key, *_refusal(parameter.enforced_at, forward.param)),
                related=((first.site, f"handed over as `{first.param}` here"),),
            )
            break


def _refusal(source: str, parameter: str) -> tuple[Step, ...]:
    file, _, line = source.rpartition(":")
    return (Step(file, int(line), f"`{parameter}` is checked here"),) if line.isdigit() else ()


CHECKED = """\
def validate(cfg):
    if cfg["optimizer"] not in ({values}):
        raise ValueError("optimizer")

"""
BODY = 'validate(cfg)\nargs = TrainingArguments("out", optim=cfg["optimizer"])'
RULE = CodeRule(
    "GA813",
    NAME,
    ERROR,
    check,
    bad=(
        CodeExample(
            script(BODY, CHECKED.format(values='"adamw_torch", "adamw_hf"')),
            ("optimizer",),
            versions={"transformers": "5.16.1"},
        ),
    ),
    good=(CodeExample(script(BODY, CHECKED.format(values='"adamw_torch", "sgd"'))),),
    doc=__doc__,
)
