"""Which device a process trains on, and the precisions that it can do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any, Final

from .errors import REFUSED, USAGE, RunError

DEVICES: Final = ("auto", "cpu", "cuda", "mps")


def one_gpu_per_process(environment: MutableMapping[str, str]) -> None:
    """Show a lone process one GPU only; call it before torch is imported.

    transformers wraps the model in nn.DataParallel when one process sees several (TrainingArguments.n_gpu), and
    GLiNER does not survive that. Processes of a group (RANK is set) choose their own device.
    """
    if "RANK" in environment or "LOCAL_RANK" in environment:
        return
    visible = environment.get("CUDA_VISIBLE_DEVICES")
    if visible is None:
        environment["CUDA_VISIBLE_DEVICES"] = "0"
    elif "," in visible:
        environment["CUDA_VISIBLE_DEVICES"] = visible.split(",")[0].strip()


def settle(wanted: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that follow from the device: {"use_cpu": True} on the CPU, else nothing.

    Raises RunError: exit 2 for a device that is not here, exit 1 for a precision that the device ignores or refuses.
    """
    import torch

    if wanted not in DEVICES:
        raise RunError(f"--device {wanted}: one of {', '.join(DEVICES)}", USAGE)
    has_cuda, has_mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if wanted == "cuda" and not has_cuda:
        raise RunError("--device cuda: torch sees no CUDA device here (torch.cuda.is_available() is False)", USAGE)
    if wanted == "mps" and not has_mps:
        raise RunError("--device mps: torch sees no MPS device here", USAGE)
    if args.get("use_cpu") and wanted in ("cuda", "mps"):
        raise RunError(f"use_cpu: true contradicts --device {wanted}", USAGE)
    on_cpu = wanted == "cpu" or bool(args.get("use_cpu")) or not (has_cuda or has_mps)
    if on_cpu and args.get("fp16"):
        raise RunError("fp16: true changes nothing on the CPU; use bf16: true, or a GPU", REFUSED)
    if on_cpu and args.get("tf32") is not None:
        raise RunError(f"tf32: {args['tf32']} needs an Ampere or newer GPU; leave it out on the CPU", REFUSED)
    if not on_cpu and has_cuda and args.get("bf16") and not torch.cuda.is_bf16_supported():
        raise RunError("bf16: true, but this GPU has no bfloat16; use fp16: true", REFUSED)
    return {"use_cpu": True} if on_cpu else {}


def has_onednn_bf16_lstm() -> bool:
    """Whether oneDNN runs an LSTM in bfloat16 on this CPU; it does from AVX-512 on (tried, not looked up)."""
    import torch

    with torch.random.fork_rng(devices=[]), torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        try:
            torch.nn.LSTM(8, 8)(torch.zeros(1, 1, 8))
        except RuntimeError:
            return False
    return True


@contextmanager
def able_to(args: Any) -> Iterator[None]:
    """For a while, with bf16 on a CPU whose oneDNN has no such LSTM, keep torch from asking oneDNN.

    torch hands it a packed batch only when all texts have the same number of words, so that training, which would go
    on for hours, ends at the first such batch: "could not create a primitive descriptor" (torch 2.13).
    """
    import torch

    if args.device.type != "cpu" or not args.bf16 or has_onednn_bf16_lstm():
        yield
        return
    # mkldnn.flags() would do the same, and warn of TF32
    before = torch.backends.mkldnn.enabled
    torch.backends.mkldnn.enabled = False
    try:
        yield
    finally:
        torch.backends.mkldnn.enabled = before


def must_be_whole_group(nproc: int, nnodes: str, environment: Mapping[str, str] = os.environ) -> None:
    """Refuse (exit 2) a launcher that started fewer processes than `nproc` times `nnodes`.

    `accelerate launch --cpu --num_processes 2` starts one and says nothing (accelerate 1.15).
    """
    asked = nproc * int(nnodes) if nnodes.isdigit() else 1
    told = world_size(environment)
    if asked > 1 and "RANK" in environment and told != asked:
        raise RunError(f"{asked} processes were asked for, {told} came together: the launcher started no more", USAGE)


def describe(device: Any) -> str:
    """The device in words, such as "cuda:0 NVIDIA H200" or "cpu"."""
    import torch

    return f"{device} {torch.cuda.get_device_name(device)}" if device.type == "cuda" else str(device)


def torch_is_loaded() -> bool:
    """Whether something imported torch already: environment variables for CUDA may then come too late."""
    return "torch" in sys.modules


def world_size(environment: Mapping[str, str] = os.environ) -> int:
    """How many processes the launcher says that there are; 1 without one."""
    return int(environment.get("WORLD_SIZE", "1"))


def rank(environment: Mapping[str, str] = os.environ) -> int:
    """This process's number in the group, 0 without one."""
    return int(environment.get("RANK", "0"))
