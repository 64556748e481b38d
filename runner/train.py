"""A run from its plan to its model: what `execute` does once nothing can be refused without the libraries."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from typing import Any

from . import arguments, device, examples, hub, ledger, model, resume, trackers
from .agreement import agreement
from .callbacks import Pilot
from .checkpoint import Checkpoint
from .context import Run
from .derive import derive
from .errors import REFUSED, USAGE, Interrupted, RunError
from .progress import Display
from .rehearsal import rehearse
from .trainer import RunTrainer, collator

Say = Callable[[str], None]


def train(run: Run, display: Display) -> None:
    """Load, rehearse, train, save. What is known on the way is left in `run` for the receipt.

    Raises RunError and Interrupted.
    """
    args = _arguments(run)
    with device.able_to(args):
        try:
            _train(run, args, display)
        finally:
            run.workers.end()


def _train(run: Run, args: Any, display: Display) -> None:
    chosen = _settle(run, display.say)
    trainer = _trainer(run, args, display)
    if run.options.rehearse or run.options.rehearse_only:
        display.say("rehearsal: the largest batch, an evaluation, a save and a reload")
        rehearse(trainer, run)
    if run.options.rehearse_only:
        return
    _seed_like_trainer(args)
    arguments.watch(args)
    run.observed.watch_forward(trainer.model)
    run.watch.deferred = True
    if chosen is not None:
        run.pending = list(chosen.marker.get("pending", ()))
        display.say(f"resumed after step {chosen.step} from {chosen.folder.name}")
    _loop(run, trainer, chosen)
    display.end()
    _finish(run, trainer, display.say)


def describe(run: Run) -> None:
    """Draw up the table of keys from what has been seen so far; also after a failure."""
    run.observed.readers = arguments.readers(run.args) if run.args is not None else {}
    run.progress.keys = ledger.rows(run.plan, run.observed, run.args, run.model, run.options.inert)


def _arguments(run: Run) -> Any:
    """The library's arguments, the process group with them, and the agreement over it."""
    extra = device.settle(run.options.device, run.plan.args)
    args = arguments.build(run.plan, extra)
    _start_group(args)
    if args.n_gpu > 1:
        raise RunError(
            f"this process sees {args.n_gpu} GPUs, and one process trains on one: use --nproc {args.n_gpu}, "
            "or set CUDA_VISIBLE_DEVICES",
            USAGE,
        )
    run.args, run.agreement = args, agreement()
    world = run.agreement.world_size
    if world != device.world_size():
        raise RunError(f"{device.world_size()} processes were promised, {world} came together", USAGE)
    progress = run.progress
    progress.world_size, progress.device = world, device.describe(args.device)
    progress.precision = "bf16" if args.bf16 else "fp16" if args.fp16 else "fp32"
    progress.seeds = {"seed": args.seed, "data_seed": args.seed if args.data_seed is None else args.data_seed}
    progress.determinism = {
        "exact_resume": run.options.exact_resume and not args.ignore_data_skip,
        "random_stream": "seeded by epoch, batch and step" if run.options.exact_resume else "plain Trainer",
        "full_determinism": bool(args.full_determinism),
    }
    return args


def _start_group(args: Any) -> None:
    """Read the device, which starts the process group.

    In a group on the CPU the library calls it "cpu:0", and cannot load an optimizer to that (transformers 5.16,
    trainer.py _load_optimizer_and_scheduler): plain "cpu" takes its place.
    """
    import torch

    if args.device.type == "cpu" and args.device.index is not None:
        object.__getattribute__(args, "__dict__")["_setup_devices"] = torch.device("cpu")


def _settle(run: Run, say: Say) -> Checkpoint | None:
    """Digest the data, agree with the other ranks on what this run is, and find the checkpoint to go on from."""
    plan, options = run.plan, run.options
    paths = [str(plan.data[role]) for role in ("train", "eval") if plan.data.get(role)]
    digests = {path: options.digests.get(path) or examples.digest(path) for path in paths}
    run.identity = resume.identity(plan, digests, world_size=run.agreement.world_size, exact=options.exact_resume)
    text = json.dumps(run.identity, sort_keys=True, default=str)
    run.agreement.must_agree({"the config": hashlib.sha256(text.encode()).hexdigest(), "the data": digests})
    if not options.resume:
        return None
    answer: tuple[Checkpoint | None, list[str], RunError | None] = (None, [], None)
    if run.is_first:
        try:
            answer = (*resume.choose(run.output, run.identity, force=options.force, say=say), None)
        except RunError as error:
            answer = (None, [], error)
    chosen, run.progress.forced, refusal = run.agreement.gather(answer)[0]
    if refusal is not None:
        raise refusal
    return chosen


