"""wandb, tensorboard, trackio and the rest: attached when they are asked for, and never able to end a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.util import find_spec
from typing import Any, Final

from .errors import USAGE, RunError

# Reporting names of transformers (integrations/integration_utils.py INTEGRATION_TO_CALLBACK) and what they import.
_MODULES: Final = {
    "wandb": "wandb",
    "trackio": "trackio",
    "tensorboard": "tensorboard",
    "mlflow": "mlflow",
    "comet_ml": "comet_ml",
    "clearml": "clearml",
    "neptune": "neptune",
    "swanlab": "swanlab",
    "dvclive": "dvclive",
    "codecarbon": "codecarbon",
    "azure_ml": "azureml",
    "dagshub": "dagshub",
    "flyte": "flytekit",
}


def must_be_installed(report_to: str | Iterable[str] | None) -> None:
    """Refuse a tracker that is not here before anything is loaded (exit 2); the library would say so later."""
    for name in [report_to] if isinstance(report_to, str) else report_to or ():
        if name in ("none", "all"):
            continue
        if name not in _MODULES:
            raise RunError(f"report_to: {name!r} is no tracker; known are {', '.join(sorted(_MODULES))}", USAGE)
        if find_spec(_MODULES[name]) is None:
            raise RunError(
                f"report_to: {name}: {_MODULES[name]} is not installed here; install it or write report_to: none",
                USAGE,
            )


def attach(trainer: Any, names: Iterable[str], say: Callable[[str], None]) -> list[str]:
    """Add a guarded callback for each tracker; the names of those that could be made."""
    from transformers.integrations.integration_utils import get_reporting_integration_callbacks

    attached = []
    for name in names:
        try:
            (maker,) = get_reporting_integration_callbacks([name])
            trainer.add_callback(Guarded(maker(), name, say))
            attached.append(name)
        except Exception as error:
            say(f"{name} is left out: {error}")
    return attached


class Guarded:
    """A callback whose exceptions are reported once; from then on it is not called."""

    def __init__(self, inner: Any, name: str, say: Callable[[str], None]) -> None:
        self._inner, self._name, self._say = inner, name, say
        self.failed = False

    def __getattr__(self, event: str) -> Any:
        target = getattr(self._inner, event)
        if not event.startswith("on_"):
            return target

        def call(*args: Any, **kwargs: Any) -> Any:
            if self.failed:
                return None
            try:
                return target(*args, **kwargs)
            except Exception as error:
                self.failed = True
                self._say(f"{self._name} failed in {event} and is switched off; training goes on: {error}")
                return None

        return call
