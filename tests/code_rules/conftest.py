"""Small projects in a scratch folder, checked as the command line does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from gliner_audit.rules.check import Request, Result, check
from gliner_audit.schemas import catalog

NEWEST = {name: catalog.newest(name) for name in ("transformers", "gliner", "peft")}
Check = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Write files, check paths: `project({"train.py": ...}, "train.py", "configs")`."""
    monkeypatch.chdir(tmp_path)

    def run(files: Mapping[str, str], *paths: str, **request: object) -> Result:
        for name, text in files.items():
            place = tmp_path / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        terms: dict[str, object] = {"given": NEWEST, **request}
        return check(Request(paths, **terms))  # type: ignore[arg-type]

    return run


@pytest.fixture
def shared_contract() -> dict[str, object]:
    """The contract of the flow, where the shared folder stands beside the project."""
    import json
    import os

    beside = Path(__file__).resolve().parents[2].parent / "shared"
    file = Path(os.environ.get("GLINER_AUDIT_SHARED", beside)) / "contract" / "flow.schema.json"
    if not file.is_file():
        pytest.skip(f"no contract at {file}: set GLINER_AUDIT_SHARED")
    found: dict[str, object] = json.loads(file.read_text(encoding="utf-8"))
    return found
