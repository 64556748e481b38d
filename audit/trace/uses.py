"""What kind of use a library call is: logging, saving, seeding, a path, or just a call."""

from __future__ import annotations

import sys

from . import events
from .project import LIBRARIES

_LOGGING_TOPS = frozenset(
    "logging rich loguru warnings tqdm pprint wasabi termcolor tabulate colorama wandb mlflow tensorboard comet_ml "
    "neptune clearml structlog absl streamlit swanlab traceback".split()
)
_LOGGING_NAMES = frozenset(
    "echo secho print log log_param log_params print_rank_0 info debug warning error exception critical".split()
)
_SETTING_UP = frozenset("basicConfig dictConfig setLevel set_verbosity disable FileHandler getLogger".split())
_SAVING = frozenset(
    "dump safe_dump dump_all write write_text writelines save save_config to_yaml to_json save_pretrained writerow "
    "write_json write_yaml savetxt".split()
)
_SAVES_TO = frozenset(
    "save save_pretrained save_pretrained_merged save_model save_config save_state save_lora to_json to_yaml to_csv "
    "to_pickle savetxt push_to_hub log_artifact savefig to_parquet".split()
)
_SEEDS = frozenset(
    "seed set_seed manual_seed manual_seed_all seed_everything default_rng use_deterministic_algorithms".split()
)
_PATHS = frozenset(
    "makedirs mkdir load_dataset load_from_disk read_json read_csv rmtree copy copytree chdir read_parquet".split()
)
_IDENTITY = ("torch.device", "torch.tensor")


_BYSTANDERS = frozenset(
    "numpy pandas sklearn scipy matplotlib seaborn plotly nltk evaluate seqeval tqdm requests PIL pyarrow polars cv2 "
    "psutil joblib huggingface_hub tokenizers safetensors bitsandbytes optuna ray jsonlines orjson regex".split()
)
"""Packages that build no training arguments out of what they are given."""


def may_train(path: str) -> bool:
    """Whether a callee is code that is not at hand and may hand its arguments on to a training surface."""
    top = path.partition(".")[0]
    known = top in LIBRARIES or top in _BYSTANDERS or top in _LOGGING_TOPS or top in sys.stdlib_module_names
    return not known and top != "builtins"


def names_a_place(path: str) -> bool:
    """Whether a single value that the callee gets says where to save: records that it gets are what is saved."""
    return path.rpartition(".")[2] in _SAVES_TO


def category(path: str) -> tuple[str, str, bool]:
    """(what a message says, the category of the use, whether the result is made from the arguments)."""
    if path.endswith(("wandb.init", "mlflow.start_run", "swanlab.init", "comet_ml.start")):
        return f"argument of {path}", events.CALL, False
    top, last = path.partition(".")[0], path.rpartition(".")[2].rstrip("()")
    if last in _SETTING_UP and top in _LOGGING_TOPS:
        return f"argument of {path}", events.CALL, False
    if top in _LOGGING_TOPS or (last in _LOGGING_NAMES and top in ("typer", "click", "logger", "sys", "st")):
        return f"logged by {path}", events.LOGGING, False
    if last in _LOGGING_NAMES:
        return f"logged by {path}", events.LOGGING, False
    if last in _SAVING:
        return f"saved by {path}", events.SAVED, False
    if last in _SEEDS:
        return f"seed: {path}", events.SEED, False
    if last in _PATHS:
        return f"path: {path}", events.PATH, True
    return f"argument of {path}", events.CALL, True
