"""Evidence for the settings of the training loop: data loading, evaluation, saving, logging, precision, device."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .evidence import Evidence, Probe, effect, nothing, unseen
from .observe import Observed


def _loader(role: str, argument: str) -> Probe:
    def probe(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
        loader = seen.loaders.get(role)
        if loader is None or loader.get(argument) != planned:
            return None
        return effect(f"the DataLoader for {role} has {argument}={planned}", planned)

    return probe


def _cadence(list_name: str, strategy: str) -> Probe:
    """Steps at which something happened, against the interval that was asked for."""

    def probe(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
        happened: list[int] = getattr(seen, list_name)
        if _word(args.get(strategy)) != "steps":
            return nothing(f"{strategy} is {_word(args.get(strategy))}: only 'steps' takes an interval")
        if not isinstance(planned, int | float) or not seen.max_steps or not happened:
            return None
        interval = max(round(planned * seen.max_steps), 1) if planned < 1 else int(planned)
        regular = [step for step in happened if step % interval == 0]
        text = f"{list_name} at steps {', '.join(map(str, happened[:4]))}{' …' if len(happened) > 4 else ''}"
        return effect(text, interval) if regular else None

    return probe


def _strategy(list_name: str) -> Probe:
    def probe(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
        happened: list[int] = getattr(seen, list_name)
        wanted = _word(planned)
        if wanted == "no":
            extra = list_name == "logs"
            return effect(f"no {list_name} during training", "no") if seen.steps and (extra or not happened) else None
        return effect(f"{len(happened)} {list_name}, first at step {happened[0]}", wanted) if happened else None

    return probe


def _word(value: Any) -> str:
    return str(getattr(value, "value", value))


def _bf16(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    return _autocast(seen, planned, "bfloat16")


def _fp16(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    return _autocast(seen, planned, "float16")


def _autocast(seen: Observed, planned: Any, kind: str) -> Evidence | None:
    if not seen.forward:
        return None
    on = seen.forward["autocast"] == kind
    running = seen.forward["autocast"] or seen.forward["weights"]
    if bool(planned) == on:
        return effect(f"the model ran in {running} on {seen.forward['device']}", planned)
    return nothing(f"the model ran in {running} on {seen.forward['device']}") if planned else None


def _cpu(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    if not seen.forward or (planned and seen.forward["device"] != "cpu"):
        return None
    return effect(f"the model ran on {seen.forward['device']}", planned)


def _flag(name: str, words: str) -> Probe:
    def probe(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
        held = seen.model.get(name)
        return effect(f"{words}: {held}", planned) if held is not None and held == bool(planned) else None

    return probe


def _batch_size(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    loader = seen.loaders.get("train")
    if loader is None or loader["batch_size"] != planned:
        return None
    batch = seen.forward.get("batch")
    return effect(f"the DataLoader for train has batch_size={planned}; the first batch held {batch} examples", planned)


def _total_limit(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    return effect(f"{len(seen.rotated)} checkpoints were deleted", planned) if planned and seen.rotated else None


def _best(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    if planned:
        return effect(f"the weights of {seen.best_loaded} were loaded at the end", True) if seen.best_loaded else None
    return effect("the last weights were kept", False) if seen.steps and not seen.best_loaded else None


def _metric(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    held = planned is not None and seen.best_metric is not None
    return effect(f"the best value of {planned} was {seen.best_metric:.6g}", planned) if held else None


def _seed(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    order = seen.loaders.get("train", {}).get("order_seed")
    if args.get("data_seed") is None and order == planned:
        return effect(f"the order of the examples was drawn with {order}; dropout and heads with the same", planned)
    return None


def _data_seed(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    order = seen.loaders.get("train", {}).get("order_seed")
    wanted = args.get("seed") if planned is None else planned
    if order is None or order != wanted:
        return None
    return effect(f"the order of the examples was drawn with {order}", order)


def _sampling(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    loader = seen.loaders.get("train")
    if loader is None or planned not in ("random", "sequential") or loader["shuffle"] != (planned == "random"):
        return None
    return effect(
        f"the examples came {'shuffled' if loader['shuffle'] else 'in their order'} ({loader['sampler']})", planned
    )


def _report_to(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    names = [planned] if isinstance(planned, str) else list(planned or [])
    wanted = [name for name in names if name != "none"]
    if sorted(wanted) == sorted(seen.trackers):
        return effect(f"attached: {', '.join(seen.trackers) or 'no tracker'}", planned)
    return None


def _push(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    repository = seen.model.get("hub_model_id")
    if planned:
        return effect(seen.upload, True) if seen.uploaded else unseen(seen.upload or "nothing was uploaded")
    return effect("nothing was pushed", False) if seen.steps and not repository else None


def _hub_model_id(seen: Observed, planned: Any, args: Mapping[str, Any]) -> Evidence | None:
    if not args.get("push_to_hub"):
        return nothing("push_to_hub is false: transformers.Trainer makes no repository")
    repository = seen.model.get("hub_model_id")
    return effect(f"the repository is {repository}", planned) if repository and planned else None


PROBES: Final[Mapping[str, Probe]] = {
    "per_device_train_batch_size": _batch_size,
    "per_device_eval_batch_size": _loader("eval", "batch_size"),
    "dataloader_num_workers": _loader("train", "num_workers"),
    "dataloader_pin_memory": _loader("train", "pin_memory"),
    "dataloader_persistent_workers": _loader("train", "persistent_workers"),
    "dataloader_prefetch_factor": _loader("train", "prefetch_factor"),
    "dataloader_drop_last": _loader("train", "drop_last"),
    "train_sampling_strategy": _sampling,
    "eval_strategy": _strategy("evaluations"),
    "eval_steps": _cadence("evaluations", "eval_strategy"),
    "save_strategy": _strategy("saves"),
    "save_steps": _cadence("saves", "save_strategy"),
    "save_total_limit": _total_limit,
    "logging_strategy": _strategy("logs"),
    "logging_steps": _cadence("logs", "logging_strategy"),
    "load_best_model_at_end": _best,
    "metric_for_best_model": _metric,
    "greater_is_better": _metric,
    "bf16": _bf16,
    "fp16": _fp16,
    "tf32": _flag("tf32", "torch.backends.cuda.matmul.allow_tf32"),
    "use_cpu": _cpu,
    "gradient_checkpointing": _flag("checkpointing", "layers of the encoder recompute their activations"),
    "torch_compile": _flag("compiled", "the model is a compiled module"),
    "full_determinism": _flag("deterministic", "torch.are_deterministic_algorithms_enabled()"),
    "seed": _seed,
    "data_seed": _data_seed,
    "report_to": _report_to,
    "push_to_hub": _push,
    "hub_model_id": _hub_model_id,
}