def _trainer(run: Run, args: Any, display: Display) -> Any:
    """gliner's Trainer with its collator, as GLiNER.train_model builds them, and what the engine adds."""
    from gliner.training import Trainer
    from transformers import PrinterCallback, ProgressCallback, TrainerCallback
    from transformers import __version__ as version

    exact = run.options.exact_resume
    data = run.plan.data
    train_examples = examples.load(str(data["train"]), stable_labels=exact)
    run.eval_examples = examples.load(str(data["eval"]), stable_labels=exact) if data.get("eval") else None
    run.observed.examples = {"train": len(train_examples)}
    if run.eval_examples is not None:
        run.observed.examples["eval"] = len(run.eval_examples)
    run.model = model.build(run.plan)
    tokenizer = "processing_class" if int(version.split(".")[0]) >= 5 else "tokenizer"
    wanted = list(args.report_to or ())
    try:
        with arguments.replaced(args, report_to=[]):
            trainer = derive(RunTrainer, Trainer)(
                model=run.model,
                args=args,
                train_dataset=train_examples,
                eval_dataset=run.eval_examples,
                data_collator=collator(run.model, args.seed, exact=exact),
                **{tokenizer: run.model.data_processor.transformer_tokenizer},
            )
    except (ValueError, ImportError) as error:
        raise RunError(f"gliner.training.Trainer refuses the plan: {error}", REFUSED) from None
    trainer.attach(run)
    for printer in (PrinterCallback, ProgressCallback):
        trainer.remove_callback(printer)
    pilot = derive(Pilot, TrainerCallback)()
    pilot.attach(run, trainer, display)
    trainer.add_callback(pilot)
    if run.is_first:
        run.observed.trackers = trackers.attach(trainer, wanted, display.say)
    return trainer


def _seed_like_trainer(args: Any) -> None:
    """The state that plain Trainer begins with, whatever came between."""
    from transformers import enable_full_determinism, set_seed

    enable_full_determinism(args.seed) if args.full_determinism else set_seed(args.seed)


def _loop(run: Run, trainer: Any, chosen: Checkpoint | None) -> None:
    try:
        trainer.train(resume_from_checkpoint=str(chosen.folder) if chosen else None)
    except RuntimeError as error:
        # a signal to the whole group can end a data worker before it is noted here; the weights stand at a step's end
        if not run.watch.signum or run.agreement.world_size > 1 or not run.observed.steps:
            raise
        trainer._save_checkpoint(trainer.model_wrapped, None)
        raise Interrupted(run.watch.signum, run.progress.last_checkpoint) from error


def _finish(run: Run, trainer: Any, say: Say) -> None:
    """The final model at the top of the output folder."""
    trainer.must_be_finite()
    run.observed.best_metric = trainer.state.best_metric
    if run.observed.best_loaded:
        step = trainer.state.best_global_step
        scored = [row for row in trainer.state.log_history if row.get("step") == step and "eval_loss" in row]
        run.progress.metrics = {key: value for key, value in scored[-1].items() if key.startswith("eval_")}
    if run.agreement.world_size > 1:
        _compare_ranks(run, trainer.model)
    trainer.save_model(str(run.output))
    if run.is_first:
        tops = (path for path in run.output.rglob("*") if path.is_file())
        run.progress.files = sorted(
            name for name in (path.relative_to(run.output).as_posix() for path in tops) if _is_model(name)
        )
        if trainer.args.push_to_hub:
            hub.upload(trainer, str(run.output), run.observed, say)
            run.progress.notes.append(run.observed.upload)
    if run.watch.signum:
        raise Interrupted(run.watch.signum, run.progress.last_checkpoint)


def _compare_ranks(run: Run, network: Any) -> None:
    """All ranks must have come to the same weights."""
    import torch

    whole = hashlib.sha256()
    for value in network.state_dict().values():
        whole.update(value.detach().cpu().contiguous().view(-1).view(torch.uint8).numpy())
    weights = run.agreement.gather(whole.hexdigest())
    run.progress.determinism["ranks_agree"] = len(set(weights)) == 1
    if len(set(weights)) != 1:
        raise RunError("the processes ended with different weights; the gradients were not exchanged")


def _is_model(name: str) -> bool:
    top = name.split(os.sep, 1)[0]
    return not top.startswith(("checkpoint-", "receipt.", "runs", "."))
