"""The run in small, before step 1: the worst batch forward and backward, an evaluation, a save, a reload, a prediction.

What would end the run after hours ends it here in seconds. Weights and random streams are restored to the bit.
"""

from __future__ import annotations

import random
import shutil
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from . import influence, lora
from .agreement import Agreement
from .context import Run
from .errors import REHEARSAL, OutOfMemory, RunError
from .evaluation import can_score, span_scores
from .examples import Draw, label_universe

FOLDER: Final = ".rehearsal"


def rehearse(trainer: Any, run: Run) -> None:
    """Do it all once, and note which settings change the loss, the batch or the model.

    Raises RunError (exit 6) that names the part that failed.
    """
    stages: tuple[tuple[str, Callable[[], None]], ...] = (
        ("the forward and backward pass of the largest batch", lambda: _train_once(trainer, run)),
        ("the evaluation", lambda: _evaluate_once(trainer, run)),
        ("save, reload and predict", lambda: _save_and_reload(trainer, run)),
        ("the look at which settings matter", lambda: _see_influence(trainer, run)),
    )
    with _untouched(trainer):
        for name, stage in stages:
            try:
                stage()
            except RunError as error:
                raise RunError(f"rehearsal, {name}: {error}", REHEARSAL) from None
            except OutOfMemory as error:
                raise RunError(
                    f"rehearsal, {name}: out of memory: {_first_line(error)}. {_SMALLER}", REHEARSAL
                ) from None
            except Exception as error:
                raise RunError(f"rehearsal, {name}: {type(error).__name__}: {_first_line(error)}", REHEARSAL) from error


_SMALLER = (
    "Use a smaller per_device_train_batch_size with more gradient_accumulation_steps, a shorter max_len, "
    "or gradient_checkpointing: true"
)


def worst_batch(examples: Sequence[Mapping[str, Any]], size: int, *, max_len: int, max_types: int) -> Draw:
    """The longest texts, each asked for as many types as a batch can have.

    Length counts words up to `max_len`; the collator keeps at most `max_types` types unless an example brings its own
    `ner_labels`, which are never cut.
    """
    order = sorted(range(len(examples)), key=lambda i: min(len(examples[i]["tokenized_text"]), max_len), reverse=True)
    chosen = [order[i % len(order)] for i in range(size)]
    universe = sorted(label_universe(examples), key=len, reverse=True)
    own = max((example.get("ner_labels") or () for example in examples), key=len)
    types = list(own) if len(own) > max_types else universe[:max_types]
    if not types:
        types = ["entity"]
    draw = Draw({**examples[i], "ner_labels": sorted(types), "ner": list(examples[i].get("ner") or ())} for i in chosen)
    draw.epoch, draw.indices = 0, tuple(chosen)
    return draw


def _train_once(trainer: Any, run: Run) -> None:
    import torch

    config, args = trainer.model.config, trainer.args
    draw = worst_batch(trainer.train_dataset, args.train_batch_size, max_len=config.max_len, max_types=config.max_types)
    trainer.model.train()
    _begin_checkpointing(trainer)
    inputs = trainer._prepare_inputs(trainer.data_collator(draw))
    with trainer.accelerator.autocast():
        loss = trainer.compute_loss(trainer.model, inputs)
    if not bool(torch.isfinite(loss)):
        raise RunError(f"the loss of the first batch is {float(loss)}, before any training")
    loss.float().backward()
    trainer.create_optimizer()
    trainer.optimizer.step()
    if torch.cuda.is_available() and args.device.type == "cuda":
        run.progress.counts["rehearsal_peak_bytes"] = int(torch.cuda.max_memory_allocated(args.device))


def _begin_checkpointing(trainer: Any) -> None:
    if trainer.args.gradient_checkpointing:
        trainer.model.gradient_checkpointing_enable(trainer.args.gradient_checkpointing_kwargs)


