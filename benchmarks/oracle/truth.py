"""What really happens to a config: it is constructed, injected or built, and trained for its first steps.

Every case runs in a forked child of one warm process, so no case sees the state of another.
"""

from __future__ import annotations

import copy
import dataclasses
import enum
import gc
import hashlib
import io
import json
import os
import resource
import select
import shutil
import signal
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from .excluded import not_run
from .generate import Case
from .surfaces import GLINER_ARGS, GLINER_CONFIG, LORA, TRAINER_ARGS, Surface
from .world import World, library, reads_of, token_classifier

SECONDS, MEMORY = 25.0, 8 << 30
_WRITERS = frozenset(
    [
        "to_dict",
        "to_sanitized_dict",
        "to_json_string",
        "to_diff_dict",
        "to_json_file",
        "__post_init__",
        "__str__",
        "__repr__",
        "__eq__",
        "asdict",
        "_asdict",
        "_asdict_inner",
        "__deepcopy__",
        "deepcopy",
        "copy",
        "_reconstruct",
    ]
)


class Stage:
    """How far a case came, and what it said there."""

    CONSTRUCT, INJECT, BUILD, STEP, DONE = "construct", "inject", "build", "step", "done"


def skipped(values: dict[str, Any], report: dict[str, Any]) -> bool:
    """Notes that the run begins, or why it does not."""
    report["stage"] = Stage.STEP
    reason = not_run(values)
    if reason:
        report["skipped"] = reason
    return reason is not None


