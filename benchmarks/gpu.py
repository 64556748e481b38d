"""Training on a GPU in bf16: the runner beside GLiNER's own `train_model`, then whether a resumed run is the same run.

    python benchmarks/gpu.py                        about 10 minutes; needs a CUDA device, no network
    python benchmarks/gpu.py --part speed           only the first half; --part resume is the second
    python benchmarks/gpu.py --device cpu --tiny    the same path in small, to see that it runs

Makes its encoders (random weights) and data on the spot. Needs torch, transformers, gliner and accelerate, and of
gliner-audit only this checkout: it need not be installed. Ends with 1 when a resumed run differs, 2 without a device.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from beside import (
    WARM_UP,
    Clock,
    Interval,
    Lap,
    Work,
    at_least,
    interval,
    ours,
    pairs_of,
    plain,
    quiet,
    settings,
    tiny_work,
    write_config,
    write_data,
)

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGES: Final = ("torch", "transformers", "gliner", "accelerate", "peft")
# What a Chrome trace calls work of the device itself.
DEVICE_WORK: Final = frozenset({"kernel", "gpu_memcpy", "gpu_memset"})


def main(arguments: list[str] | None = None) -> int:
    """Prints the figures; 0, 1 when a resumed run is another run, 2 when nothing can be measured here."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    parser.add_argument("--pairs", type=at_least(3), default=10)
    parser.add_argument("--steps", type=at_least(WARM_UP + 10), help="of each run; 210, or 20 with --tiny")
    parser.add_argument("--batch", type=at_least(1), default=32, help="examples a step of the larger run")
    parser.add_argument("--workers", type=int, default=0, help="data workers of both sides")
    parser.add_argument("--part", choices=("all", "speed", "resume"), default="all")
    parser.add_argument("--tiny", action="store_true", help="shrink the larger run to hidden 64, 2 layers")
    asked = parser.parse_args(arguments)
    os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    with tempfile.TemporaryDirectory(prefix="gliner-audit-gpu-") as name:
        folder = Path(name)
        _reach(folder)
        from gliner_audit.runner.device import has_onednn_bf16_lstm, one_gpu_per_process

        # both sides on one GPU: train_model alone would take all that it sees
        one_gpu_per_process(os.environ)
        missing = _missing(asked.device)
        if missing:
            print(f"gpu: {missing}", file=sys.stderr)
            return 2
        _machine(asked.device)
        steps = asked.steps or (20 if asked.tiny else 210)
        # on a CPU without AVX-512, train_model's LSTM ends in bf16 at the first batch of equally long texts
        shared = {"bf16": asked.device == "cuda" or has_onednn_bf16_lstm(), "dataloader_num_workers": asked.workers}
        works = {"demo size (hidden 32, 2 layers, batch 8)": _demo(folder / "demo", steps, asked.device, shared)}
        size = (64, 2, 2) if asked.tiny else (768, 12, 12)
        label = f"larger (hidden {size[0]}, {size[1]} layers, batch {asked.batch}, 100 words)"
        works[label] = _larger(folder / "larger", steps, asked.device, asked.batch, size, shared)
        for title, work in works.items() if asked.part != "resume" else ():
            _compare(title, work, asked.pairs)
        same = [_resume(title, work) for title, work in works.items() if asked.part != "speed"]
    return 0 if all(same) else 1


def _reach(folder: Path) -> None:
    """Make `gliner_audit` importable, here and in child processes: the checkout itself is the package."""
    if importlib.util.find_spec("gliner_audit") is None:
        place = folder / "path"
        place.mkdir()
        (place / "gliner_audit").symlink_to(ROOT, target_is_directory=True)
        sys.path.insert(0, str(place))
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(place), os.environ.get("PYTHONPATH"))))


def _missing(device: str) -> str | None:
    """Why nothing can be measured here, or None."""
    try:
        import gliner.training  # noqa: F401
        import rich  # noqa: F401
        import torch
        import yaml  # noqa: F401
        from transformers.utils import logging
    except ImportError as error:
        return f"{error}; install torch, transformers, gliner, accelerate, PyYAML and rich"
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    if device == "cuda" and not torch.cuda.is_available():
        return "torch sees no CUDA device here (torch.cuda.is_available() is False); --device cpu shows that it runs"
    if device == "cuda" and not torch.cuda.is_bf16_supported():
        return "this GPU has no bfloat16"
    return None


def _machine(device: str) -> None:
    import torch

    name = f"{torch.cuda.get_device_name()}, CUDA {torch.version.cuda}" if device == "cuda" else "CPU (no GPU figures)"
    print(f"{name}; {', '.join(f'{package} {_version(package)}' for package in PACKAGES)}")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def _demo(folder: Path, steps: int, device: str, shared: dict[str, Any]) -> Work:
    return tiny_work(folder, steps, device, **shared)


def _larger(
    folder: Path, steps: int, device: str, batch: int, size: tuple[int, int, int], shared: dict[str, Any]
) -> Work:
    """A DeBERTa of (hidden, layers, heads) over sentences of 100 words; its vocabulary is that of the demo."""
    from gliner_audit.runner.tiny import save_encoder

    hidden, layers, heads = size
    save_encoder(folder / "encoder", hidden=hidden, layers=layers, heads=heads)
    write_data(folder / "train.jsonl", batch * 40, 100)
    model = {"model_name": str(folder / "encoder"), "span_mode": "markerV0", "max_width": 12, "hidden_size": hidden}
    args = settings(steps, batch, **shared) | {"learning_rate": 0.0001}
    return Work(model | {"max_len": 160}, args, folder / "train.jsonl", folder, device)


