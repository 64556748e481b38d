"""The scripts of one check: audited one by one, each with the configs that are checked beside it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..audit.project.walk import NOTEBOOK, NoSuchPath
from . import index, session
from .finding import Abstention, Against, Finding, Input
from .in_tree import settle
from .scripts import Script, audit, collapse, worth_tracing
from .together import Trainer, trainer

if TYPE_CHECKING:
    from ..audit.documents.document import Document
    from ..audit.project.walk import File
    from .check import Desk


class Code(NamedTuple):
    """What the scripts of a check gave, and those of them that configs are held against."""

    inputs: list[Input]
    findings: list[Finding]
    abstained: list[Abstention]
    sources: dict[str, str]
    held_back: int
    trainers: tuple[Trainer, ...]


def audit_scripts(desk: Desk, files: Sequence[File], configs: Sequence[File], named: Sequence[str]) -> Code:
    """Audit the scripts of a check. `named` are further trainers, which configs are held against and which are not
    audited themselves; NoSuchPath when one of them does not exist."""
    for path in named:
        if not os.path.isfile(path):
            raise NoSuchPath(f"{path}: no such trainer")
    given = _documents(configs) if any(file.named for file in files) or named else {}
    code = Code([], [], [], {}, 0, ())
    audited: list[tuple[Script, bool]] = []
    for file in files:
        if not file.named and not worth_tracing(file.path):
            code.inputs.append(_row(desk, file.path, None))
            continue
        script = audit(file.path, desk.versions(file.path), given if file.named else None)
        code.inputs.append(_row(desk, file.path, script))
        audited.append((script, file.named))
    trainers = [script for script, one in audited if one and script.trains]
    trainers += [_further(desk, path, given) for path in named]
    found = collapse(
        finding for script, _ in audited for finding in settle(script.findings, script.path, desk.against(script.path))
    )
    read = {file: text for script, _ in audited for file, text in script.texts.items()}
    kept, held = session.select(found, desk.selection)
    ran = tuple(name for name, (_, module) in index.NAMES.items() if module in index.CODE)
    kept = session.suppress_code(read, kept, ran)
    code.findings.extend(kept)
    code.abstained.extend(dict.fromkeys(row for script, _ in audited for row in script.abstained))
    code.sources.update({one.file: read[one.file] for one in kept if one.file in read})
    pairs = [(script, trainer(script, desk.versions(script.path))) for script in trainers]
    return code._replace(held_back=held, trainers=tuple(one for _, one in pairs if one is not None))


def _further(desk: Desk, path: str, configs: Mapping[str, Document]) -> Script:
    shown = os.path.relpath(path).replace(os.sep, "/")
    return audit(shown, desk.versions(shown), configs)


def _row(desk: Desk, path: str, script: Script | None) -> Input:
    """The input row of a script; one that trains nothing was held against no library."""
    trains = script is not None and script.trains
    against = {n: Against(one.version, one.found, one.asked) for n, one in desk.against(path).items()} if trains else {}
    kind = NOTEBOOK if path.lower().endswith(".ipynb") else "script"
    return Input(path, kind, None, against, None, None)


def _documents(configs: Sequence[File]) -> dict[str, Document]:
    """The documents of the configs that have the shape of one."""
    from ..audit.dialects import outline, recognise
    from ..audit.documents import read

    found = {}
    for file in configs:
        document = read(file.path)
        name, _ = recognise(outline(document))
        if isinstance(document.data, dict) and (name is not None or file.named):
            found[file.path] = document
    return found
