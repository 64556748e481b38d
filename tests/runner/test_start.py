"""A config that `init` writes is clean, is read the same by the editor's schema, and never replaces a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from gliner_audit.rules.check import Request, check
from gliner_audit.runner.errors import RunError
from gliner_audit.runner.start import write_config
from jsonschema import Draft202012Validator


def test_the_config_lints_clean_and_fits_its_schema(tmp_path: Path) -> None:
    target = tmp_path / "ner.yaml"
    written = write_config(str(target))
    assert [Path(path).name for path in written] == ["ner.yaml", "gliner.schema.json"]
    result = check(Request((str(target),)))
    assert result.outcome.findings == ()
    schema = json.loads((tmp_path / "gliner.schema.json").read_text())
    assert list(Draft202012Validator(schema).iter_errors(yaml.safe_load(target.read_text()))) == []


def test_a_file_is_not_replaced_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "ner.yaml"
    target.write_text("mine: 1\n")
    with pytest.raises(RunError, match="there already"):
        write_config(str(target))
    assert target.read_text() == "mine: 1\n"
    write_config(str(target), force=True)
    assert "model:" in target.read_text()


def test_the_tiny_kit_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "tiny.yaml"
    write_config(str(target), tiny=True)
    config = yaml.safe_load(target.read_text())
    assert Path(config["model"]["model_name"], "config.json").is_file()
    first = json.loads(Path(config["data"]["train_data"]).read_text().splitlines()[0])
    assert set(first) == {"tokenized_text", "ner"}
