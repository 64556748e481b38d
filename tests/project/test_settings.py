"""Settings: the nearest file upward, types and names checked, errors with their line."""

from __future__ import annotations

from pathlib import Path

import pytest
from gliner_audit.audit.project.settings import Settings, SettingsError, find_settings, read_settings


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"  # its parent is the test's own too: one test writes settings there
    (root / ".git").mkdir(parents=True)
    (root / "configs/deep").mkdir(parents=True)
    monkeypatch.chdir(root)
    return root


FULL = """
select = ["GA001"]
ignore = ["dead-key"]
fail-on = "warning"
trainer = "train.py"
loader = "yaml12"
exclude = ["old/**"]
baseline = "known.json"
with = { gliner = "0.2.24" }
[dialect]
"configs/*.yaml" = "gliner"
[severity]
dead-key = "off"
"""


def test_all_settings(project: Path) -> None:
    (project / "gliner-audit.toml").write_text(FULL)
    assert find_settings("configs/deep") == Settings(
        file=str(project / "gliner-audit.toml"),
        select=("GA001",),
        ignore=("dead-key",),
        fail_on="warning",
        trainer=("train.py",),
        with_={"gliner": "0.2.24"},
        dialect={"configs/*.yaml": "gliner"},
        loader="yaml12",
        exclude=("old/**",),
        baseline="known.json",
        severity={"dead-key": "off"},
    )


def test_the_nearest_file_wins_alone_and_the_repository_ends_the_search(project: Path) -> None:
    (project.parent / "gliner-audit.toml").write_text('fail-on = "advice"\n')
    assert find_settings("configs") == Settings()
    (project / "pyproject.toml").write_text('[tool.gliner-audit]\nfail-on = "warning"\nignore = ["x"]\n')
    (project / "configs/pyproject.toml").write_text('[project]\nname = "gliner-audit-demo"\n')
    assert find_settings("configs/deep").ignore == ("x",)
    (project / "configs/gliner-audit.toml").write_text("")
    assert find_settings("configs/deep") == Settings(str(project / "configs/gliner-audit.toml"))
    assert find_settings("configs").folder == str(project / "configs")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = [\n", "gliner-audit.toml:2: Not valid TOML: Invalid value"),
        ('\nfail_on = "error"', "gliner-audit.toml:2: no setting is called `fail_on`: did you mean `fail-on`?"),
        (
            'fail-on = "eror"',
            "gliner-audit.toml:1: `fail-on` takes error, warning, advice, not 'eror'; did you mean `error`?",
        ),
        ('loader = "ruamel"', "gliner-audit.toml:1: `loader` takes pyyaml, yaml12, cast, not 'ruamel'"),
        ('select = "GA001"', "gliner-audit.toml:1: `select` is a list of texts, not 'GA001'"),
        ("[with]\ngliner = 2", "gliner-audit.toml:1: `with` is a table of texts, not {'gliner': 2}"),
        ('with = {gliner = "new"}', "gliner-audit.toml:1: `with`: 'new' is no version of gliner"),
        ("baseline = true", "gliner-audit.toml:1: `baseline` is a text, not True"),
    ],
)
def test_errors(project: Path, text: str, message: str) -> None:
    (project / "gliner-audit.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        find_settings(".")
    assert str(caught.value) == message


def test_a_named_file_must_be_there(project: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml:1: cannot read the settings"):
        read_settings("none.toml")