class Truth:
    """Runs cases in forked children. `folder` keeps the local backbones and the runs' outputs."""

    def __init__(self, folder: Path) -> None:
        gliner, peft, torch, transformers = map(library, ("gliner", "peft", "torch", "transformers"))
        torch.set_num_threads(1)
        transformers.utils.logging.set_verbosity_error()
        transformers.utils.logging.disable_progress_bar()
        self.world = World(folder)
        self.classifier, self.rows = token_classifier(self.world)
        torch.manual_seed(0)
        base = {"model_name": str(next(iter(self.world.backbones.values()))), "hidden_size": 64}
        self.gliner = gliner.GLiNER.from_config({**base, "span_mode": "markerV0", "max_width": 4, "max_len": 64})
        self._warm_up()
        self.libraries = {m.__name__: m.__version__ for m in (transformers, peft, gliner, torch)}
        gc.collect()
        gc.freeze()

    def _warm_up(self) -> None:
        """One training of each kind on copies, so that the children find every lazy import done."""
        here = os.getcwd()
        with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            os.chdir(folder)
            kept, self.classifier = self.classifier, copy.deepcopy(self.classifier)
            common = {"use_cpu": True, "eval_strategy": "epoch", "max_steps": 3}
            self._with_trainer({"output_dir": "out", **common}, (), {}, None)
            self.classifier = kept
            self._train_gliner(copy.deepcopy(self.gliner), {"dataloader_num_workers": 0, **common}, True)
            os.chdir(here)

    def of(self, surface: Surface, case: Case) -> dict[str, Any]:
        """The truth of one case: stage, error and message when it raised, keys whose value changed, keys never read."""
        started = time.monotonic()
        receive, send = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(receive)
            os.setsid()
            self._child(surface, case, send)
        os.close(send)
        answer = _read_all(receive, SECONDS)
        if answer is None:
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(receive)
        result = (
            json.loads(answer) if answer else {"stage": "lost", "error": "Lost", "message": "time or memory ran out"}
        )
        return {**result, "seconds": round(time.monotonic() - started, 3)}

    def _child(self, surface: Surface, case: Case, send: int) -> None:
        """Never returns. Prints go nowhere; the outputs of the run are thrown away."""
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        folder = tempfile.mkdtemp(prefix="oracle-")
        os.chdir(folder)
        sink = io.StringIO()
        report: dict[str, Any] = {"stage": Stage.CONSTRUCT}
        try:
            with redirect_stdout(sink), redirect_stderr(sink), warnings.catch_warnings(record=True) as said:
                warnings.simplefilter("always")
                _RUNS[surface.name](self, case, report)
                report["warned"] = sorted({str(w.message)[:200] for w in said if issubclass(w.category, UserWarning)})
            if "skipped" not in report:
                report["stage"] = Stage.DONE
        except BaseException as error:
            report |= {"error": type(error).__name__, "message": str(error)[:400], "where": _innermost(error)}
        shutil.rmtree(folder, ignore_errors=True)
        data = json.dumps(report, default=str).encode()
        while data:
            data = data[os.write(send, data) :]
        os._exit(0)

    def transformers_args(self, case: Case, report: dict[str, Any]) -> None:
        """`transformers.TrainingArguments(**config)`, then the first steps of a plain Trainer.

        Names of LoraConfig may stand beside the others in this dialect: they go to `peft.LoraConfig`.
        """
        peft = library("peft")
        ours = {field.name for field in dataclasses.fields(library("transformers").TrainingArguments)}
        theirs = {field.name for field in dataclasses.fields(peft.LoraConfig)} - ours
        adapter = {key: value for key, value in case.config.items() if key in theirs}
        model = None
        if adapter:
            model = peft.get_peft_model(self.classifier, peft.LoraConfig(**{"target_modules": ["query"], **adapter}))
        rest = {key: value for key, value in case.config.items() if key not in adapter}
        self._with_trainer(rest, [key for key in case.keys if key in rest], report, model)

    def lora(self, case: Case, report: dict[str, Any]) -> None:
        """`peft.LoraConfig(**lora)`, `get_peft_model`, then the first steps of a plain Trainer."""
        import peft

        config = dict(case.config)
        section = config.pop("lora")
        adapter = peft.LoraConfig(**section)
        report["changed"] = _changed(section, case.keys, adapter)
        report["stage"] = Stage.INJECT
        with reads_of(peft.LoraConfig, _WRITERS) as seen:
            model = peft.get_peft_model(self.classifier, adapter)
            report["changed"] |= _changed(section, case.keys, adapter)
            report["unread"] = sorted(set(case.keys) - seen)
            self._with_trainer(config, (), report, model)
            report["unread"] = sorted(set(case.keys) - seen)

    def _with_trainer(self, config: dict[str, Any], keys: Iterable[str], report: dict[str, Any], model: Any) -> None:
        transformers = library("transformers")
        args = transformers.TrainingArguments(**config)
        changed = _changed(config, keys, args)
        report["changed"] = {**report.get("changed", {}), **changed}
        if skipped(config, report):
            return
        with reads_of(transformers.TrainingArguments, _WRITERS) as seen:
            trainer = transformers.Trainer(
                model=self.classifier if model is None else model,
                args=args,
                train_dataset=self.rows,
                eval_dataset=self.rows[:4],
                data_collator=transformers.default_data_collator,
                callbacks=[first_of_everything()],
            )
            trainer.train()
        report["trace"] = trace_of(trainer)
        if model is None:
            report["unread"] = sorted(set(keys) - seen)
            report["changed"] |= _changed(config, keys, args)

    def gliner_args(self, case: Case, report: dict[str, Any]) -> None:
        """`GLiNER.train_model(train, eval, output_dir=..., **training)` on a tiny span model."""
        training = case.config["training"]
        args = self.gliner.create_training_args(output_dir="out", **training)
        report["changed"] = _changed(training, case.keys, args)
        if skipped(training, report):
            return
        with reads_of(type(args), _WRITERS) as seen:
            report["trace"] = self._train_gliner(self.gliner, training, "val_data_dir" in case.config["data"])
        report["unread"] = sorted(set(case.keys) - seen)

    def _train_gliner(self, model: Any, training: dict[str, Any], evaluates: bool) -> dict[str, Any]:
        import gliner.model

        get = gliner.model._get_trainer_classes
        trainer_class, args_class = get()

        class FirstSteps(trainer_class):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                self.add_callback(first_of_everything())

        gliner.model._get_trainer_classes = lambda: (FirstSteps, args_class)
        evaluation = self.world.evaluation if evaluates else None
        return trace_of(model.train_model(self.world.train, evaluation, output_dir="out", **training))

    def gliner_config(self, case: Case, report: dict[str, Any]) -> None:
        """`GLiNER.from_config(model)`, then the first steps of `train_model`."""
        import gliner
        import torch
        from gliner.config import BaseGLiNERConfig

        torch.manual_seed(0)
        written = case.config["model"]
        section = self.world.localised(written)
        report["stage"] = Stage.BUILD
        with reads_of(BaseGLiNERConfig, _WRITERS) as seen:
            model = gliner.GLiNER.from_config(section)
            report["changed"] = _changed(section, case.keys, model.config)
            report["stage"] = Stage.STEP
            report["trace"] = self._train_gliner(model, case.config["training"], "val_data_dir" in case.config["data"])
            model.predict_entities("anna went to oslo .", ["person", "city"])
        report["unread"] = sorted(set(case.keys) - seen)
        report["changed"] |= _changed(section, case.keys, model.config)


