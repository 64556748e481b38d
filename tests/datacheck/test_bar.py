"""The progress bar: only on a terminal, only for long files, and it reaches the end."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from gliner_audit.runner.datacheck import Settings, bar, check
from rich.console import Console


@pytest.fixture
def data(tmp_path: Path) -> str:
    path = tmp_path / "t.jsonl"
    path.write_text(json.dumps({"tokenized_text": ["a"], "ner": []}) + "\n", encoding="utf-8")
    return str(path)


def test_no_bar_without_a_terminal_or_for_a_short_file(data: str, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Console(file=io.StringIO(), force_terminal=True)
    with bar(terminal, data, None) as progress:
        assert progress is None
    monkeypatch.setattr("gliner_audit.runner.datacheck.progress.LONG", 1)
    with bar(Console(file=io.StringIO()), data, None) as progress:
        assert progress is None
    with bar(None, data, None) as progress:
        assert progress is None


def test_the_bar_follows_both_files(data: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gliner_audit.runner.datacheck.progress.LONG", 1)
    shown = io.StringIO()
    with bar(Console(file=shown, force_terminal=True, width=100), data, data) as progress:
        check(data, data, Settings(), progress)
    assert "checking train" in shown.getvalue()
    assert "checking eval" in shown.getvalue()
    assert "100%" in shown.getvalue() or f"{Path(data).stat().st_size}/" in shown.getvalue()
