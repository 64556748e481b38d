"""Writes docs/rules/: a page per rule, a table of all, and what they cover, from the rules themselves.

`python -m gliner_audit.rules.build_docs` from the repository's root; a test holds the pages to the rules.
"""

from __future__ import annotations

from pathlib import Path

from . import coverage
from .build_index import code_modules, modules
from .code._rule import CodeRule
from .explain import page, rows
from .rule import Rule

HEAD = "# Rules\n\nWritten from the rules themselves; `gliner-audit explain NAME` shows the same page.\n\n"


def pages() -> dict[str, str]:
    """File name below docs/rules/ -> text."""
    rules: list[Rule | CodeRule] = [rule for _, rule in modules()]
    rules += [rule for _, rule in code_modules()]
    found = {f"{rule.name}.md": page(rule) for rule in rules}
    table = ["| id | name | severity | what |", "|---|---|---|---|"]
    table += [f"| {row.id} | [{row.name}]({row.name}.md) | {row.severity} | {row.summary} |" for row in rows()]
    found["coverage.md"] = coverage.page()
    found["README.md"] = HEAD + "\n".join(table) + "\n"
    return found


def main() -> None:
    """Write every page, and drop those of rules that are gone."""
    folder = Path(__file__).parent.parent / "docs" / "rules"
    folder.mkdir(parents=True, exist_ok=True)
    texts = pages()
    for old in folder.glob("*.md"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