_RUNS = {
    TRAINER_ARGS: Truth.transformers_args,
    LORA: Truth.lora,
    GLINER_ARGS: Truth.gliner_args,
    GLINER_CONFIG: Truth.gliner_config,
}


def first_of_everything() -> Any:
    """A callback that brings the first log, evaluation and save to step 1, where they are asked for, and ends at 2."""
    from transformers import TrainerCallback

    class FirstOfEverything(TrainerCallback):
        def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> Any:
            if state.global_step == 1:
                control.should_log = args.logging_strategy != "no"
                control.should_evaluate = args.eval_strategy != "no"
                control.should_save = args.save_strategy in ("steps", "epoch")
            control.should_training_stop = state.global_step >= 2
            return control

    return FirstOfEverything()


def trace_of(trainer: Any) -> dict[str, Any]:
    """What a run left behind, without its clock: logs, weights, what trained at which settings, and the files."""
    import torch

    digest = hashlib.sha256()
    for value in trainer.model.state_dict().values():
        digest.update(value.detach().to(torch.float64).numpy().tobytes())
    clock = ("runtime", "per_second", "flos")
    return {
        "weights": digest.hexdigest()[:16],
        "steps": trainer.state.global_step,
        "logs": [{k: v for k, v in row.items() if not k.endswith(clock)} for row in trainer.state.log_history],
        "groups": [{k: str(v) for k, v in g.items() if k != "params"} for g in trainer.optimizer.param_groups],
        "trained": sum(p.requires_grad for p in trainer.model.parameters()),
        "files": sorted(str(p) for p in Path("out").rglob("*")),
    }


def _changed(written: dict[str, Any], keys: Iterable[str], held: Any) -> dict[str, Any]:
    """The keys whose value in the object is another than in the config."""
    found = {}
    for key in keys:
        try:
            now = object.__getattribute__(held, key)
        except AttributeError:
            now = "<absent>"
        now = now.value if isinstance(now, enum.Enum) else now
        value = written[key]
        same = (
            set(map(str, value)) == set(map(str, now))
            if isinstance(now, (set, tuple)) and isinstance(value, list)
            else now == value
        )
        if not same:
            found[key] = repr(now)[:80]
    return found


def _innermost(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return ""
    path = frames[-1].filename
    return f"{path.rpartition('site-packages/')[2]}:{frames[-1].lineno}"


def _read_all(handle: int, seconds: float) -> bytes | None:
    """All bytes of a pipe, or None when the writer stays silent for too long."""
    parts: list[bytes] = []
    end = time.monotonic() + seconds
    while True:
        ready, _, _ = select.select([handle], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return None
        part = os.read(handle, 1 << 16)
        if not part:
            return b"".join(parts)
        parts.append(part)
