"""The version that a lint is against: the order of the sources, and what is said when the catalog lacks a version."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from gliner_audit.audit.project import installed, versions
from gliner_audit.audit.project.requirement import parse
from gliner_audit.audit.project.versions import Found, find
from gliner_audit.schemas import catalog

OLD, MIDDLE, NEW = "0.2.22", "0.2.24", "0.2.29"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository, in a process without an active or own environment."""
    (tmp_path / ".git").mkdir()
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.setattr(versions, "own_packages", list)
    return tmp_path


def gliner(folder: Path, **options: dict[str, str]) -> Found:
    return find(str(folder), ["gliner"], options.get("given"), options.get("settings"))["gliner"]


def environment(folder: Path, version: str) -> None:
    (folder / f"lib/python3.11/site-packages/gliner-{version}.dist-info").mkdir(parents=True)
    (folder / "pyvenv.cfg").touch()


def test_each_source_wins_over_those_below_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert gliner(project) == Found(catalog.newest("gliner"), "newest in the catalog")
    monkeypatch.setattr(versions, "own_packages", lambda: installed.site_packages(str(project / "own")))
    environment(project / "own", MIDDLE)
    assert gliner(project) == Found(MIDDLE, "installed beside gliner-audit")
    (project / "requirements.txt").write_text("gliner<0.2.24\n")
    assert gliner(project) == Found(OLD, "requirements.txt: <0.2.24")
    environment(project / ".venv", OLD)
    assert gliner(project) == Found(OLD, ".venv")
    (project / "uv.lock").write_text('[[package]]\nname = "gliner"\nversion = "0.2.24"\nsource = { }\n')
    assert gliner(project) == Found(MIDDLE, "uv.lock")
    assert gliner(project, settings={"gliner": NEW}) == Found(NEW, "settings")
    (project / "gliner").mkdir()
    (project / "gliner/__init__.py").write_text('__version__ = "0.2.22"\n')
    assert gliner(project, settings={"gliner": NEW}) == Found(OLD, "tree: gliner/__init__.py")
    assert gliner(project, given={"GLiNER": NEW}) == Found(NEW, "--with")


def test_a_version_that_the_catalog_lacks_falls_to_the_nearest_lower_one(project: Path) -> None:
    assert gliner(project, given={"gliner": "0.2.25"}) == Found(MIDDLE, "--with", "0.2.25")
    (project / "requirements.txt").write_text("gliner>=99\n")
    assert gliner(project) == Found(catalog.newest("gliner"), "requirements.txt: >=99", ">=99")


def test_an_environment_counts_only_where_it_satisfies_the_bounds(project: Path) -> None:
    (project / "pyproject.toml").write_text('[project]\nname = "x"\ndependencies = ["gliner>=0.2.24,<0.2.29"]\n')
    environment(project / ".venv", OLD)
    assert gliner(project) == Found(MIDDLE, "pyproject.toml: >=0.2.24,<0.2.29")


def test_the_active_environment_comes_before_the_one_in_the_tree(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment(project / ".venv", OLD)
    environment(project / "active", MIDDLE)
    monkeypatch.setenv("VIRTUAL_ENV", str(project / "active"))
    assert gliner(project) == Found(MIDDLE, "$VIRTUAL_ENV")


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        (
            "requirements-train.txt",
            "--index-url x\n# gliner==0.2.29\ngliner[gpu]==0.2.24 ; python_version > '3'\n",
            MIDDLE,
        ),
        ("requirements/base.txt", "gliner == 0.2.24  # pinned\n", MIDDLE),
        ("poetry.lock", '[[package]]\nname = "gliner"\nversion = "0.2.24"\n', MIDDLE),
        ("pdm.lock", '[[package]]\nname = "GLiNER"\nversion = "0.2.24"\n', MIDDLE),
        ("Pipfile.lock", '{"default": {"gliner": {"hashes": [], "version": "==0.2.24"}}}', MIDDLE),
        ("pyproject.toml", '[project.optional-dependencies]\ntrain = ["gliner==0.2.24"]\n', MIDDLE),
        ("pyproject.toml", '[dependency-groups]\ntrain = ["gliner==0.2.24", {include-group = "x"}]\n', MIDDLE),
        ("pyproject.toml", '[tool.poetry.dependencies]\ngliner = {version = "~0.2.20"}\n', NEW),
        ("pyproject.toml", '[tool.poetry.group.dev.dependencies]\ngliner = "0.2.24"\n', MIDDLE),
        ("requirements.txt", "gliner @ git+https://example.org/gliner\n", NEW),
        ("pyproject.toml", "not toml gliner", NEW),
    ],
)
def test_files_that_pin(project: Path, file: str, text: str, found: str) -> None:
    (project / file).parent.mkdir(exist_ok=True)
    (project / file).write_text(text)
    inner = project / "configs"
    inner.mkdir()
    assert gliner(inner).version == found


def test_libraries_outside_of_the_catalog_are_left_out(project: Path) -> None:
    assert find(str(project), ["left-pad"]) == {}


@pytest.mark.parametrize(
    ("clause", "allowed"),
    [
        ("==4.51.3", "4.51.3"),
        ("==4.51.*", "4.51.0 4.51.3"),
        ("!=4.51.*", "4.50 4.52 5.0"),
        ("~=4.51.0", "4.51.0 4.51.3"),
        ("~=4.51", "4.51.0 4.51.3 4.52"),
        ("^4.51", "4.51.0 4.51.3 4.52"),
        ("~4.51", "4.51.0 4.51.3"),
        (">4.51,<5", "4.51.3 4.52"),
        (">=4.51,!=4.52,<=5.0", "4.51.0 4.51.3 5.0"),
        ("", "4.50 4.51.0 4.51.3 4.52 5.0"),
    ],
)
def test_clauses(clause: str, allowed: str) -> None:
    requirement = parse(f"transformers[torch]{clause}")
    assert requirement is not None
    every = ("4.50", "4.51.0", "4.51.3", "4.52", "5.0")
    assert list(itertools.compress(every, map(requirement.allows, every))) == allowed.split()


def test_a_conda_environment_pins_both_ways(project: Path) -> None:
    (project / "environment.yml").write_text("dependencies:\n  - python=3.11\n  - gliner=0.2.24=py_0\n")
    assert gliner(project) == Found(MIDDLE, "environment.yml")
    (project / "environment.yml").write_text("dependencies:\n  - pip:\n      - gliner==0.2.22  # why\n")
    assert gliner(project) == Found(OLD, "environment.yml")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("setup.py", 'setup(name="x", install_requires=["numpy", "gliner[tokenizers]==0.2.24 ; extra"])\n'),
        ("setup.cfg", "[options]\ninstall_requires =\n    numpy\n    gliner==0.2.24\n"),
    ],
)
def test_setup_files_are_read_as_text(project: Path, file: str, text: str) -> None:
    (project / file).write_text(text)
    assert gliner(project) == Found(MIDDLE, file)


def test_the_gap_to_what_was_asked_for(project: Path) -> None:
    for asked, gap in (("0.2.1", versions.BEFORE), (MIDDLE, None), ("0.2.25", versions.BETWEEN)):
        assert gliner(project, given={"gliner": asked}).gap == gap
    (project / "requirements.txt").write_text("gliner<0.2\n")
    assert gliner(project).gap == versions.BEFORE