def _evaluate_once(trainer: Any, run: Run) -> None:
    if run.eval_examples is None or trainer.args.eval_strategy == "no":
        return
    few = [run.eval_examples[i] for i in range(min(len(run.eval_examples), trainer.args.eval_batch_size))]
    draw = Draw(few)
    draw.epoch, draw.indices = -1, tuple(range(len(few)))
    with trainer.accelerator.autocast():
        trainer.prediction_step(trainer.model, trainer.data_collator(draw), prediction_loss_only=True)
    if can_score(trainer.model):
        span_scores(
            trainer.model,
            few,
            batch_size=trainer.args.eval_batch_size,
            precision=trainer.accelerator.autocast,
            poll=lambda: None,
            agreement=Agreement(),
        )


def _save_and_reload(trainer: Any, run: Run) -> None:
    """The saved model must hold the live one's weights: an unmerged adapter, for one, would come back random."""
    import torch
    from gliner import GLiNER

    if not run.is_first:
        return
    folder = run.output / FOLDER
    try:
        trainer._save(str(folder))
        twin = GLiNER.from_pretrained(str(folder), local_files_only=True)
        with lora.merged(trainer.model):
            live = trainer.model.prepare_state_dict(trainer.model.model.state_dict())
            stored = twin.model.state_dict()
            wrong = [
                name for name in live if name not in stored or not torch.equal(live[name].cpu(), stored[name].cpu())
            ]
        if wrong or live.keys() != stored.keys():
            lost = wrong or sorted(stored.keys() - live.keys())
            raise RunError(f"{len(lost)} tensors of the saved model are not the trained ones, {lost[0]} first")
        example = trainer.train_dataset[0]
        labels = label_universe(trainer.train_dataset)[: max(int(twin.config.max_types), 1)] or ["entity"]
        twin.inference([" ".join(map(str, example["tokenized_text"]))], labels)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _see_influence(trainer: Any, run: Run) -> None:
    size = min(len(trainer.train_dataset), trainer.args.train_batch_size, 8)
    lengths = sorted(range(len(trainer.train_dataset)), key=lambda i: -len(trainer.train_dataset[i]["tokenized_text"]))
    draw = trainer.train_dataset.__getitems__([(0, index) for index in lengths[:size]])
    with warnings.catch_warnings(), _eager(trainer.model):
        # other values than the planned ones make the library warn about them
        warnings.simplefilter("ignore")
        run.observed.influence.update(influence.of_loss(trainer, trainer.data_collator(draw)))
        run.observed.influence.update(influence.of_config(trainer, draw, run.plan.model))


@contextmanager
def _eager(model: Any) -> Iterator[None]:
    """For a while without torch.compile: each other value would be compiled anew, for minutes."""
    compiled = model.model
    model.model = getattr(compiled, "_orig_mod", compiled)
    try:
        yield
    finally:
        model.model = compiled


@contextmanager
def _untouched(trainer: Any) -> Iterator[None]:
    """Put back weights, gradients, optimizer, mode and random streams."""
    import numpy as np
    import torch

    weights = {name: value.detach().to("cpu", copy=True) for name, value in trainer.model.state_dict().items()}
    streams = (random.getstate(), np.random.get_state(), torch.get_rng_state())
    cuda = torch.cuda.get_rng_state_all() if torch.cuda.is_available() else None
    mode, clipped = trainer.model.training, set(trainer.run.observed.clipped)
    try:
        yield
    finally:
        trainer.optimizer = None
        trainer.model.zero_grad(set_to_none=True)
        with torch.no_grad():
            for name, value in trainer.model.state_dict().items():
                value.copy_(weights[name])
        trainer.model.train(mode)
        trainer.run.observed.clipped = clipped
        random.setstate(streams[0])
        np.random.set_state(streams[1])
        torch.set_rng_state(streams[2])
        if cuda is not None:
            torch.cuda.set_rng_state_all(cuda)
            torch.cuda.empty_cache()
            torch.cuda.reset_peak_memory_stats()


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
