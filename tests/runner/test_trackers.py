"""Trackers are told everything and can break nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gliner_audit.runner import trackers
from gliner_audit.runner.errors import RunError
from gliner_audit.runner.tiny import TinyKit
from support import make_plan, run


class Tracker:
    """A tracker as transformers makes them, that fails when it is told to."""

    fails_in: str = ""
    events: list[str] = []

    def __getattr__(self, event: str) -> Any:
        if not event.startswith("on_"):
            raise AttributeError(event)

        def call(*args: Any, **kwargs: Any) -> None:
            type(self).events.append(event)
            if event == type(self).fails_in:
                raise OSError("no route to the tracker")

        return call


@pytest.mark.train
@pytest.mark.parametrize("fails_in", ["", "on_train_begin", "on_log", "on_init"])
def test_a_tracker_cannot_end_a_run(
    fails_in: str, deberta: TinyKit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transformers.integrations import integration_utils

    def make() -> Tracker:
        if fails_in == "on_init":
            raise RuntimeError("the tracker is half installed")
        return Tracker()

    monkeypatch.setattr(Tracker, "fails_in", fails_in)
    monkeypatch.setattr(Tracker, "events", [])
    monkeypatch.setitem(integration_utils.INTEGRATION_TO_CALLBACK, "wandb", make)
    monkeypatch.setattr(trackers, "find_spec", lambda name: object())
    result = run(make_plan(deberta, tmp_path / "out", args={"max_steps": 3, "report_to": "wandb"}), rehearse=False)
    assert result.code == 0, result.text
    row = result.row("training.report_to")
    assert row["at_sink"] == ["wandb"]
    if fails_in == "on_init":
        assert "wandb is left out: the tracker is half installed" in result.text
        assert row["verdict"] == "not observed"
        return
    assert row["verdict"] == "took effect"
    assert Tracker.events[0] == "on_train_begin"
    assert Tracker.events.count("on_log") == {"": 4, "on_log": 1}.get(fails_in, 0)
    assert result.text.count("wandb failed in") == bool(fails_in)


def test_what_is_not_installed_is_refused_before_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    trackers.must_be_installed(None)
    trackers.must_be_installed("none")
    monkeypatch.setattr(trackers, "find_spec", lambda name: None)
    with pytest.raises(RunError, match="tensorboard is not installed here") as caught:
        trackers.must_be_installed(["tensorboard"])
    assert caught.value.code == 2
