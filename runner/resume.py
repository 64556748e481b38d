"""Whether a run may go on from a checkpoint: only when it is the same run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from . import checkpoint
from .checkpoint import Checkpoint
from .errors import USAGE, RunError
from .plan_types import RunPlan

LIBRARIES: Final = ("torch", "transformers", "gliner", "peft", "accelerate")

# Settings that say how a run is watched and stored, never what it computes.
_OBSERVERS: Final = frozenset(
    (
        "output_dir disable_tqdm report_to run_name project log_level log_level_replica log_on_each_node "
        "logging_strategy logging_steps logging_first_step logging_dir save_strategy save_steps save_total_limit "
        "save_on_each_node push_to_hub hub_model_id hub_strategy hub_private_repo hub_token hub_always_push "
        "hub_revision dataloader_num_workers dataloader_pin_memory dataloader_persistent_workers "
        "dataloader_prefetch_factor skip_memory_metrics ddp_timeout resume_from_checkpoint"
    ).split()
)


def identity(plan: RunPlan, digests: Mapping[str, str], *, world_size: int, exact: bool) -> dict[str, Any]:
    """Everything that the weights of a run depend on, as a JSON tree. `digests` has the sha256 of each data file."""
    return {
        "args": {key: value for key, value in sorted(plan.args.items()) if key not in _OBSERVERS},
        "model": dict(plan.model),
        "lora": dict(plan.lora) if plan.lora is not None else None,
        "freeze": list(plan.freeze),
        "prev_path": plan.prev_path,
        "compile": plan.compile,
        "seed": plan.seed,
        "data": {role: digests[str(plan.data[role])] for role in ("train", "eval") if plan.data.get(role)},
        "versions": {"python": f"{sys.version_info.major}.{sys.version_info.minor}", **_versions()},
        "world_size": world_size,
        "exact_resume": exact,
    }


def choose(
    output: Path, now: Mapping[str, Any], *, force: bool, say: Callable[[str], None]
) -> tuple[Checkpoint | None, list[str]]:
    """The checkpoint to go on from (None: start at step 0), and the differences that `force` overrode.

    Raises RunError (exit 2) when the run has changed.
    """
    chosen = checkpoint.latest(output, say)
    if chosen is None:
        say(f"no complete checkpoint below {output}: starting from step 0")
        return None, []
    changed = differences(chosen.marker["identity"], now)
    if changed and not force:
        raise RunError(
            f"--resume: this is not the run that {chosen.folder.name} belongs to: {'; '.join(changed)}. "
            "Undo the change, start afresh in another folder, or go on with --force (the receipt will say so)",
            USAGE,
        )
    return chosen, changed


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What changed between two identities, one phrase each, by dotted name."""
    before, after = dict(_leaves(old)), dict(_leaves(new))
    names = sorted(before.keys() | after.keys())
    absent = "not set"
    return [
        f"{name} was {_short(before.get(name, absent))}, is {_short(after.get(name, absent))}"
        for name in names
        if before.get(name, absent) != after.get(name, absent)
    ]


def must_hold_a_run(output: Path) -> None:
    """Refuse to resume in a folder where no run ever began; one that was killed before its first checkpoint did."""
    if not output.is_dir() or not any(output.iterdir()):
        raise RunError(f"--resume: {output} holds no run; leave --resume out to start one", USAGE)


def must_be_fresh(output: Path) -> None:
    """Refuse a folder that holds something already; a lone receipt of a run that never began does not count."""
    if not output.exists():
        return
    if not output.is_dir():
        raise RunError(f"{output} is a file; the output must be a folder", USAGE)
    left = sorted(entry.name for entry in output.iterdir() if not entry.name.startswith(("receipt.", ".")))
    if left:
        shown = ", ".join(left[:3]) + (" …" if len(left) > 3 else "")
        raise RunError(
            f"{output} is not empty ({shown}): --resume goes on with that run, or name another folder", USAGE
        )


def _versions() -> dict[str, str]:
    known = {}
    for name in LIBRARIES:
        try:
            known[name] = version(name)
        except PackageNotFoundError:
            continue
    return known


def _leaves(tree: Any, path: str = "") -> list[tuple[str, Any]]:
    if isinstance(tree, Mapping) and tree:
        return [leaf for key, value in tree.items() for leaf in _leaves(value, f"{path}.{key}" if path else str(key))]
    return [(path, list(tree) if isinstance(tree, tuple) else tree)]


def _short(value: Any) -> str:
    text = str(value)
    return text[:12] + "…" if len(text) == 64 else text
