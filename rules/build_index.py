"""Writes rules/index.py: which rule files a key wakes, so that a lint imports no rule that it does not need.

`python -m gliner_audit.rules.build_index` after a rule is added or its keys change; a test holds the file to the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from .code._rule import CodeRule
from .rule import Rule

ALONE = ("unused_ignore",)
CODE = "code"
TOPICS = ("document", "keys", "values", "gliner", "args", "lora")
HEAD = '"""Which rule files a key wakes. Written by build_index.py; edit the rules, not this file."""\n\n'


def modules() -> Iterator[tuple[str, Rule]]:
    """Every rule on configs, as (module below this room, rule), sorted by the rule's id."""
    found = [(module, import_module(f"{__package__}.{module}").RULE) for module in ALONE]
    for topic in TOPICS:
        found += [(module, import_module(f"{__package__}.{module}").RULE) for module in _files(topic)]
    yield from sorted(found, key=lambda item: item[1].id)


def code_modules() -> Iterator[tuple[str, CodeRule]]:
    """Every rule on training code, as `modules`."""
    found = [(module, import_module(f"{__package__}.{module}").RULE) for module in _files(CODE)]
    yield from sorted(found, key=lambda item: item[1].id)


def _files(topic: str) -> Iterator[str]:
    for file in sorted((Path(__file__).parent / topic).glob("*.py")):
        if not file.stem.startswith("_"):
            yield f"{topic}.{file.stem}"


def text() -> str:
    """The index as Python source."""
    names: dict[str, tuple[str, str]] = {}
    by_key: dict[str, list[str]] = {}
    for module, rule in modules():
        names[rule.name] = (rule.id, module)
        for key in rule.keys:
            by_key.setdefault(key, []).append(module)
    code = list(code_modules())
    names.update((rule.name, (rule.id, module)) for module, rule in code)
    lines = [HEAD]
    lines.append("# rule name: (id, module below this room)\nNAMES: dict[str, tuple[str, str]] = {\n")
    lines += [f'    "{name}": ("{id}", "{module}"),\n' for name, (id, module) in names.items()]
    lines.append("}\nCODE: tuple[str, ...] = (\n")
    lines += [f'    "{module}",\n' for module, _ in code]
    lines.append(")\nBY_KEY: dict[str, tuple[str, ...]] = {\n")
    for key in sorted(by_key):
        listed = ", ".join(f'"{module}"' for module in by_key[key])
        lines.append(f'    "{key}": ({listed},),\n')
    lines.append("}\n")
    return "".join(lines)


def main() -> None:
    """Write the index beside this file."""
    Path(__file__).with_name("index.py").write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
