"""``python tests/micro/execute.py [FOLDER...]``: what execution says of each key, and where the labels disagree."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from harness.compare import disagreements  # noqa: E402
from harness.derive import derive  # noqa: E402
from harness.snippet import Snippet  # noqa: E402


def snippets(*halves: str) -> list[Path]:
    """Folders of all snippets of the given halves (``frozen``, …), or of every half."""
    roots = [HERE / half for half in halves] if halves else [p for p in HERE.iterdir() if p.is_dir()]
    return sorted(path.parent for root in roots for path in root.glob("*/*/labels.json"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="snippet folders (default: all)")
    parser.add_argument("--show", action="store_true", help="print the executed facts too")
    options = parser.parse_args()
    bad = 0
    for folder in options.folders or snippets():
        snippet = Snippet(folder)
        if options.show:
            for key, facts in derive(snippet).items():
                print(f"{snippet.name} {key}: {facts.states()[0]} {sorted(facts.data)} may {sorted(facts.influence)}")
        for text in disagreements(snippet):
            bad += 1
            print(f"{snippet.name}: {text}")
    print(f"{bad} disagreements")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
