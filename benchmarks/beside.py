"""The same work for GLiNER's own `train_model` and for `gliner-audit run`, both in this process, and their clocks.

A callback of transformers that both sides get alike reads the time. Ours is the whole of `gliner-audit run`: lint,
data check, plan, rehearsal, training, receipt.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import math
import random
import shutil
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

WARM_UP: Final = 10


@dataclass(frozen=True, slots=True)
class Work:
    """What both sides train: fields of the GLiNER config, of TrainingArguments, the data, and where."""

    model: dict[str, Any]
    args: dict[str, Any]
    train: Path
    folder: Path
    device: str = "cpu"


class Lap(NamedTuple):
    """One run: seconds until the first step; wall and CPU seconds per step after the warm-up; peak bytes of the GPU."""

    start_up: float
    wall: float
    cpu: float
    memory: int


class Reads(Protocol):
    """What hears of the training: its begin, the end of each step, its end."""

    def begin(self) -> None:
        """Training begins."""

    def step(self, step: int) -> None:
        """A step has ended."""

    def end(self) -> None:
        """Training has ended."""


class Interval(NamedTuple):
    """A mean and its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(slots=True)
class Clock:
    """Reads of (wall, CPU) seconds at the start, before the first step, after the warm-up and after the last step."""

    device: str
    trace: Path | None = None
    traced: int = 20
    reads: list[tuple[float, float]] = field(default_factory=list)
    memory: int = 0
    profiler: Any = None

    def read(self) -> None:
        """Note the time, once the device has done what it was given."""
        if self.device == "cuda":
            import torch

            torch.cuda.synchronize()
        self.reads.append((time.perf_counter(), time.process_time()))

    def lap(self, steps: int) -> Lap:
        """The run in figures."""
        (begun, _), (ready, _), (warm, warm_cpu), (done, done_cpu) = self.reads
        counted = steps - WARM_UP
        return Lap(ready - begun, (done - warm) / counted, (done_cpu - warm_cpu) / counted, self.memory)

    def begin(self) -> None:
        """Training begins."""
        if self.device == "cuda":
            import torch

            torch.cuda.reset_peak_memory_stats()
        self.read()

    def step(self, step: int) -> None:
        """A step has ended; with `trace`, the kernels of the next `traced` steps go into a Chrome trace there."""
        if step == WARM_UP:
            self.read()
            if self.trace is not None:
                from torch.profiler import ProfilerActivity, profile

                self.profiler = profile(activities=[ProfilerActivity.CUDA])
                self.profiler.start()
        elif self.profiler is not None and step == WARM_UP + self.traced:
            self.reads.append((time.perf_counter(), time.process_time()))
            self.profiler.stop()
            self.profiler.export_chrome_trace(str(self.trace))

    def end(self) -> None:
        """Training has ended."""
        self.read()
        if self.device == "cuda":
            import torch

            self.memory = int(torch.cuda.max_memory_allocated())


def write_data(path: Path, examples: int, words: int) -> None:
    """Synthetic sentences joined and cut to `words` words. Every example names all its types, so that both sides see
    batches of the same shape whatever their order and their random negatives are: no side pads more than the other."""
    from gliner_audit.runner.tiny import make_example

    draw = random.Random(5)
    with open(path, "w", encoding="utf-8") as file:
        for _ in range(examples):
            tokens: list[str] = []
            entities: list[list[Any]] = []
            while len(tokens) < words:
                part = make_example(draw)
                entities += [[first + len(tokens), last + len(tokens), name] for first, last, name in part["ner"]]
                tokens += part["tokenized_text"]
            labels = ["date", "firm", "person", "place"]
            kept = [row for row in entities if row[1] < words]
            file.write(json.dumps({"tokenized_text": tokens[:words], "ner": kept, "ner_labels": labels}) + "\n")


def plain(work: Work, clock: Reads) -> None:
    """GLiNER's own way: the data as a list, `from_config`, `train_model`."""
    from gliner import GLiNER
    from gliner.training import TrainingArguments
    from transformers import set_seed

    with _heard(clock) as came:
        with open(work.train, encoding="utf-8") as file:
            data = [json.loads(line) for line in file]
        set_seed(work.args["seed"])
        model = GLiNER.from_config(dict(work.model))
        own = {"report_to": "none", "output_dir": str(work.folder / "plain"), "use_cpu": work.device == "cpu"}
        model.train_model(data, None, training_args=TrainingArguments(**work.args, **own))
    if "end" not in came:
        raise SystemExit("train_model did not come to its end")


