"""Evidence for the settings of the optimizer, the schedule and the length of the run.

What gliner's optimizer groups are made of: gliner 0.2.29, training/trainer.py create_optimizer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from .evidence import Evidence, Probe, close, effect, nothing
from .observe import Observed


def _groups(seen: Observed, name: str, value: Any, part: slice = slice(None)) -> str | None:
    """In words, which groups hold `value` as `name`; None when no group with parameters does."""
    hits = [group for group in seen.groups[part] if close(group.get(name), value) and group["tensors"]]
    if not hits:
        return None
    parameters = sum(group["parameters"] for group in hits)
    return f"{name}={value:g} in {len(hits)} of {len(seen.groups)} optimizer groups, {parameters} parameters"


def _parts(seen: Observed) -> tuple[slice, slice]:
    """The groups of the heads and those of the encoder: with others_lr the heads' two come first."""
    return (slice(0, 2), slice(2, 4)) if len(seen.groups) == 4 else (slice(0, 0), slice(None))


def _rate(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    text = _groups(seen, "lr", planned, _parts(seen)[1])
    return effect(text, planned) if text else None


def _others_rate(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    if planned is None:
        same = len({group["lr"] for group in seen.groups}) == 1
        return effect(f"all {len(seen.groups)} optimizer groups have learning_rate", None) if same else None
    text = _groups(seen, "lr", planned, _parts(seen)[0])
    return effect(text, planned) if text else None


def _decay(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    text = _groups(seen, "weight_decay", planned, _parts(seen)[1])
    return effect(text, planned) if text else None


def _others_decay(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    if args.get("others_lr") is None:
        return nothing("others_lr is null: gliner.training.Trainer.create_optimizer builds no group that takes it")
    text = _groups(seen, "weight_decay", planned, _parts(seen)[0])
    return effect(text, planned) if text else None


def _optimizer(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    wanted = str(getattr(planned, "value", planned)).replace("_torch", "").replace("_fused", "").replace("_", "")
    return effect(f"the optimizer is {seen.optimizer}", planned) if wanted in seen.optimizer.lower() else None


def _beta(index: int) -> Probe:
    def probe(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
        betas = [group["betas"][index] for group in seen.groups if "betas" in group]
        held = betas and all(close(beta, planned) for beta in betas)
        return (
            effect(f"betas[{index}]={planned:g} in {len(betas)} groups of {seen.optimizer}", planned) if held else None
        )

    return probe


def _epsilon(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    text = _groups(seen, "eps", planned)
    return effect(text, planned) if text else None


def _clip(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    limits = {limit for limit in seen.clipped if limit != math.inf}
    if planned and any(close(limit, planned) for limit in limits):
        return effect(f"gradients were clipped to a norm of {planned:g}", planned)
    return effect("gradients were never clipped", 0) if not planned and seen.steps and not limits else None


def _scheduler(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    name = str(getattr(planned, "value", planned))
    if name in seen.scheduler or (name == "reduce_lr_on_plateau" and "Plateau" in seen.scheduler):
        return effect(f"the schedule is {seen.scheduler}; {_curve(seen)}", name)
    return None


def _curve(seen: Observed) -> str:
    rates = seen.rates
    if not rates:
        return "no step was done"
    peak = f"peak {rates['peak']:.3g} at step {rates['peak_step']:.0f}"
    return f"lr {rates['first']:.3g} after step 1, {peak}, last {rates['last']:.3g}"


def _scheduler_keywords(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    held = planned and all(seen.scheduler_keywords.get(key) == value for key, value in planned.items())
    return effect(f"{seen.scheduler} holds them", planned) if held else None


def _warmup_steps(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    held = seen.scheduler_keywords.get("num_warmup_steps")
    if held is None or planned is None:
        return None
    asked = math.ceil(seen.max_steps * planned) if 0 < planned < 1 else planned
    if asked and held == asked:
        return effect(f"{seen.scheduler} warms up for {held} steps; {_curve(seen)}", held)
    return (
        effect("0 leaves the warm-up to warmup_ratio", held)
        if not planned and args.get("warmup_ratio")
        else (effect(f"{seen.scheduler} has no warm-up; {_curve(seen)}", 0) if held == 0 and not planned else None)
    )


def _warmup_ratio(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    if args.get("warmup_steps"):
        return nothing("warmup_steps is set and wins (gliner.training.TrainingArguments.get_warmup_steps)")
    held = seen.scheduler_keywords.get("num_warmup_steps")
    asked = math.ceil(seen.max_steps * (planned or 0))
    return effect(f"{held} of {seen.max_steps} steps warm up; {_curve(seen)}", held) if held == asked else None


def _max_steps(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    if planned > 0:
        return effect(f"the loop was set to {seen.max_steps} steps", planned) if seen.max_steps == planned else None
    return effect(f"epochs decide: {seen.max_steps} steps", planned) if seen.max_steps else None


def _epochs(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    if args.get("max_steps", -1) > 0:
        return nothing("max_steps is set and wins (transformers Trainer.set_initial_training_values)")
    if seen.max_steps == math.ceil(planned * seen.steps_per_epoch):
        return effect(f"{seen.max_steps} steps of {seen.steps_per_epoch} an epoch", planned)
    return None


def _accumulation(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    whole = (
        seen.steps and seen.micro_batches > seen.steps * (planned - 1) and seen.micro_batches <= seen.steps * planned
    )
    text = f"{seen.micro_batches} backward passes for {seen.steps} update steps"
    return effect(text, planned) if whole else None


PROBES: Final[Mapping[str, Probe]] = {
    "learning_rate": _rate,
    "others_lr": _others_rate,
    "weight_decay": _decay,
    "others_weight_decay": _others_decay,
    "optim": _optimizer,
    "adam_beta1": _beta(0),
    "adam_beta2": _beta(1),
    "adam_epsilon": _epsilon,
    "max_grad_norm": _clip,
    "lr_scheduler_type": _scheduler,
    "lr_scheduler_kwargs": _scheduler_keywords,
    "warmup_steps": _warmup_steps,
    "warmup_ratio": _warmup_ratio,
    "max_steps": _max_steps,
    "num_train_epochs": _epochs,
    "gradient_accumulation_steps": _accumulation,
}
