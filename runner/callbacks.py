"""The engine's place in the training loop: seeding, signals, the receipt, and trackers that cannot do harm."""

from __future__ import annotations

import time
from typing import Any, Final

from . import arguments
from .context import Run
from .errors import Interrupted
from .progress import Display
from .stream import seed_step

# Each update step reads the same settings, so the first few tell; what follows a step may come late.
_LISTENED_STEPS: Final = 3


class Pilot:
    """Behaviour to be mixed in before transformers.TrainerCallback."""

    run: Run
    trainer: Any
    display: Display
    _start: float

    def attach(self, run: Run, trainer: Any, display: Display) -> None:
        """Tie the callback to its run."""
        self.run, self.trainer, self.display = run, trainer, display
        self._start = time.monotonic()

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """The loop is ready: note what it will do; do first what an interrupted run left undone."""
        progress = self.run.progress
        progress.steps_planned = state.max_steps
        progress.from_step = progress.steps_done = state.global_step
        self.run.observed.see_training(self.trainer)
        self.display.begin(state.global_step, state.max_steps)
        if "evaluate" in self.run.pending:
            metrics = self.trainer._evaluate(None, None)
            self.trainer._determine_best_metric(metrics=metrics, trial=None)

    def on_epoch_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Tell the sampler the epoch: accelerate cannot reach it behind a skip of batches in a group of processes."""
        if self.trainer.sampler is not None:
            self.trainer.sampler.set_epoch(int(state.epoch or 0))

    def on_step_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Seed dropout for this step."""
        if state.global_step >= self.run.progress.from_step + _LISTENED_STEPS:
            arguments.listen(args, False)
        if self.run.options.exact_resume:
            seed_step(args.seed, state.global_step, self.run.agreement.rank)

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Count, and stop when a signal came: save now, leave an evaluation that is due for the resumed run."""
        arguments.listen(args, True)
        progress = self.run.progress
        progress.steps_done = state.global_step
        progress.seconds = time.monotonic() - self._start
        self.run.observed.see_step(self.trainer)
        self.display.step(state.global_step, progress.counts.get("skipped_batches", 0))
        if self.run.poll():
            if control.should_evaluate:
                self.run.pending = ["evaluate"]
            control.should_evaluate = False
            control.should_save = True

    def on_prediction_step(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """An evaluation does not outlive a signal."""
        self.run.interrupt()

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, Any] | None = None, **_: Any) -> None:
        """Keep what was logged, and show it."""
        if not logs:
            return
        if "loss" in logs:
            self.run.observed.logs.append(state.global_step)
            row = {"step": float(state.global_step), "loss": float(logs["loss"])}
            self.run.progress.losses.append(row)
            self.display.loss(state.global_step, float(logs["loss"]), float(logs.get("learning_rate", 0.0)))

    def on_evaluate(self, args: Any, state: Any, control: Any, metrics: dict[str, Any] | None = None, **_: Any) -> None:
        """Show the scores."""
        self.display.scores(state.global_step, metrics or {})

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """A checkpoint stands: so does the receipt. Then the signal, if one came, ends the run."""
        if self.run.is_first:
            self.run.receipt.checkpoint(self.run.progress)
        if self.run.stop or self.run.poll():
            raise Interrupted(self.run.stop, self.run.progress.last_checkpoint)

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """The loop is done."""
        self.display.end()
