"""Data workers outlive a signal, and never the run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from typing import Any

import pytest
from gliner_audit.runner.workers import Workers

pytestmark = pytest.mark.train


@pytest.mark.parametrize("persistent", [True, False])
def test_they_are_deaf_to_a_signal_and_end_with_the_run(persistent: bool) -> None:
    """Python ends its children at exit with one SIGTERM and waits: a worker that is still there would hang it."""
    from torch.utils.data import DataLoader

    before = set(multiprocessing.active_children())
    loader: Any = DataLoader(list(range(64)), batch_size=2, num_workers=1, persistent_workers=persistent)
    workers = Workers()
    workers.adopt(loader)
    iterator = iter(loader)
    next(iterator)
    (child,) = set(multiprocessing.active_children()) - before
    os.kill(child.pid or 0, signal.SIGTERM)
    time.sleep(0.2)
    assert child.is_alive()
    assert next(iterator) is not None
    workers.end()
    assert not child.is_alive()
    workers.end()
