"""What a library, at the versions in force, does with the value of a parameter: who reads it, on the way that runs.

Answers come from bundled summaries of the sources (no library is imported), or from an installed package's files.
"Inert" is the claim that needs proof: no function that training, evaluation or saving can reach does anything with the
value but check, log or store it. Whatever could not be followed is "unknown". Only the library is judged: a training
script may still read the field itself (`if args.do_train:`), which is for the tracer to say.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from . import lookup

GLINER_TRAINER = "gliner.training.Trainer"
PLAIN_TRAINER = lookup.PLAIN_TRAINER


class Reader(NamedTuple):
    """A place that reads a value: "transformers/trainer.py:1944", "Trainer.training_step"."""

    source: str
    function: str


class Use(NamedTuple):
    """What becomes of a parameter's value.

    `verdict` is "live", "inert" or "unknown". `readers` use the value when it is live; otherwise they are the nearest
    there is: those that only check it, then those that never run. `why` is one English sentence, None for a live
    field. `reporters` are the values of report_to that bring the only users of a live field.
    """

    verdict: str
    readers: tuple[Reader, ...] = ()
    why: str | None = None
    reporters: tuple[str, ...] = ()


class Replacement(NamedTuple):
    """A layer hands on `expression` in place of its parameter; `when` is "falsy" or the condition."""

    expression: str
    when: str
    source: str


def use(
    surface: str,
    parameter: str,
    versions: Mapping[str, str],
    trainer: str = GLINER_TRAINER,
    model: str | None = None,
    reporters: Iterable[str] | None = None,
    packages: Mapping[str, str] | None = None,
) -> Use | None:
    """What becomes of a parameter of TrainingArguments, of a layer in front of it, or of a GLiNER config class.

    `versions` maps "transformers" and "gliner" to the versions in force. `model` is a GLiNER class
    ("UniEncoderSpanGLiNER"); without it a parameter is live when any class uses it. `reporters` are the values of
    report_to when they are known (an empty one: none), so that a field which only they read is inert. `packages` maps
    a distribution to its package folder, to read that instead of the bundled summary. None: not a known parameter.
    """
    found = lookup.find(surface, parameter, versions, trainer, model, packages or {})
    if found is None:
        return None
    readers = tuple(Reader(*r) for r in found.readers)
    if found.reporters and reporters is not None and not {*found.reporters, "all"} & set(reporters):
        why = f"only the reporting of {', '.join(found.reporters)} reads it, and report_to names none of them"
        return Use("inert", readers, why + (found.why or ""))
    return Use(found.verdict, readers, None if found.verdict == "live" else found.why, found.reporters)


def replaced(
    surface: str, parameter: str, versions: Mapping[str, str], packages: Mapping[str, str] | None = None
) -> Replacement | None:
    """How a layer (`gliner.GLiNER.create_training_args`, `….train_model`) may exchange the value that it hands on."""
    found = lookup.replacement(surface, parameter, versions, packages or {})
    return Replacement(*found) if found else None


def mentioned(name: str, versions: Mapping[str, str], packages: Mapping[str, str] | None = None) -> bool:
    """Whether gliner's code has the name as an attribute that is read, a text key, a keyword or a parameter.

    True as well when no summary of the version exists: absence is the claim that needs proof.
    """
    return lookup.mentioned(name, versions, packages or {})


__all__ = ["GLINER_TRAINER", "PLAIN_TRAINER", "Reader", "Replacement", "Use", "mentioned", "replaced", "use"]
