"""Small local encoders and data, made once; everything runs offline on the CPU."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "train: really trains; deselect with -m 'not train'")


@pytest.fixture(autouse=True, scope="session")
def offline() -> Iterator[None]:
    """No hub, one thread, and worker processes that find the test's receipt writer."""
    patch = pytest.MonkeyPatch()
    patch.setenv("HF_HUB_OFFLINE", "1")
    patch.setenv("TOKENIZERS_PARALLELISM", "false")
    patch.setenv("OMP_NUM_THREADS", "1")
    patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH")])))
    torch = pytest.importorskip("torch", reason="the training libraries are not installed")
    pytest.importorskip("gliner", reason="the training libraries are not installed")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
    patch.undo()


@pytest.fixture(scope="session")
def deberta(tmp_path_factory: pytest.TempPathFactory, offline: None):
    """A kit with a DeBERTa-style encoder."""
    from gliner_audit.runner.tiny import make_tiny

    return make_tiny(tmp_path_factory.mktemp("deberta"), architecture="deberta")


@pytest.fixture(scope="session")
def bert(tmp_path_factory: pytest.TempPathFactory, offline: None):
    """A kit with a BERT-style encoder."""
    from gliner_audit.runner.tiny import make_tiny

    return make_tiny(tmp_path_factory.mktemp("bert"), architecture="bert")
