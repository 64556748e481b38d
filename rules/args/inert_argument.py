"""An argument that TrainingArguments takes and nothing in the run reads.

A field whose only readers are methods that GLiNER's Trainer replaces, or code that this run never reaches, changes
nothing: `label_smoothing_factor` under GLiNER (its loss reads `label_smoothing`), `remove_unused_columns`,
`resume_from_checkpoint` (train_model calls `trainer.train()` without it), `do_train`. The readers come from the
library's source at the version in force; a field whose readers could not all be followed is left alone.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import ARGS as ROLE
from ...audit.dialects.base import Target
from ...schemas import readers
from ...schemas.surface import MISSING
from ..finding import ERROR, WARNING
from ..gliner._example import TRAINING
from ..rule import Example, Report, Rule, show
from ._example import said

INSTEAD = {
    "label_smoothing_factor": "write `label_smoothing`, which GLiNER's loss reads",
    "resume_from_checkpoint": "hand it to `trainer.train(...)`, or use `gliner-audit run --resume`",
    "cache_dir": "hand it to `from_pretrained`",
    "do_eval": "write `eval_strategy: steps`",
}
# Switches that the library leaves to the script around its Trainer (transformers 5.16.1, training_args.py).
FOR_SCRIPTS = ("do_train", "do_eval", "do_predict", "resume_from_checkpoint", "local_rank", "overwrite_output_dir")
# Every argument that is inert at some version of the catalog: no other one looks for readers. A test asks all.
INERT_SOMEWHERE = (
    "average_tokens_across_devices",
    "cache_dir",
    "dataloader_in_order",
    "dataloader_multiprocessing_context",
    "do_eval",
    "do_predict",
    "do_train",
    "label_names",
    "label_smoothing_factor",
    "local_rank",
    "mp_parameters",
    "overwrite_output_dir",
    "project",
    "ray_scope",
    "remove_unused_columns",
    "resume_from_checkpoint",
    "run_name",
    "torch_empty_cache_steps",
    "tpu_num_cores",
    "trackio_bucket_id",
    "trackio_space_id",
    "trackio_static_space_id",
)
TRAINERS = {"gliner": "gliner.training.Trainer", "trainer": "transformers.Trainer"}


def inert(config: Config, target: Target) -> bool:
    """Whether nothing that runs reads the argument."""
    if target.role != ROLE or target.parameter not in INERT_SOMEWHERE:
        return False
    surface, trainer = config.dialect.surfaces[ROLE], TRAINERS[config.dialect.name]
    use = readers.use(surface, target.parameter, config.surfaces.versions, trainer)
    return use is not None and use.verdict == "inert"


def check(config: Config) -> Iterator[Report]:
    gliner = config.dialect.name == "gliner"
    surface, trainer = config.dialect.surfaces[ROLE], TRAINERS[config.dialect.name]
    reporters = _reporters(config.plan.value("report_to"))
    for target, setting in config.settings.items():
        if (
            setting.path[0] == "run"
            or target.role != ROLE
            or setting.value is None
            or (isinstance(setting.value, dict) and config.own_section(setting.path))
            or (not gliner and target.parameter in FOR_SCRIPTS)
        ):
            continue
        use = readers.use(surface, target.parameter, config.surfaces.versions, trainer, reporters=reporters)
        if use is None or use.verdict != "inert":
            continue
        default = config.plan.args.get(target.parameter)
        parameter = config.parameter(target.parameter)
        harmless = parameter is not None and parameter.default is not MISSING and setting.value == parameter.default
        harmless = harmless or setting.value is False or (default is not None and target.parameter in FOR_SCRIPTS)
        yield Report(
            setting.path,
            f"{said(setting)} has no effect: {use.why or 'nothing that runs reads it'}",
            effect="the run is the same without it",
            help=INSTEAD.get(target.parameter, f"remove it ({show(setting.value)} or any other value is the same)"),
            severity=WARNING if harmless or target.parameter not in INSTEAD else ERROR,
        )


def _reporters(report_to: object) -> tuple[str, ...] | None:
    """Who is reported to, as far as the config says; None where a null leaves it to the library's version."""
    if isinstance(report_to, list):
        return tuple(str(name) for name in report_to)
    return (() if report_to == "none" else (report_to,)) if isinstance(report_to, str) else None


RULE = Rule(
    "GA413",
    "inert-argument",
    WARNING,
    tuple(f"args.{parameter}" for parameter in INERT_SOMEWHERE),
    check,
    bad=(
        Example(TRAINING + "  label_smoothing_factor: 0.1\n", ("training.label_smoothing_factor",)),
        Example(TRAINING + "  remove_unused_columns: false\n", ("training.remove_unused_columns",)),
    ),
    good=(Example(TRAINING + "  label_smoothing: 0.1\n  seed: 7\n  logging_steps: 5\n"),),
    doc=__doc__,
)
