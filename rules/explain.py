"""What can be said of a rule apart from a file: its page, its line in the table of rules."""

from __future__ import annotations

from typing import NamedTuple

from . import index
from .code._rule import CodeExample, CodeRule
from .engine import URL, rule
from .rule import Example, Rule


class Row(NamedTuple):
    """One line of the table of rules."""

    id: str
    name: str
    severity: str
    summary: str


def rows() -> list[Row]:
    """Every rule, by id."""
    found = []
    for name, (id, module) in index.NAMES.items():
        one = rule(module)
        found.append(Row(id, name, one.severity, one.summary))
    return sorted(found)


def named(text: str) -> Rule | CodeRule | None:
    """The rule of a name or id, or None."""
    for name, (id, module) in index.NAMES.items():
        if text == name or text.upper() == id:
            return rule(module)
    return None


def page(one: Rule | CodeRule) -> str:
    """A rule's page in Markdown: what and why, what it finds, what it leaves alone, how to silence it."""
    parts = [f"# {one.name} ({one.id}, {one.severity})", (one.doc or "").strip()]
    parts += ["Finds:", *(_block(example) for example in one.bad)]
    parts += ["Leaves alone:", *(_block(example) for example in one.good)]
    parts.append(f"To silence it on a line: `# gliner-audit: ignore[{one.name}] why`.")
    return "\n\n".join(parts) + "\n"


def _block(example: Example | CodeExample) -> str:
    if isinstance(example, CodeExample):
        beside = dict(example.beside) if example.config is None else {"config.yaml": example.config, **example.beside}
        more = [
            f"with {name}:\n\n```{'python' if name.endswith('.py') else 'yaml'}\n{text.rstrip()}\n```"
            for name, text in beside.items()
        ]
        return "\n\n".join([f"```python\n{example.text.rstrip()}\n```", *more])
    terms = []
    if example.versions:
        terms.append("against " + ", ".join(f"{name} {version}" for name, version in example.versions.items()))
    if example.casts is not None:
        terms.append("with a trainer that casts" if example.casts else "with a trainer that does not cast")
    if example.closed:
        terms.append("when every key is the library's")
    if example.advice and example.finds:
        terms.append("with advice shown")
    heading = f"{', '.join(terms)}:\n\n" if terms else ""
    return (
        f"{heading}```{example.format}\n{example.text.rstrip()}\n```"
        if example.text.strip()
        else f"{heading}an empty file"
    )


def address(name: str) -> str:
    """Where a rule's page stands on the web."""
    return URL.format(name=name)
