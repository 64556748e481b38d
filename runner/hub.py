"""The Hugging Face Hub: refused early when it cannot be reached, and never able to end a run that goes well."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from .errors import USAGE, RunError
from .observe import Observed

Say = Callable[[str], None]


def must_be_online(args: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> None:
    """Refuse (exit 2) push_to_hub where the environment forbids the network, before anything is loaded."""
    if not args.get("push_to_hub"):
        return
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        if environment.get(name, "").upper() in ("1", "ON", "YES", "TRUE"):
            raise RunError(
                f"push_to_hub: true, and {name}={environment[name]} forbids to reach the Hub: unset it, or write "
                "push_to_hub: false and upload the output folder later",
                USAGE,
            )


def no_repository(name: str | None, error: Exception) -> RunError:
    """What to say when the repository cannot be made: at the start, when nothing is lost yet."""
    what = f"the repository {name}" if name else "the repository"
    return RunError(
        f"push_to_hub: true, and {what} cannot be made or reached ({_line(error)}): check the token and the network, "
        "or write push_to_hub: false and upload the output folder later",
        USAGE,
    )


def upload(trainer: Any, folder: str, seen: Observed, say: Say) -> None:
    """Upload the final model and note what came of it; it stands on disk either way."""
    from huggingface_hub import HfApi

    try:
        trainer._finish_current_push()
        HfApi().upload_folder(
            repo_id=trainer.hub_model_id,
            folder_path=folder,
            token=trainer.args.hub_token,
            revision=trainer.args.hub_revision,
            ignore_patterns=["checkpoint-*", ".*"],
        )
    except Exception as error:
        failed(error, seen, say)
    else:
        seen.uploaded, seen.upload = True, f"the model was uploaded to {trainer.hub_model_id}"


def failed(error: Exception, seen: Observed, say: Say) -> None:
    """Note an upload that came to nothing."""
    seen.uploaded, seen.upload = False, f"an upload failed: {_line(error)}"
    say(f"not on the Hub: {_line(error)}")


def _line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
