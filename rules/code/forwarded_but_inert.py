"""A key that the library takes and that nothing in the code that will run reads.

GLiNER's Trainer has its own loss and its own data loaders: `label_smoothing_factor` and `remove_unused_columns` are
accepted and change nothing. The readers come from the source of the library in force, for the Trainer class that the
script uses; where they could not all be followed, or the project extends the Trainer, nothing is said. Evaluation data
are inert too when no call ever asks for an evaluation, and so is a variable of the environment that differs from a
known one by its underscores.
"""

from collections.abc import Iterator

from ...audit.dialects.names import VARIABLES
from ...audit.trace import consumed
from ...audit.trace.verdicts import strong_uses
from ..finding import LIKELY, WARNING, Step
from ._audited import ENVIRONMENT, Audited
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import chain, steps

NAME = "forwarded-but-inert"
ASK_FOR_EVALUATION = ("eval_strategy", "evaluation_strategy", "do_eval", "eval_on_start", "load_best_model_at_end")


def check(audited: Audited) -> Iterator[CodeReport]:
    yield from _unread_variable(audited)
    trainer = audited.entry.trainer
    if trainer is None:
        return
    yield from _idle_evaluation(audited)
    for key in audited.user_keys():
        ends = key.forwarded
        uses = consumed.uses(key, dict(audited.versions), trainer)
        if uses is None or strong_uses(key) or any(use.verdict != "inert" for use in uses):
            continue
        why = next((use.why for use in uses if use.why), "nothing that runs reads it")
        nearest = [r for use in uses for r in use.readers][:2]
        read = [_place(r.source, f"read only by {r.function}, which does not run") for r in nearest]
        yield CodeReport(
            ends[0].site,
            key.key,
            f"`{key.key}` reaches {chain(ends)}, where it has no effect: {why}",
            effect="the run is the same whatever it says",
            help="remove it, or hand it to what reads it",
            confidence=key.confidence,
            path=steps(key, *(step for step in read if step is not None)),
        )


def _unread_variable(audited: Audited) -> Iterator[CodeReport]:
    """A key that is written to a variable which no library reads, one underscore away from one that is read."""
    known = {name.replace("_", ""): name for name in VARIABLES}
    for key in audited.user_keys():
        for way in key.forwarded:
            meant = known.get(way.param.upper().replace("_", "")) if way.sink == ENVIRONMENT else None
            if meant is None or way.param == meant or sum(t.count(way.param) for t in audited.own_texts()) > 1:
                continue
            yield CodeReport(
                way.site,
                key.key,
                f"`{key.key}` is written to the variable {way.param}, which nothing reads; did you mean {meant}?",
                effect=f"{meant} stays as it was",
                help=f"write it to {meant}",
                confidence=LIKELY,
                path=steps(key),
            )


def _idle_evaluation(audited: Audited) -> Iterator[CodeReport]:
    """Evaluation data that are handed over while nothing asks for an evaluation."""
    calls = [call for call in audited.entry.calls if call.sink.endswith("TrainingArguments")]
    if not calls or any(
        _arguments(call.sink) and not call.library and not call.complete for call in audited.entry.calls
    ):
        return
    given = {argument.param for call in audited.entry.calls for argument in call.arguments}
    if given & set(ASK_FOR_EVALUATION) or any(".evaluate(" in text for text in audited.own_texts()):
        return
    for key in audited.user_keys():
        ways = [f for f in key.forwarded if f.param == "eval_dataset"]
        if not ways or len(ways) != len(key.forwarded) or audited.entry.gated:
            continue
        yield CodeReport(
            ways[0].site,
            key.key,
            f"`{key.key}` becomes the evaluation data of {ways[0].sink}, and nothing asks for an evaluation",
            effect='`eval_strategy` keeps its default "no": the data are loaded and never used',
            help="hand over `eval_strategy` and `eval_steps`",
            confidence=key.confidence,
            path=steps(key),
        )


def _arguments(sink: str) -> bool:
    return sink.endswith(("TrainingArguments", "create_training_args", "train_model"))


def _place(source: str, message: str) -> Step | None:
    file, _, line = source.rpartition(":")
    return Step(file, int(line), message) if line.isdigit() else None


SCRIPT = """\
import yaml
from gliner import GLiNER

if __name__ == "__main__":
    cfg = yaml.safe_load(open("config.yaml"))
    model = GLiNER.from_pretrained("some/model")
    model.train_model([], [], output_dir="out", {parameter}=cfg["smoothing"])
"""
RULE = CodeRule(
    "GA808",
    NAME,
    WARNING,
    check,
    bad=(CodeExample(SCRIPT.format(parameter="label_smoothing_factor"), ("smoothing",)),),
    good=(CodeExample(SCRIPT.format(parameter="label_smoothing")),),
    doc=__doc__,
)
