"""`lr_scheduler_kwargs` that do not fit the schedule.

Each schedule has its own options (transformers 5.16.1, optimization.py): an option that it does not take is a
TypeError, a missing one too (`warmup_stable_decay` needs num_decay_steps), `cosine_with_min_lr` needs exactly one of
min_lr and min_lr_rate, and a polynomial must end below the learning rate; stable steps that do not make up the run are
a schedule that stops early or late. All of it shows when the schedule is made,
after the model is loaded.
"""

from collections.abc import Iterator
from typing import Any

from ...audit.config import Config, Setting
from ..finding import ERROR, WARNING
from ..rule import Example, Report, Rule, show
from ._example import ARGS, number, said

OPTIONS: dict[str, tuple[str, ...]] = {
    "linear": (),
    "constant": (),
    "constant_with_warmup": (),
    "cosine": ("num_cycles",),
    "cosine_with_restarts": ("num_cycles",),
    "polynomial": ("lr_end", "power"),
    "inverse_sqrt": ("timescale",),
    "cosine_with_min_lr": ("num_cycles", "min_lr", "min_lr_rate"),
    "cosine_warmup_with_min_lr": ("num_cycles", "min_lr", "min_lr_rate", "warmup_lr_rate"),
    "warmup_stable_decay": (
        "num_decay_steps",
        "num_stable_steps",
        "warmup_type",
        "decay_type",
        "min_lr_ratio",
        "num_cycles",
    ),
}
# Schedules that are made without the options, whatever they are (optimization.py get_scheduler).
TAKE_NONE = ("constant", "constant_with_warmup")
STOPS = "training stops when the schedule is made, after the model is loaded"


def check(config: Config) -> Iterator[Report]:
    setting, kind = config.get("lr_scheduler_kwargs"), config.plan.value("lr_scheduler_type")
    schedule = config.get("lr_scheduler_type")
    given = {} if setting is None or setting.value is None else setting.value
    place = setting or schedule
    if setting is not None and isinstance(given, str) and given and not given.lstrip().startswith("{"):
        yield Report(
            setting.path,
            f"{said(setting)} is text, not a mapping",
            effect=STOPS,
            help="write a mapping, such as `lr_scheduler_kwargs: {num_cycles: 2}`",
        )
    if place is None or not isinstance(given, dict) or not isinstance(kind, str) or kind not in OPTIONS:
        return
    for key in given if setting is not None and kind not in TAKE_NONE else ():
        if key not in OPTIONS[kind] and key != "last_epoch" and setting is not None:
            takes = ", ".join(OPTIONS[kind]) or "no options"
            yield Report(
                (*setting.path, key),
                f"`{key}: {show(given[key])}` is no option of the `{kind}` schedule",
                effect=STOPS,
                help=f"`{kind}` takes {takes}",
                on="key",
            )
    if setting is not None and given and kind in TAKE_NONE:
        yield Report(
            setting.path,
            f"{said(setting)} has no effect: the `{kind}` schedule takes no options",
            effect="none: the run is the same without it",
            help="remove it",
            severity=WARNING,
        )
    missing = _missing(kind, given)
    if missing is not None:
        yield Report(place.path, f"{said(place)}: {missing[0]}", effect=STOPS, help=missing[1])
    end, rate = number(given.get("lr_end", 1e-7)), number(config.plan.value("learning_rate"))
    if kind == "polynomial" and end is not None and rate is not None and end >= rate:
        yield Report(
            place.path,
            f"{said(place)}: a polynomial schedule ends at {show(end)}, which is not below learning_rate {show(rate)}",
            effect=STOPS,
            help="write a smaller `lr_end`",
        )
    if kind == "warmup_stable_decay" and setting is not None:
        yield from _lengths(config, setting, given)
    cycles = number(given.get("num_cycles"))
    if kind == "cosine_with_restarts" and cycles is not None and cycles != int(cycles) and setting is not None:
        yield Report(
            (*setting.path, "num_cycles"),
            f"`num_cycles: {show(cycles)}` is no whole number of restarts",
            effect="the last cycle is cut off in the middle",
            help="write a whole number",
            severity=WARNING,
        )


def _lengths(config: Config, setting: Setting, given: dict[Any, Any]) -> Iterator[Report]:
    """Stable steps beside the run's own length: the stable steps win, and the three parts should make the whole."""
    stable, decay = number(given.get("num_stable_steps")), number(given.get("num_decay_steps"))
    if stable is None:
        return
    total, warm = config.plan.derived.total_steps, config.plan.derived.warmup_steps
    path = (*setting.path, "num_stable_steps")
    if total is not None and warm is not None and decay is not None and warm + stable + decay != total:
        yield Report(
            path,
            f"`num_stable_steps: {show(stable)}` with {warm} steps of warm-up and {show(decay)} of decay is "
            f"{show(warm + stable + decay)} steps, and the run has {total}",
            effect="the schedule ends before the run" if warm + stable + decay < total else "it never ends its decay",
            help="leave it out: the stable steps are what remains",
            severity=WARNING,
        )


def _missing(kind: str, given: dict[Any, Any]) -> tuple[str, str] | None:
    if kind == "warmup_stable_decay" and given.get("num_decay_steps") is None:
        return "warmup_stable_decay needs `num_decay_steps`", "write `lr_scheduler_kwargs: {num_decay_steps: 500}`"
    if kind in ("cosine_with_min_lr", "cosine_warmup_with_min_lr"):
        least = [key for key in ("min_lr", "min_lr_rate") if given.get(key) is not None]
        if not least:
            return f"{kind} needs `min_lr` or `min_lr_rate`", "write `lr_scheduler_kwargs: {min_lr_rate: 0.1}`"
        if len(least) == 2:
            return "min_lr and min_lr_rate exclude each other", "keep one of the two"
    return None


RULE = Rule(
    "GA406",
    "schedule-options",
    ERROR,
    ("args.lr_scheduler_type", "args.lr_scheduler_kwargs"),
    check,
    bad=(
        Example(ARGS + "lr_scheduler_type: cosine_with_min_lr\n", ("lr_scheduler_type",)),
        Example(
            ARGS + "lr_scheduler_type: cosine\nlr_scheduler_kwargs: {min_lr_rate: 0.1}\n",
            ("lr_scheduler_kwargs.min_lr_rate",),
        ),
    ),
    good=(
        Example(ARGS + "lr_scheduler_type: cosine_with_min_lr\nlr_scheduler_kwargs: {min_lr_rate: 0.1}\n"),
        Example(ARGS + "lr_scheduler_type: warmup_stable_decay\nlr_scheduler_kwargs: {num_decay_steps: 100}\n"),
    ),
    doc=__doc__,
)
