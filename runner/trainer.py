"""What the engine adds to gliner's Trainer: exact order, span F1, complete checkpoints, honest losses."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from . import checkpoint, hub, lora
from .arguments import replaced
from .context import Run
from .errors import Interrupted, OutOfMemory, RunError
from .evaluation import can_score, span_scores
from .finite import Bad, LossWatch, has_finite_weights
from .stream import SeededCollator, SeededOrder

_NOTHING_KEPT: Final = "No checkpoint was written after it. Lower learning_rate and others_lr, or lengthen the warm-up"


class RunTrainer:
    """Behaviour to be mixed in before gliner.training.Trainer; `attach` must be called before training."""

    args: Any
    accelerator: Any
    model: Any
    model_wrapped: Any
    state: Any
    is_in_train: bool
    train_dataset: Any
    run: Run
    sampler: SeededOrder | None
    losses: LossWatch

    def attach(self, run: Run) -> None:
        """Tie the trainer to its run."""
        self.run = run
        self.sampler = None
        self.losses = LossWatch()
        backward = self.accelerator.backward
        self.accelerator.backward = lambda *args, **kwargs: _without_disguise(backward, *args, **kwargs)
        clip = self.accelerator.clip_grad_norm_

        def clip_grad_norm_(parameters: Any, max_norm: float, *args: Any, **kwargs: Any) -> Any:
            run.observed.clipped.add(float(max_norm))
            return clip(parameters, max_norm, *args, **kwargs)

        self.accelerator.clip_grad_norm_ = clip_grad_norm_

    def _get_train_sampler(self, *args: Any, **kwargs: Any) -> Any:
        strategy = getattr(self.args, "train_sampling_strategy", "random")
        # transformers 4 has group_by_length in the place of a strategy
        own = strategy not in ("random", "sequential") or getattr(self.args, "group_by_length", False)
        if own or not self.run.options.exact_resume:
            return super()._get_train_sampler(*args, **kwargs)  # type: ignore[misc]
        seed = self.args.seed if self.args.data_seed is None else self.args.data_seed
        self.sampler = SeededOrder(len(self.train_dataset), seed, shuffle=strategy == "random")
        return self.sampler

    def get_train_dataloader(self) -> Any:
        """gliner's loader, its workers deaf to the first signal."""
        return self._prepared("train", super().get_train_dataloader())  # type: ignore[misc]

    def get_eval_dataloader(self, eval_dataset: Any = None) -> Any:
        """gliner's loader, its workers deaf to the first signal."""
        return self._prepared("eval", super().get_eval_dataloader(eval_dataset))  # type: ignore[misc]

    def _prepared(self, role: str, loader: Any) -> Any:
        inner = getattr(loader, "base_dataloader", loader)
        if inner.num_workers:
            self.run.workers.adopt(inner)
        self.run.observed.see_loader(role, inner)
        return loader

    def compute_loss(
        self, model: Any, inputs: Any, return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        """gliner's loss; running out of memory is not taken for a loss of 0."""
        forward = super().compute_loss  # type: ignore[misc]
        return _without_disguise(
            forward, model, inputs, return_outputs=return_outputs, num_items_in_batch=num_items_in_batch
        )

    def training_step(self, model: Any, inputs: Any, num_items_in_batch: Any = None) -> Any:
        """One forward and backward pass; a loss that is not finite ends the run, a lost batch is counted."""
        self.run.observed.micro_batches += 1
        step: Callable[..., Any] = super().training_step  # type: ignore[misc]
        if self.run.agreement.world_size > 1 and self.run.options.skipped_batches:
            return self._judged(self._step_together(step, model, inputs, num_items_in_batch))
        try:
            loss = step(model, inputs, num_items_in_batch)
        except OutOfMemory as error:
            return self._skip(model, str(error))
        return self._judged(loss)

    def _step_together(self, step: Callable[..., Any], model: Any, inputs: Any, num_items_in_batch: Any) -> Any:
        """Backward without exchange, then agree, then average: no rank waits for one that ran out of memory."""
        import torch.distributed as dist

        failed, loss = 0, None
        with self.accelerator.no_sync(model):
            try:
                loss = step(model, inputs, num_items_in_batch)
            except OutOfMemory:
                failed = 1
        if self.run.agreement.now(failed):
            return self._skip(model, "out of memory on a rank")
        if self.accelerator.sync_gradients:
            for parameter in model.parameters():
                if parameter.grad is not None:
                    dist.all_reduce(parameter.grad)
                    parameter.grad.div_(self.run.agreement.world_size)
        return loss

    def _skip(self, model: Any, why: str) -> Any:
        import torch

        model.zero_grad(set_to_none=True)
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        counts = self.run.progress.counts
        counts["skipped_batches"] = counts.get("skipped_batches", 0) + 1
        if counts["skipped_batches"] > self.run.options.skipped_batches:
            raise RunError(
                f"step {self.state.global_step + 1}: out of memory ({why.splitlines()[0]}); "
                f"{counts['skipped_batches']} batches lost, {self.run.options.skipped_batches} allowed. Use a smaller "
                "per_device_train_batch_size with more gradient_accumulation_steps, a shorter max_len, or "
                "gradient_checkpointing: true"
            )
        return torch.zeros((), device=self.args.device)

    def _judged(self, loss: Any) -> Any:
        self._note(self.losses.see(loss, self.state.global_step + 1))
        if self.run.failure is not None and self.run.agreement.world_size == 1:
            raise RunError(self.run.failure)
        return loss

    def _note(self, bad: Bad | None) -> None:
        if bad is not None and self.run.failure is None:
            known = [row for row in self.run.progress.losses if row["step"] < bad.step]
            last = (
                f"; the last logged loss was {known[-1]['loss']:.4g} at step {known[-1]['step']:.0f}" if known else ""
            )
            self.run.failure = f"step {bad.step}: the loss is {bad.loss}{last}. {_NOTHING_KEPT}"

    def must_be_finite(self) -> None:
        """Raise RunError on every rank when a loss or a weight is not finite: before anything is kept of them."""
        self._note(self.losses.settle())
        if self.run.failure is None and not has_finite_weights(self.model):
            self.run.failure = f"step {self.state.global_step}: weights are not finite. {_NOTHING_KEPT}"
        if self.run.agreement.now(int(self.run.failure is not None)):
            raise RunError(self.run.failure or "another process of the group saw a loss that is not finite")

    def evaluate(self, *args: Any, **kwargs: Any) -> dict[str, float]:
        """HF's evaluation; a signal in the midst of it leaves a checkpoint from which it is done again."""
        try:
            metrics: dict[str, float] = super().evaluate(*args, **kwargs)  # type: ignore[misc]
        except Interrupted as stop:
            if not self.is_in_train:
                raise
            self.run.pending = ["evaluate"]
            self._save_checkpoint(self.model_wrapped, None)
            raise Interrupted(stop.signum, self.run.progress.last_checkpoint) from None
        self.run.pending = []
        self.run.observed.evaluations.append(self.state.global_step)
        self.run.progress.metrics = {key: float(value) for key, value in metrics.items()}
        return metrics

    def evaluation_loop(self, *args: Any, **kwargs: Any) -> Any:
        """The library's loop for the loss, then span scores under the same prefix."""
        output = super().evaluation_loop(*args, **kwargs)  # type: ignore[misc]
        examples = self.run.eval_examples
        if examples is not None and can_score(self.model):
            prefix = kwargs.get("metric_key_prefix", "eval")
            scores = span_scores(
                self.model,
                examples,
                batch_size=self.args.eval_batch_size,
                precision=self.accelerator.autocast,
                poll=self.run.interrupt,
                agreement=self.run.agreement,
            )
            output.metrics.update({f"{prefix}_{name}": value for name, value in scores.items()})
        return output

    def _save(self, output_dir: str | None = None, state_dict: Any = None) -> None:
        target = Path(output_dir or self.args.output_dir)
        with lora.merged(self.model):
            super()._save(str(target), state_dict)  # type: ignore[misc]
        if self.args.should_save and lora.is_wrapped(self.model):
            lora.holder(self.model).model.save_pretrained(str(target / "adapter"))

    def _load_gliner_checkpoint(self, folder: Any, model: Any) -> bool:
        unmerged = Path(folder) / checkpoint.UNMERGED
        if lora.is_wrapped(self.model) and unmerged.is_file():
            import torch

            inner = getattr(self.model.model, "_orig_mod", self.model.model)
            inner.load_state_dict(torch.load(unmerged, map_location="cpu", weights_only=True), strict=True)
            return True
        return bool(super()._load_gliner_checkpoint(folder, model))  # type: ignore[misc]

    def init_hf_repo(self, *args: Any, **kwargs: Any) -> None:
        """The library's; a Hub that cannot be reached is said in one line."""
        try:
            super().init_hf_repo(*args, **kwargs)  # type: ignore[misc]
        except Exception as error:
            raise hub.no_repository(self.args.hub_model_id, error) from None

    def _push_from_checkpoint(self, checkpoint_folder: str) -> None:
        try:
            super()._push_from_checkpoint(checkpoint_folder)  # type: ignore[misc]
        except Exception as error:
            hub.failed(error, self.run.observed, self.run.progress.notes.append)

    def _load_best_model(self) -> None:
        super()._load_best_model()  # type: ignore[misc]
        self.run.observed.best_loaded = str(self.state.best_model_checkpoint)

    def _save_checkpoint(self, model: Any, trial: Any) -> None:
        """The library's checkpoint, then LoRA's own state, the marker, and only then the rotation."""
        step = self.state.global_step
        folder = self.run.output / f"{checkpoint.PREFIX}{step}"
        if self.run.observed.saves[-1:] == [step] and not self.run.pending:
            return
        start = time.monotonic()
        self.must_be_finite()
        if self.run.is_first:
            checkpoint.begin(folder)
        self.run.agreement.now(0)
        try:
            self._write(folder, model, trial)
        except (OSError, RuntimeError):
            # half a checkpoint helps nobody, and on a full disk the receipt needs its room
            if self.run.is_first:
                shutil.rmtree(folder, ignore_errors=True)
            raise
        self.run.observed.saves.append(step)
        self.run.observed.save_seconds += time.monotonic() - start
        self.run.progress.last_checkpoint = str(folder)

    def _write(self, folder: Path, model: Any, trial: Any) -> None:
        with replaced(self.args, save_total_limit=None):
            super()._save_checkpoint(model, trial)  # type: ignore[misc]
        if self.run.is_first:
            self._save_unmerged(folder)
        self.run.agreement.now(0)
        if self.run.is_first:
            checkpoint.complete(
                folder,
                step=self.state.global_step,
                identity=self.run.identity,
                resumable=not self.args.save_only_model,
                pending=self.run.pending,
            )
            gone = checkpoint.rotate(self.run.output, self.args.save_total_limit, self.state.best_model_checkpoint)
            self.run.observed.rotated.extend(gone)

    def _save_unmerged(self, folder: Path) -> None:
        import torch

        if lora.is_wrapped(self.model):
            inner = getattr(self.model.model, "_orig_mod", self.model.model)
            torch.save(inner.state_dict(), folder / checkpoint.UNMERGED)


def collator(model: Any, plan_seed: int, *, exact: bool) -> Any:
    """The collator that GLiNER.train_model uses (gliner 0.2.29, model.py:2487), seeded by batch when `exact`."""
    plain = model._create_data_collator()
    return SeededCollator(plain, plan_seed) if exact else plain


def _without_disguise(call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call; turn "out of memory" into an exception that gliner's training_step does not swallow."""
    import torch

    try:
        return call(*args, **kwargs)
    except torch.cuda.OutOfMemoryError as error:
        raise OutOfMemory(str(error)) from error
    except RuntimeError as error:
        if "out of memory" in str(error).lower():
            raise OutOfMemory(str(error)) from error
        raise
