"""Build the bundled summaries from the libraries' wheels: `python -m gliner_audit.schemas.readers.build [WHEELS]`.

WHEELS is a folder (default: a temporary one); missing wheels are fetched with `pip download --no-deps`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from . import packed
from .sources import from_wheel, merged
from .summary import gliner_summary, pair_summary, transformers_summary

TRANSFORMERS = ("4.51.3", "4.57.6", "5.16.1")
GLINER = ("0.2.22", "0.2.24", "0.2.29")
DATA = Path(__file__).parent.parent / "data" / "readers"


def wheel(folder: Path, name: str, version: str) -> str:
    """The wheel of one release, fetched when the folder lacks it. Raises CalledProcessError when pip fails."""
    found = sorted(folder.glob(f"{name}-{version}-*.whl"))
    if not found:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), f"{name}=={version}"]
        subprocess.run(command, check=True)
        found = sorted(folder.glob(f"{name}-{version}-*.whl"))
    return str(found[0])


def build(folder: Path, data: Path = DATA) -> list[Path]:
    """Write every summary; returns the files. The same wheels give the same bytes."""
    data.mkdir(parents=True, exist_ok=True)
    plain = {v: from_wheel(wheel(folder, "transformers", v)) for v in TRANSFORMERS}
    gliner = {v: from_wheel(wheel(folder, "gliner", v)) for v in GLINER}
    summaries = {f"transformers-{v}": transformers_summary(plain[v]) for v in TRANSFORMERS}
    summaries |= {f"gliner-{v}": gliner_summary(gliner[v]) for v in GLINER}
    for g in GLINER:
        for t in TRANSFORMERS:
            own = summaries[f"transformers-{t}"]["trainer"]
            summaries[f"gliner-{g}+transformers-{t}"] = pair_summary(merged(plain[t], gliner[g]), own)
    files = []
    for name, summary in summaries.items():
        path = data / f"{name}.json"
        path.write_text(
            json.dumps(packed.pack(summary), separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8"
        )
        files.append(path)
    return files


def main() -> None:
    """Build into the package's data folder and print the sizes in bytes."""
    with tempfile.TemporaryDirectory() as scratch:
        for path in build(Path(sys.argv[1] if len(sys.argv) > 1 else scratch)):
            print(f"{path.stat().st_size:8d} {path.name}")


if __name__ == "__main__":
    main()
