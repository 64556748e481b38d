"""A key that one of the parameters it is named for gets, and another does not.

`eval_every` sets how often the run saves and never how often it evaluates.
"""

from collections.abc import Iterator

from ...audit.dialects.names import SHORT_NAMES
from ..finding import WARNING
from ._audited import ENVIRONMENT, Audited
from ._example import script
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import names, steps

NAME = "partially-forwarded"
EVALUATION, SAVING = "eval_steps", "save_steps"


def check(audited: Audited) -> Iterator[CodeReport]:
    taken = {a.param for call in audited.entry.calls for a in call.arguments if a.known or a.keys}
    for key in audited.user_keys():
        reached = {f.param for f in key.forwarded if f.sink != ENVIRONMENT}
        missed = [name for name in key.namesakes if name not in reached]
        # Other namesakes are one parameter under several names: the key that reaches one of them is handed over.
        if len(SHORT_NAMES.get(key.leaf.replace("-", "_").lower(), ())) < 2:
            continue
        got = [name for name in key.namesakes if name in reached]
        if not got or not missed or audited.uncertain(key) or set(missed) & taken or _hidden(audited):
            continue
        if set(key.namesakes) == {"warmup_steps", "warmup_ratio"}:
            continue
        first = next(f for f in key.forwarded if f.param in got)
        yield CodeReport(
            first.site,
            key.key,
            f"`{key.key}` goes to {names(got)} and not to {names(missed)}",
            effect=f"{names(missed)} keeps the library's default, whatever `{key.key}` says",
            help=f"hand it over as {names(missed)} too, or name the key after what it sets",
            confidence=key.confidence,
            path=steps(key),
        )


def _hidden(audited: Audited) -> bool:
    """Whether a call of the project takes arguments that were not followed."""
    return any(
        call.sink.endswith(("TrainingArguments", "train_model")) and not call.library and not call.complete
        for call in audited.entry.calls
    )


BODY = 'args = TrainingArguments("out", save_steps=cfg["eval_every"]{more})'
RULE = CodeRule(
    "GA807",
    NAME,
    WARNING,
    check,
    bad=(CodeExample(script(BODY.format(more="")), ("eval_every",)),),
    good=(CodeExample(script(BODY.format(more=', eval_steps=cfg["eval_every"]'))),),
    doc=__doc__,
)
