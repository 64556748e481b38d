"""`flow --format svg`: well-formed, each way drawn once, and the docs show what it draws."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from gliner_audit.report.picture import svg
from gliner_audit.rules.flow_of import flow_of

SCRIPT = """\
import yaml
from transformers import TrainingArguments


def main(cfg):
    lr = cfg["lr"] or 1e-5
    print(cfg["name<1>"])
    return TrainingArguments("out", learning_rate=lr, max_steps=cfg["steps"], seed=7)


if __name__ == "__main__":
    main(yaml.safe_load(open("config.yaml")))
"""
GIVEN = {"transformers": "5.16.1", "gliner": "0.2.29", "peft": "0.21.2"}
SVG = "{http://www.w3.org/2000/svg}"


def picture(folder: Path, text: str, key: str | None = None) -> ElementTree.Element:
    (folder / "train.py").write_text(text, encoding="utf-8")
    (folder / "given.yaml").write_text("lr: 1.0e-5\nsteps: 3\nunused: 1\n", encoding="utf-8")
    flow, _ = flow_of(str(folder / "train.py"), None, [str(folder / "given.yaml")], key, GIVEN)
    return ElementTree.fromstring(svg(flow, key))


def keys(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    groups = [group for group in root.iter(f"{SVG}g") if group.get("class") == "key"]
    return {(group.findtext(f"{SVG}text") or "").split("  [")[0]: group for group in groups}


def test_each_way_is_a_curve_and_a_dead_key_has_none(tmp_path: Path) -> None:
    drawn = keys(picture(tmp_path, SCRIPT))
    curves = {name: len(list(group.iter(f"{SVG}path"))) for name, group in drawn.items()}
    assert curves == {"lr": 1, "steps": 1, "unused": 0, "name<1>": 0}
    assert "nothing reads it" in "".join(drawn["unused"].itertext())


def test_a_curve_ends_at_its_parameter(tmp_path: Path) -> None:
    root = picture(tmp_path, SCRIPT)
    heights = {text.text: float(text.get("y", "0")) for text in root.iter(f"{SVG}text")}
    for key, parameter in (("lr", "learning_rate"), ("steps", "max_steps")):
        path = next(keys(root)[key].iter(f"{SVG}path")).get("d", "")
        assert float(path.rpartition(",")[2]) == heights[parameter] - 4


def test_a_finding_is_named_and_coloured(tmp_path: Path) -> None:
    drawn = keys(picture(tmp_path, SCRIPT))
    label = drawn["lr"].findtext(f"{SVG}text")
    assert label == "lr  [default-mismatch, falsy-or]"
    colours = {
        name: next(group.iter(f"{SVG}path")).get("stroke") for name, group in drawn.items() if name in ("lr", "steps")
    }
    assert colours["lr"] != colours["steps"]


def test_constants_stand_at_their_parameters(tmp_path: Path) -> None:
    texts = [text.text for text in picture(tmp_path, SCRIPT).iter(f"{SVG}text")]
    assert "seed = 7" in texts
    assert "output_dir = out" in texts


def test_one_key_alone(tmp_path: Path) -> None:
    root = picture(tmp_path, SCRIPT, "steps")
    assert list(keys(root)) == ["steps"]
    assert "seed = 7" not in [text.text for text in root.iter(f"{SVG}text")]


def test_nothing_lies_beyond_the_edge(tmp_path: Path) -> None:
    root = picture(tmp_path, SCRIPT)
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    for text in root.iter(f"{SVG}text"):
        length = len(text.text or "") * 7.3 * int(text.get("font-size", "12")) / 12
        start = float(text.get("x", "0")) - (length if text.get("text-anchor") == "end" else 0)
        assert start >= 0
        assert start + length <= width
        assert float(text.get("y", "0")) <= height


def test_no_entry_point_is_said(tmp_path: Path) -> None:
    assert "no entry point was found" in "".join(picture(tmp_path, "x = 1\n").itertext())


def test_the_picture_in_the_docs_is_what_the_command_draws(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "flow.svg"
    command = ["flow", "examples/trainer/train.py", "--config", "examples/trainer/config.yaml", "--format", "svg"]
    done = [sys.executable, "-m", "gliner_audit", *command, "--output", str(out)]
    subprocess.run(done, cwd=project, check=True)
    assert out.read_text(encoding="utf-8") == (project / "docs" / "flow.svg").read_text(encoding="utf-8"), command


@pytest.fixture
def project() -> Path:
    return Path(__file__).resolve().parents[2]