def _compare(title: str, work: Work, pairs: int) -> None:
    """Pairs of runs in turns, then one traced run of each side for the share of the time that the GPU computes."""
    print(
        f"\n{title}: {pairs} pairs of {work.args['max_steps'] - WARM_UP} steps after {WARM_UP} to warm up", flush=True
    )
    sides = pairs_of(work, pairs, lambda line: print(f"  {line}", flush=True))
    for name, laps, train in zip(("train_model", "gliner-audit run"), sides, (plain, ours), strict=True):
        rate = interval([1 / lap.wall for lap in laps])
        batch = work.args["per_device_train_batch_size"]
        share = _share(work, train, statistics.median(lap.wall for lap in laps))
        print(
            f"{name}: {_shown(rate)} steps/s, {_shown(Interval(*(batch * each for each in rate)))} examples/s, "
            f"{_memory(laps)}, GPU computes {share}"
        )
    theirs, own = sides
    ratio = interval([a.wall / b.wall for a, b in zip(theirs, own, strict=True)])
    more = interval([(b.wall - a.wall) * 1000 for a, b in zip(theirs, own, strict=True)])
    print(f"steps/s, gliner-audit run over train_model: {_shown(ratio, 4)}; a step takes {_shown(more)} ms more")


def _share(work: Work, train: Any, step: float) -> str:
    """Time in kernels and copies per step, from a trace, over the seconds of a step without tracing."""
    if work.device != "cuda":
        return "not measured (no GPU)"
    trace = work.folder / "trace.json"
    clock = Clock(work.device, trace, min(20, work.args["max_steps"] - WARM_UP - 1))
    with quiet():
        train(work, clock)
    events = json.loads(trace.read_text(encoding="utf-8"))["traceEvents"]
    spans = sorted((each["ts"], each["ts"] + each["dur"]) for each in events if each.get("cat") in DEVICE_WORK)
    if not spans:
        return "not measured (the profiler saw no kernel)"
    return f"{busy(spans) / 1e6 / clock.traced / step:.1%} of the time"


def busy(spans: list[tuple[float, float]]) -> float:
    """The length of the union of spans that are sorted by their start."""
    total, until = 0.0, float("-inf")
    for start, end in spans:
        total += max(0.0, end - max(start, until))
        until = max(until, end)
    return total


def _memory(laps: list[Lap]) -> str:
    peak = max(lap.memory for lap in laps)
    return f"peak {peak / 2**30:.2f} GiB of the GPU" if peak else "GPU memory not measured"


def _shown(value: Interval, digits: int = 3) -> str:
    return f"{value.mean:.{digits}f} (95 %: {value.low:.{digits}f} .. {value.high:.{digits}f})"


def _resume(title: str, work: Work) -> bool:
    """A run of 20 steps in one process, again in a second, and in a third from the checkpoint of step 7."""
    more = {"full_determinism": True, "max_steps": 20, "save_strategy": "steps", "save_steps": 7, "logging_steps": 1}
    configs = {n: write_config(work, work.folder / f"{n}.yaml", **more) for n in ("whole", "again", "resumed")}
    outputs = {name: config.with_suffix("") for name, config in configs.items()}
    print(f"\nresume with deterministic algorithms, {title}:", flush=True)
    for name, config in configs.items():
        if name == "resumed":
            outputs[name].mkdir()
            shutil.copytree(outputs["whole"] / "checkpoint-7", outputs[name] / "checkpoint-7")
        code, text = _train(config, work.device, ["--resume"] if name == "resumed" else [])
        if code:
            print(f"  {name}: ended with {code}: {' '.join(text.split())[-600:]}")
            return False
    end = json.loads((outputs["resumed"] / "receipt.json").read_text(encoding="utf-8"))
    start = end["attempts"][-1]["from_step"]
    verdict = _difference(outputs["whole"], outputs["resumed"])
    print(f"  two whole runs: {_difference(outputs['whole'], outputs['again'])}")
    print(f"  resumed from step {start} (7 is wanted), against the whole run: {verdict}", flush=True)
    return start == 7 and verdict.startswith("bit-exact")


def _train(config: Path, device: str, flags: list[str]) -> tuple[int, str]:
    """`gliner-audit run` in a process of its own: its exit status and what it printed."""
    command = [sys.executable, "-m", "gliner_audit", "run", str(config), "--device", device, "--allow-lossy-data"]
    # cuBLAS reads it when it starts; with full_determinism transformers sets it, but a library may be first
    environment = os.environ | {"CUBLAS_WORKSPACE_CONFIG": ":4096:8"}
    done = subprocess.run(
        [*command, *flags], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.returncode, done.stdout


def _difference(one: Path, two: Path) -> str:
    """How two runs' final weights differ."""
    import torch

    left, right = (torch.load(path / "pytorch_model.bin", map_location="cpu", weights_only=True) for path in (one, two))
    if left.keys() != right.keys() or not left:
        return f"{len(left.keys() ^ right.keys())} tensors are in one of them only"
    apart = [name for name in left if not torch.equal(left[name], right[name])]
    if not apart:
        return f"bit-exact, all {len(left)} tensors"
    worst = max(float((left[name].double() - right[name].double()).abs().max()) for name in apart)
    return f"{len(apart)} of {len(left)} tensors differ, by up to {worst:.3g}"


if __name__ == "__main__":
    sys.exit(main())
