"""What is seen of a run while it goes: the facts that evidence of effect is drawn from. Nothing here judges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

_LOADER: Final = ("batch_size", "num_workers", "pin_memory", "persistent_workers", "prefetch_factor", "drop_last")


@dataclass(slots=True)
class Observed:
    """Facts of one attempt.

    `loaders` has the arguments of each DataLoader ("train", "eval"); `groups` the optimizer's parameter groups (base
    learning rate, weight decay, other settings, tensors, parameters); `rates` the learning rate of the first group at
    the first step, its peak with the peak's step, and the last; `forward` the device and autocast type inside the
    model; `loss_arguments` what the model's forward was called with beside tensors. Lists of steps: `logs`,
    `evaluations`, `saves`. `uploaded` says whether the last upload to the Hub went well, `upload` how; None before the
    first. `influence` maps a parameter to what changed when only it was changed.
    """

    loaders: dict[str, dict[str, Any]] = field(default_factory=dict)
    optimizer: str = ""
    groups: list[dict[str, Any]] = field(default_factory=list)
    scheduler: str = ""
    scheduler_keywords: dict[str, Any] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)
    forward: dict[str, Any] = field(default_factory=dict)
    loss_arguments: dict[str, Any] = field(default_factory=dict)
    model: dict[str, Any] = field(default_factory=dict)
    influence: dict[str, str] = field(default_factory=dict)
    readers: dict[str, list[str]] = field(default_factory=dict)
    logs: list[int] = field(default_factory=list)
    evaluations: list[int] = field(default_factory=list)
    saves: list[int] = field(default_factory=list)
    rotated: list[str] = field(default_factory=list)
    clipped: set[float] = field(default_factory=set)
    trackers: list[str] = field(default_factory=list)
    best_loaded: str | None = None
    best_metric: float | None = None
    micro_batches: int = 0
    steps: int = 0
    max_steps: int = 0
    steps_per_epoch: int = 0
    save_seconds: float = 0.0
    uploaded: bool | None = None
    upload: str = ""
    examples: dict[str, int] = field(default_factory=dict)

    def see_loader(self, role: str, loader: Any) -> None:
        """The arguments of a DataLoader, and its kind of order."""
        facts = {name: getattr(loader, name) for name in _LOADER}
        if facts["batch_size"] is None and loader.batch_sampler is not None:
            facts["batch_size"] = getattr(loader.batch_sampler, "batch_size", None)
        sampler = getattr(loader.batch_sampler, "sampler", None) or getattr(loader, "sampler", None)
        facts["drop_last"] = bool(facts["drop_last"] or getattr(loader.batch_sampler, "drop_last", False))
        facts["sampler"] = type(sampler).__name__
        facts["shuffle"] = getattr(sampler, "shuffle", "Random" in type(sampler).__name__)
        facts["order_seed"] = getattr(sampler, "seed", getattr(sampler, "initial_seed", None))
        self.loaders[role] = facts

    def see_training(self, trainer: Any) -> None:
        """The optimizer, the scheduler and the length of the run, as they stand when the loop begins."""
        optimizer = getattr(trainer.optimizer, "optimizer", trainer.optimizer)
        self.optimizer = type(optimizer).__name__
        self.groups = [_group(group) for group in optimizer.param_groups]
        self.max_steps = trainer.state.max_steps
        per_step = trainer.args.gradient_accumulation_steps
        self.steps_per_epoch = -(-len(trainer.callback_handler.train_dataloader) // per_step)
        scheduler = getattr(trainer.lr_scheduler, "scheduler", trainer.lr_scheduler)
        curve = next(iter(getattr(scheduler, "lr_lambdas", [])), None)
        self.scheduler = getattr(getattr(curve, "func", curve), "__qualname__", type(scheduler).__name__)
        self.scheduler_keywords = dict(getattr(curve, "keywords", {}))
        self.model.update(_model(trainer))

    def see_step(self, trainer: Any) -> None:
        """One update step: the learning rate that it leaves behind is the next step's."""
        self.steps += 1
        rate = float(trainer.optimizer.param_groups[-1]["lr"])
        if not self.rates:
            self.rates = {"first": rate, "peak": rate, "peak_step": 1.0}
        if rate > self.rates["peak"]:
            self.rates.update(peak=rate, peak_step=float(trainer.state.global_step))
        self.rates["last"] = rate

    def watch_forward(self, model: Any) -> None:
        """Note once, from inside the model, what its forward gets and under which precision it runs."""
        import torch

        def hook(module: Any, args: Any, kwargs: dict[str, Any]) -> None:
            if not torch.is_grad_enabled():
                return
            kind = next(module.parameters()).device.type
            on = torch.is_autocast_enabled(kind)
            self.forward = {
                "device": kind,
                "autocast": str(torch.get_autocast_dtype(kind)).removeprefix("torch.") if on else None,
                "weights": str(next(module.parameters()).dtype).removeprefix("torch."),
                "batch": int(kwargs["input_ids"].shape[0]) if "input_ids" in kwargs else None,
            }
            self.loss_arguments = {
                name: value
                for name, value in kwargs.items()
                if isinstance(value, str | int | float | bool | type(None))
            }
            handle.remove()

        handle = getattr(model.model, "_orig_mod", model.model).register_forward_pre_hook(hook, with_kwargs=True)


def _group(group: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in group.items() if name not in ("params", "lr", "initial_lr")}
    return {
        **{name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()},
        "lr": float(group.get("initial_lr", group["lr"])),
        "tensors": len(group["params"]),
        "parameters": sum(parameter.numel() for parameter in group["params"]),
    }


def _model(trainer: Any) -> dict[str, Any]:
    import torch

    model = trainer.model
    trainable = [(name, p.numel()) for name, p in model.named_parameters() if p.requires_grad]
    components = {
        name: sum(p.numel() for p in part.parameters() if p.requires_grad)
        for name, part in model._get_freezable_components().items()
    }
    cuda = torch.backends.cuda.matmul if torch.cuda.is_available() else None
    return {
        "parameters": sum(p.numel() for p in model.parameters()),
        "trainable": sum(count for _, count in trainable),
        "trainable_by_component": components,
        "compiled": hasattr(model.model, "_orig_mod") or hasattr(trainer.model_wrapped, "_orig_mod"),
        "checkpointing": any(getattr(module, "gradient_checkpointing", False) for module in model.modules()),
        "deterministic": torch.are_deterministic_algorithms_enabled(),
        "tf32": bool(cuda.allow_tf32) if cuda is not None else None,
        "hub_model_id": getattr(trainer, "hub_model_id", None),
        "world_size": trainer.args.world_size,
        "wrapped": type(trainer.model_wrapped).__name__,
    }
