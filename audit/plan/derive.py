"""What follows from the values: steps, warm-up, effective batch, evaluation and checkpoint points, learning-rate
groups."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .resolve import Plan


class Derived(NamedTuple):
    """Numbers that the run will have; None where the file and the data do not tell.

    `total_steps` counts optimiser steps; `by` says what decides them ("max_steps" or "num_train_epochs");
    `evaluations` and `checkpoints` are numbers of times; `groups` are the learning rates of encoder and others.
    """

    by: str
    total_steps: int | None
    steps_per_epoch: int | None
    epochs: float | None
    warmup_steps: int | None
    effective_batch_size: int | None
    evaluates: bool
    evaluations: int | None
    saves: bool
    checkpoints: int | None
    groups: tuple[tuple[str, float], ...]


def derive(plan: Plan, examples: int | None, world_size: int) -> Derived:
    """Compute what follows, as transformers' Trainer does (5.16.1, trainer.py set_initial_training_values)."""
    batch = _positive(plan, "per_device_train_batch_size")
    accumulation = _positive(plan, "gradient_accumulation_steps") or 1
    per_epoch = None
    if examples and batch:
        batches = math.ceil(examples / (batch * world_size))
        if plan.value("dataloader_drop_last") is True:
            batches = examples // (batch * world_size)
        per_epoch = max(batches // accumulation + (batches % accumulation > 0), 1)
    max_steps, epochs = plan.number("max_steps"), plan.number("num_train_epochs")
    by = "max_steps" if max_steps is not None and max_steps > 0 else "num_train_epochs"
    total = None
    if by == "max_steps" and max_steps is not None:
        total = int(max_steps)
        epochs = total / per_epoch if per_epoch else None
    elif per_epoch and epochs is not None:
        total = math.ceil(epochs * per_epoch)
    eval_every = _interval(plan, "eval", total, per_epoch)
    save_every = _interval(plan, "save", total, per_epoch)
    return Derived(
        by=by,
        total_steps=total,
        steps_per_epoch=per_epoch,
        epochs=epochs,
        warmup_steps=warmup(plan, total),
        effective_batch_size=batch * accumulation * world_size if batch else None,
        evaluates=plan.value("eval_strategy") in ("steps", "epoch"),
        evaluations=_times(total, eval_every),
        saves=plan.value("save_strategy") in ("steps", "epoch", "best"),
        checkpoints=_times(total, save_every),
        groups=_groups(plan),
    )


def warmup(plan: Plan, total: int | None) -> int | None:
    """Warm-up steps: whole steps win, a fraction is a share of the run (transformers 5.16.1, training_args.py
    get_warmup_steps); GLiNER's own warmup_ratio counts only while warmup_steps is 0 (gliner 0.2.29, trainer.py)."""
    steps, ratio = plan.number("warmup_steps"), plan.number("warmup_ratio")
    if steps is not None and steps >= 1:
        return int(steps)
    share = steps if steps else ratio
    if not share:
        return 0
    return math.ceil(total * share) if total is not None else None


def _positive(plan: Plan, parameter: str) -> int | None:
    number = plan.number(parameter)
    return int(number) if number is not None and number >= 1 else None


def _interval(plan: Plan, what: str, total: int | None, per_epoch: int | None) -> int | None:
    strategy = plan.value(f"{what}_strategy")
    if strategy == "epoch":
        return per_epoch
    if strategy != "steps":
        return None
    every = plan.number(f"{what}_steps")
    if not every and what == "eval":
        every = plan.number("logging_steps")
    if every is None or every <= 0:
        return None
    return math.ceil(every * total) if every < 1 and total is not None else int(every) or None


def _times(total: int | None, every: int | None) -> int | None:
    return total // every if total is not None and every else None


def _groups(plan: Plan) -> tuple[tuple[str, float], ...]:
    encoder, others = plan.number("learning_rate"), plan.number("others_lr")
    if encoder is None:
        return ()
    if others is None:
        return (("all parameters", encoder),)
    return (("encoder", encoder), ("others", others))
