"""What a run happens in: libraries, machine, git, command line. Read without importing any library."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

LIBRARIES: Final = (
    "torch transformers gliner peft accelerate tokenizers safetensors huggingface-hub numpy sentencepiece deepspeed "
    "flash-attn bitsandbytes"
).split()

# What changes a run without standing in its config. Everything else stays out: an environment is full of secrets.
ENVIRONMENT: Final = (
    "ACCELERATE_MIXED_PRECISION ACCELERATE_USE_DEEPSPEED ACCELERATE_USE_FSDP CUBLAS_WORKSPACE_CONFIG "
    "CUDA_DEVICE_ORDER CUDA_LAUNCH_BLOCKING CUDA_VISIBLE_DEVICES HF_DATASETS_OFFLINE HF_HUB_OFFLINE LOCAL_RANK "
    "LOCAL_WORLD_SIZE MKL_NUM_THREADS NCCL_DEBUG NCCL_IB_DISABLE NCCL_P2P_DISABLE NCCL_SOCKET_IFNAME "
    "NVIDIA_TF32_OVERRIDE OMP_NUM_THREADS PYTHONHASHSEED PYTORCH_ALLOC_CONF PYTORCH_CUDA_ALLOC_CONF RANK "
    "SLURM_ARRAY_TASK_ID SLURM_JOB_ID SLURM_JOB_NUM_NODES SLURM_NTASKS SLURM_PROCID SLURM_RESTART_COUNT "
    "TOKENIZERS_PARALLELISM TORCH_ALLOW_TF32_CUBLAS_OVERRIDE TORCHELASTIC_RESTART_COUNT TRANSFORMERS_OFFLINE "
    "WANDB_MODE WORLD_SIZE"
).split()

_GIT_SECONDS: Final = 10.0


def versions() -> dict[str, str]:
    """Python and every library that is installed, as their metadata say."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def own_version() -> str:
    """The version of this tool."""
    try:
        return version("gliner-audit")
    except PackageNotFoundError:
        return "0+unknown"


def host() -> dict[str, Any]:
    """The machine, without its name."""
    return {"system": platform.platform(), "machine": platform.machine(), "cpus": os.cpu_count() or 1}


def invocation() -> dict[str, Any]:
    """The command line, the working folder and the allow-listed environment."""
    env = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    return {"argv": list(sys.argv), "cwd": os.getcwd(), "env": env}


def git(folder: str) -> Mapping[str, Any] | None:
    """The commit of the work tree that holds `folder`; None where there is none, or no git.

    `dirty` says that tracked files differ from the commit, `diff_sha256` is the digest of that difference.
    """
    try:
        commit = _git(folder, "rev-parse", "HEAD").decode().strip()
        diff = _git(folder, "diff", "HEAD", "--binary", "--no-ext-diff", "--no-color")
    except (OSError, subprocess.SubprocessError):
        return None
    return {"commit": commit, "dirty": bool(diff), "diff_sha256": hashlib.sha256(diff).hexdigest() if diff else None}


def _git(folder: str, *arguments: str) -> bytes:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-C", folder, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, timeout=_GIT_SECONDS, env=environment)
    return done.stdout


def digest(path: str) -> tuple[str, int]:
    """The sha256 of a file and its size in bytes. Raises OSError."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size
