"""Evidence for what the model is: the keys of the GLiNER config, LoRA, frozen parts, data, and where the run starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import lora
from .evidence import Evidence, effect, nothing, unseen
from .observe import Observed
from .plan_types import KeyRecord, RunPlan


def of_model(record: KeyRecord, seen: Observed, model: Any, plan: RunPlan) -> Evidence:
    """A key of the GLiNER config."""
    name = str(record.parameter)
    held = getattr(model.config, name, None)
    if plan.prev_path and held != record.planned:
        return nothing(f"the config of {plan.prev_path} holds {held!r} and describes its weights", held)
    if name in seen.influence:
        return effect(seen.influence[name], held)
    if name == "model_name" and not plan.prev_path:
        encoder = lora.backbone(model)
        source = getattr(encoder, "name_or_path", "") or getattr(encoder.config, "_name_or_path", "")
        if source == record.planned:
            return effect(f"the encoder is {type(encoder).__name__} from {source}", source)
    if name == "backbone_from_pretrained":
        return _backbone(record.planned, model)
    return unseen()


def _backbone(planned: Any, model: Any) -> Evidence:
    encoder = lora.backbone(model)
    loaded = bool(getattr(encoder, "name_or_path", ""))
    if loaded == bool(planned):
        return effect(f"the encoder's weights are {'loaded' if loaded else 'random'}", planned)
    return unseen()


def of_switch(record: KeyRecord, model: Any) -> Evidence:
    """A key that turns LoRA on or off."""
    wrapped = lora.is_wrapped(model)
    if wrapped == bool(record.planned):
        return effect(f"the encoder {'carries adapters' if wrapped else 'carries no adapter'}", wrapped)
    return unseen()


def of_lora(record: KeyRecord, seen: Observed, model: Any) -> Evidence:
    """A field of peft.LoraConfig, held against the adapters."""
    if not lora.is_wrapped(model):
        return unseen("no adapter is there")
    wrapped = lora.holder(model).model
    layers = {name: module for name, module in wrapped.named_modules() if hasattr(module, "lora_A") and module.lora_A}
    if not layers:
        return unseen("no LoRA layer is there")
    first = next(iter(layers.values()))
    config = wrapped.peft_config[wrapped.active_adapter]
    rank, planned, name = first.r[wrapped.active_adapter], record.planned, record.parameter
    if name == "r" and rank == planned:
        shape = tuple(first.lora_A[wrapped.active_adapter].weight.shape)
        return effect(f"{len(layers)} adapters of rank {rank}; the first lora_A is {shape}", rank)
    if name in ("lora_alpha", "use_rslora"):
        divisor = rank**0.5 if config.use_rslora else rank
        scaling = first.scaling[wrapped.active_adapter]
        if abs(scaling * divisor - config.lora_alpha) < 1e-6 and getattr(config, name) == planned:
            return effect(f"adapters are scaled by {scaling:g}", planned)
    if name == "lora_dropout" and float(getattr(first.lora_dropout[wrapped.active_adapter], "p", 0.0)) == planned:
        return effect(f"Dropout(p={planned:g}) before {len(layers)} adapters", planned)
    if name == "target_modules":
        tails = sorted({layer.rsplit(".", 1)[-1] for layer in layers})
        return effect(f"adapters on {', '.join(tails)} ({len(layers)} layers)", tails)
    if name == "bias" and planned in ("none", "all", "lora_only"):
        trained = [n for n, p in wrapped.named_parameters() if n.endswith("bias") and p.requires_grad]
        if bool(trained) == (planned != "none"):
            return effect(f"{len(trained)} biases of the encoder train", planned)
    if name == "modules_to_save" and planned:
        kept = [n for n, p in wrapped.named_parameters() if ".modules_to_save." in n and p.requires_grad]
        if kept:
            return effect(f"{len(kept)} more tensors of the encoder train, {kept[0]} first", planned)
    return unseen("the adapters were not found to differ by it")


def of_freeze(record: KeyRecord, seen: Observed, plan: RunPlan) -> Evidence:
    """freeze_components: what of each named part still trains."""
    counts: Mapping[str, int] = seen.model.get("trainable_by_component", {})
    named = {name: counts[name] for name in plan.freeze if name in counts}
    if named and not any(named.values()):
        return effect(f"no parameter of {', '.join(named)} trains; {seen.model['trainable']} others do", list(named))
    if not plan.freeze and counts and plan.lora is None and all(counts.values()):
        return effect(f"every part trains: {', '.join(counts)}", [])
    return unseen()


def of_compile(plan: RunPlan, seen: Observed) -> Evidence:
    """compile_model: whether the module that trained is a compiled one."""
    compiled = seen.model.get("compiled")
    if compiled is None or compiled != plan.compile:
        return unseen()
    return effect(f"the model is a compiled module: {compiled}", plan.compile)


def of_data(record: KeyRecord, seen: Observed, plan: RunPlan) -> Evidence:
    """Paths: the examples read from them, the files written to them."""
    if record.parameter in ("train", "eval") and record.parameter in seen.examples:
        return effect(f"{seen.examples[record.parameter]} examples were read from it", record.planned)
    if record.parameter == "output_dir" and (seen.saves or seen.steps):
        return effect(f"{len(seen.saves)} checkpoints were written below it", record.planned)
    return unseen()