def ours(work: Work, clock: Reads, *, rehearse: bool = True) -> None:
    """The same through `gliner-audit run`."""
    from gliner_audit.runner.command import RunRequest, Shown, run
    from gliner_audit.runner.plan_types import RunOptions

    config = write_config(work, work.folder / "ours.yaml")
    shutil.rmtree(work.folder / "ours", ignore_errors=True)
    options = RunOptions(device=work.device, rehearse=rehearse)
    with _heard(clock):
        findings: list[Any] = []
        shown = Shown(findings.append, lambda _: None, lambda *_: None)
        code = run(RunRequest(str(config), {}, allow_lossy_data=True, options=options), shown)
    if code:
        lint = [finding.message for outcome in findings for finding in outcome.findings]
        raise SystemExit(f"gliner-audit run ended with {code}: {lint or 'see above'}")


def write_config(work: Work, path: Path, **more: Any) -> Path:
    """The work as a config (JSON is YAML); `more` is laid over the training arguments."""
    data = {"root_dir": str(path.with_suffix("")), "train_data": str(work.train), "val_data_dir": None}
    path.write_text(json.dumps({"model": work.model, "data": data, "training": {**work.args, **more}}, indent=1))
    return path


@contextmanager
def _heard(clock: Reads) -> Iterator[list[str]]:
    """Let the clock hear of every Trainer that this thread makes meanwhile; yields ["end"] when one came so far."""
    import transformers

    thread, came = threading.get_ident(), list[str]()

    class Reader(transformers.TrainerCallback):  # type: ignore[misc]
        def on_train_begin(self, *_: Any, **__: Any) -> None:
            if threading.get_ident() == thread:
                clock.begin()

        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            if threading.get_ident() == thread:
                clock.step(state.global_step)

        def on_train_end(self, *_: Any, **__: Any) -> None:
            if threading.get_ident() == thread:
                clock.end()
                came.append("end")

    transformers.trainer.DEFAULT_CALLBACKS.append(Reader)
    try:
        yield came
    finally:
        transformers.trainer.DEFAULT_CALLBACKS.remove(Reader)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what is printed to itself, unless the block ends in an error."""
    output = io.StringIO()
    try:
        with redirect_stdout(output), redirect_stderr(output):
            yield
    except BaseException:
        print(output.getvalue())
        raise


def timed(work: Work, train: Callable[..., None], clock: Clock, **how: Any) -> Lap:
    """One run of a side, quietly, from its first line on; with earlier runs' garbage out of the way."""
    gc.collect()
    with quiet():
        clock.read()
        train(work, clock, **how)
    return clock.lap(work.args["max_steps"])


def pairs_of(work: Work, pairs: int, say: Callable[[str], None] = print) -> tuple[list[Lap], list[Lap]]:
    """Both sides once a pair, who goes first by turns; the first pair warms up and does not count."""
    laps: tuple[list[Lap], list[Lap]] = ([], [])
    for pair in range(pairs + 1):
        for side in (0, 1) if pair % 2 else (1, 0):
            laps[side].append(timed(work, (plain, ours)[side], Clock(work.device)))
        theirs, own = (side[-1].wall * 1000 for side in laps)
        say(f"pair {pair or 'to warm up'}: train_model {theirs:.3f}, ours {own:.3f} ms a step")
    return laps[0][1:], laps[1][1:]


def interval(values: Sequence[float]) -> Interval:
    """The mean with Student's 95 % interval. The quantile is Abramowitz and Stegun 26.7.5, within 0.1 % from n = 6."""
    mean, free = statistics.fmean(values), len(values) - 1
    z = statistics.NormalDist().inv_cdf(0.975)
    quantile = z + (z**3 + z) / (4 * free) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)
    quantile += (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * free**3)
    half = quantile * statistics.stdev(values) / math.sqrt(len(values))
    return Interval(mean, mean - half, mean + half)


def at_least(least: int) -> Callable[[str], int]:
    """A type for argparse: a whole number from `least` on."""

    def number(text: str) -> int:
        if not text.isdigit() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text}: a whole number of at least {least} is wanted")
        return int(text)

    return number


def tiny_work(folder: Path, steps: int, device: str = "cpu", **args: Any) -> Work:
    """The demo's size: hidden 32, 2 layers, sentences of some 10 words in batches of 8."""
    from gliner_audit.runner.tiny import save_encoder

    folder.mkdir(parents=True, exist_ok=True)
    save_encoder(folder / "encoder")
    write_data(folder / "train.jsonl", 256, 8)
    model = {"model_name": str(folder / "encoder"), "span_mode": "markerV0", "max_width": 4, "hidden_size": 32}
    return Work(model | {"max_len": 64}, settings(steps, 8, **args), folder / "train.jsonl", folder, device)


def settings(steps: int, batch: int, **more: Any) -> dict[str, Any]:
    """Training arguments of both sides: no checkpoints, a line of log every 50 steps."""
    return {
        "max_steps": steps,
        "per_device_train_batch_size": batch,
        "learning_rate": 0.0005,
        "others_lr": 0.001,
        "logging_steps": 50,
        "save_strategy": "no",
        "disable_tqdm": True,
        "seed": 3,
        "dataloader_num_workers": 0,
        **more,
    }
