"""What ships is what the tree holds: the package list, the wheel, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

OUTSIDE = {"tests", "examples", "docs", "benchmarks", "build", "dist"}


def listed(project: Path) -> dict[str, object]:
    with (project / "pyproject.toml").open("rb") as file:
        tables: dict[str, object] = tomllib.load(file)["tool"]["setuptools"]
    return tables


def tracked(project: Path) -> list[Path]:
    done = subprocess.run(["git", "ls-files"], cwd=project, capture_output=True, text=True, check=True)
    return [Path(line) for line in done.stdout.splitlines() if (project / line).exists()]


def in_house(project: Path) -> list[Path]:
    return [path for path in tracked(project) if path.parts[0] not in OUTSIDE and not path.parts[0].startswith(".")]


def test_the_package_list_is_the_tree(project: Path) -> None:
    found = {".".join(("gliner_audit", *path.parent.parts)) for path in in_house(project) if path.name == "__init__.py"}
    assert set(listed(project)["packages"]) == found  # type: ignore[call-overload]


def test_every_folder_with_code_is_a_package(project: Path) -> None:
    folders = {path.parent for path in in_house(project) if path.suffix == ".py"}
    assert [folder for folder in folders if not (project / folder / "__init__.py").exists()] == []


def test_only_named_modules_stand_at_the_root(project: Path) -> None:
    found = {path.name for path in tracked(project) if path.suffix == ".py" and len(path.parts) == 1}
    assert found == {"__init__.py", "__main__.py"}


@pytest.fixture(scope="session")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of what git knows, so that a stale build folder cannot add to it."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for path in tracked(project):
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_bytes((project / path).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_the_house_and_nothing_else(project: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    code = {f"gliner_audit/{path.as_posix()}" for path in in_house(project) if path.suffix == ".py"}
    data = {name for name in names if not name.endswith(".py")}
    assert {name for name in names if name.endswith(".py")} == code
    assert {Path(name).suffix for name in data} <= {".json", ".typed"}
    shipped = {f"gliner_audit/{path.as_posix()}" for path in in_house(project) if path.parts[:2] == ("schemas", "data")}
    assert shipped <= data


@pytest.fixture(scope="session")
def plain(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what it needs, nothing more."""
    home = tmp_path_factory.mktemp("plain") / "env"
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    python = home / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-compile", str(wheel)], check=True)
    return home


def test_a_plain_install_is_light(plain: Path) -> None:
    site = next((plain / "lib").glob("python3*/site-packages"))
    spare = {"pip", "setuptools", "wheel", "_distutils_hack", "pkg_resources"}
    own = [path for path in site.iterdir() if path.name.split("-")[0] not in spare]
    weight = sum(
        file.stat().st_size
        for path in own
        for file in ([path] if path.is_file() else path.rglob("*"))
        if file.is_file()
    )
    names = {path.name.lower() for path in own}
    assert weight <= 20 * 2**20, f"{weight / 2**20:.1f} MiB"
    assert not {"torch", "transformers", "gliner", "peft", "pydantic", "numpy"} & names


def test_nothing_but_gliner_audit_is_importable(plain: Path) -> None:
    files = subprocess.run(
        [plain / "bin" / "python", "-m", "pip", "show", "-f", "gliner-audit"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("Files:")[1]
    tops = {line.strip().split("/")[0] for line in files.splitlines() if line.strip()}
    assert {top for top in tops if not top.endswith(".dist-info") and top != ".."} == {"gliner_audit"}


def test_one_lint_imports_nothing_heavy(project: Path, plain: Path) -> None:
    code = (
        "import sys\nfrom gliner_audit.cli import run\n"
        f"code = run([{str(project / 'examples' / 'good.yaml')!r}])\n"
        "heavy = set('torch transformers gliner pydantic jsonschema rich ruamel dataclasses difflib'.split())\n"
        "sys.exit(f'{heavy & set(sys.modules)}' if heavy & set(sys.modules) else code)"
    )
    done = subprocess.run([plain / "bin" / "python", "-c", code], capture_output=True, text=True, cwd=plain)
    assert done.returncode == 0, done.stderr
    assert "clean" in done.stdout
