"""Effect shown by changing one thing only: another value for one setting, everything else the same, another result.

Equal results prove nothing and are not reported: the setting may matter on other data. Different ones are proof,
because the same computation is first done twice and found equal.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from .arguments import replaced
from .examples import Draw
from .stream import SeededCollator, seed_step

# A second value for each argument of the loss, and a third for a plan that already holds the second.
LOSS_ARGUMENTS: Final[dict[str, tuple[Any, Any]]] = {
    "focal_loss_alpha": (0.75, 0.25),
    "focal_loss_gamma": (2.0, 0.5),
    "rel_focal_loss_alpha": (0.75, 0.25),
    "rel_focal_loss_gamma": (2.0, 0.5),
    "focal_loss_prob_margin": (0.2, 0.1),
    "label_smoothing": (0.2, 0.1),
    "loss_reduction": ("mean", "sum"),
    "negatives": (0.5, 0.25),
    "masking": ("none", "global"),
    "loss_type": ("dice", "focal"),
    "use_span_width_weight": (True, False),
    "dice_gamma": (2.0, 0.5),
}
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "span_mode": ("marker", "markerV0"),
    "subtoken_pooling": ("mean", "first"),
    "words_splitter_type": ("universal", "whitespace"),
    "post_fusion_schema": ("l2l", "l2t"),
    "ent_token": ("<<OTHER>>", "<<ENT>>"),
    "sep_token": ("<<OTHER>>", "<<SEP>>"),
}


def of_loss(trainer: Any, batch: Mapping[str, Any]) -> dict[str, str]:
    """Argument → how the loss of one batch changed with it. The model is left in evaluation mode."""
    trainer.model.eval()
    first = _loss(trainer, batch)
    if first is None or first != _loss(trainer, batch):
        return {}
    seen = {}
    for name, values in LOSS_ARGUMENTS.items():
        planned = getattr(trainer.args, name)
        other = values[1] if planned == values[0] else values[0]
        with replaced(trainer.args, **{name: other}):
            loss = _loss(trainer, batch)
        if loss is not None and loss != first:
            seen[name] = f"loss of one batch is {first:.6g} with {planned!r}, {loss:.6g} with {other!r}"
    return seen


def of_config(trainer: Any, draw: Draw, keys: Iterable[str]) -> dict[str, str]:
    """Key of the GLiNER config → how a batch, the loss or the built model changed with it."""
    seen: dict[str, str] = {}
    model = trainer.model
    model.eval()
    batch, loss = _collated(trainer, draw)
    if not _same(batch, _collated(trainer, draw)[0]):
        return {}
    built = _built(model, {})
    for key in keys:
        planned = getattr(model.config, key, None)
        for other in _others(key, planned):
            how = _in_batch(trainer, draw, key, other, batch, loss) or _in_model(model, key, other, built)
            if how:
                seen[key] = f"with {other!r} instead of {planned!r} {how}"
                break
    return seen


def _others(key: str, value: Any) -> list[Any]:
    if key in _WORDS:
        return [word for word in _WORDS[key] if word != value][:1]
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [1 if value > 1 else 0, value * 2] if value > 0 else []
    if isinstance(value, float):
        return [value / 2 if value else 0.5]
    return []


def _in_batch(trainer: Any, draw: Draw, key: str, other: Any, batch: Any, loss: float | None) -> str | None:
    config = trainer.model.config
    planned = getattr(config, key)
    setattr(config, key, other)
    try:
        changed, new_loss = _collated(trainer, draw)
    except Exception:
        # a value that the library cannot work with tells nothing about the planned one
        return None
    finally:
        setattr(config, key, planned)
    if not _same(batch, changed):
        return "the collated batch differs"
    return f"the loss is {new_loss:.6g}, not {loss:.6g}" if loss is not None and new_loss not in (None, loss) else None


def _in_model(model: Any, key: str, other: Any, built: list[str] | None) -> str | None:
    changed = _built(model, {key: other}) if built is not None else None
    if built is None or changed is None or changed == built:
        return None
    new = next((line for line in changed if line not in built), "")
    old = next((line for line in built if line not in changed), "")
    return f"the model is built otherwise: {new.strip() or 'without'} for {old.strip() or 'nothing'}"


def _built(model: Any, changes: Mapping[str, Any]) -> list[str] | None:
    """The layers and shapes of a model made from the config with a one-layer, ten-word encoder; None when it fails."""
    import torch

    config = copy.deepcopy(model.config)
    for key, value in changes.items():
        setattr(config, key, value)
    encoder = getattr(config, "encoder_config", None)
    if encoder is None:
        return None
    encoder.num_hidden_layers, encoder.vocab_size = 1, max(10, (getattr(encoder, "pad_token_id", 0) or 0) + 1)
    processor = model.data_processor
    try:
        with torch.random.fork_rng(devices=[]):
            twin = type(model)(config, tokenizer=processor.transformer_tokenizer, backbone_from_pretrained=False)
    except Exception:
        # the library refuses the other value, or another architecture needs more than this
        return None
    shapes = [f"{name} {tuple(value.shape)}" for name, value in twin.model.state_dict().items()]
    splitter = getattr(twin.data_processor.words_splitter, "splitter", None)
    return [*repr(twin.model).splitlines(), *shapes, f"words split by {type(splitter).__name__}"]


def _collated(trainer: Any, draw: Draw) -> tuple[Mapping[str, Any], float | None]:
    collate = trainer.data_collator
    seeded: Callable[[Any], Any] = collate if isinstance(collate, SeededCollator) else SeededCollator(collate, 0)
    batch = seeded(draw)
    return batch, _loss(trainer, batch)


def _loss(trainer: Any, batch: Mapping[str, Any]) -> float | None:
    import torch

    seed_step(0, 0, 0)
    try:
        with torch.no_grad(), trainer.accelerator.autocast():
            loss = trainer.compute_loss(trainer.model, trainer._prepare_inputs(dict(batch)))
    except Exception:
        # the changed value does not run at all: no loss to compare
        return None
    return float(loss)


def _same(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    import torch

    if one.keys() != two.keys():
        return False
    for key, value in one.items():
        other = two[key]
        if isinstance(value, torch.Tensor):
            if not isinstance(other, torch.Tensor) or value.shape != other.shape or not torch.equal(value, other):
                return False
        elif value != other:
            return False
    return True
