"""The scripts of one check: audited one by one, each with the configs that are checked beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..audit.project.walk import NOTEBOOK, NoSuchPath
from . import index, session
from .finding import Abstention, Against, Finding, Input
from .in_tree import settle
from .pairing import fits, group, loaded
from .scripts import NAMED, Script, audit, collapse, trains, worth_tracing
from .together import Trainer, trainer

if TYPE_CHECKING:
    from ..audit.documents.document import Document
    from ..audit.project.walk import File
    from .check import Desk


class Code(NamedTuple):
    """What the scripts of a check gave, those of them that configs are held against, and the files that they load.

    `owners` are scripts that a walk met, each for the configs alone that it loads.
    """

    inputs: list[Input]
    findings: list[Finding]
    abstained: list[Abstention]
    sources: dict[str, str]
    held_back: int
    trainers: tuple[Trainer, ...]
    loaded: frozenset[str]
    owners: tuple[Trainer, ...] = ()


WALK_STEPS = 1_000_000
"""Steps that the scripts which a walk met are worth together; those after them are named as not followed."""
Tell = Callable[[int, int, str], None]


def audit_scripts(
    desk: Desk, files: Sequence[File], configs: Sequence[File], named: Sequence[str], tell: Tell | None = None
) -> Code:
    """Audit the scripts of a check. `named` are further trainers, which configs are held against and which are not
    audited themselves; NoSuchPath when one of them does not exist. `tell` hears, before each script, how many are done,
    how many there are, and which one comes."""
    for path in named:
        if not os.path.isfile(path):
            raise NoSuchPath(f"{path}: no such trainer")
    given = _Configs(configs if any(file.named for file in files) or named else ())
    walked = {os.path.realpath(file.path): file.path for file in configs if not file.named} if not named else {}
    code = Code([], [], [], {}, 0, (), frozenset())
    audited: list[tuple[Script, bool]] = []
    worth = [file.named or worth_tracing(file.path) for file in files]
    spent = 0
    for number, file in enumerate(files):
        if worth[number] and not file.named and spent >= WALK_STEPS:
            reason = f"not followed: the walk spent its {WALK_STEPS} steps before; name the script to follow it"
            code.abstained.append(Abstention(file.path, 1, reason))
            worth[number] = False
        if not worth[number]:
            code.inputs.append(_row(desk, file.path, None))
            continue
        if tell is not None:
            tell(len(audited), sum(worth), file.path)
        script = _with(given, desk, file.path) if file.named else _walked(walked, desk, file.path)
        spent += sum(entry.steps for entry in script.flow.entries) if script.flow is not None else 0
        code.inputs.append(_row(desk, file.path, script))
        audited.append((script, file.named))
    trainers = [script for script, one in audited if one and script.trains]
    trainers += [_with(given, desk, os.path.relpath(path).replace(os.sep, "/")) for path in named]
    found = collapse(
        finding for script, _ in audited for finding in settle(script.findings, script.path, desk.against(script.path))
    )
    read = {file: text for script, _ in audited for file, text in script.texts.items()}
    kept, held = session.select(found, desk.selection)
    ran = tuple(name for name, (_, module) in index.NAMES.items() if module in index.CODE)
    kept = session.suppress_code(read, kept, ran)
    mine = {file.path for file in files}
    code.findings.extend(one if one.file in mine else one._replace(fixes=()) for one in kept)
    code.abstained.extend(dict.fromkeys(row for script, _ in audited for row in script.abstained))
    code.sources.update({one.file: read[one.file] for one in kept if one.file in read})
    found_trainers = [trainer(script, desk.versions(script.path)) for script in trainers]
    own = [trainer(script, desk.versions(script.path)) for script, one in audited if not one and script.trains]
    files_loaded = frozenset(path for script, _ in audited if script.trains for path in loaded(script))
    return code._replace(
        held_back=held,
        trainers=tuple(one for one in found_trainers if one is not None),
        loaded=files_loaded,
        owners=tuple(one for one in own if one is not None and one.given),
    )


def _walked(configs: Mapping[str, str], desk: Desk, path: str) -> Script:
    """A script that a walk met, traced with those of the walk's configs (shown paths by real ones) that it loads."""
    from ..audit.documents import read

    versions = desk.versions(path)
    script = audit(path, versions)
    names = loaded(script) if script.trains and script.flow is not None else frozenset()
    mine = {configs[name]: read(configs[name]) for name in sorted(names & configs.keys())}
    flows = script.flow.entries if script.flow is not None else []
    mine = {
        name: document
        for name, document in mine.items()
        if isinstance(document.data, dict) and not group(path, flows, name) and fits(flows, document.data)
    }
    return audit(path, versions, mine) if mine else script


def mended_scripts(code: Code, allowed: Sequence[str], *, write: bool) -> tuple[str, int]:
    """Apply the allowed fixes of the audited scripts, each script once: written to the files, or as a diff.

    The diff (empty where it is written) and how many findings were mended (0 where it is not).
    """
    from .apply import diff, mend, save

    mended = mend(code.sources, code.findings, allowed, lambda texts: ())
    if write:
        save(mended)
        return "", len(mended.applied)
    return diff(mended), 0


def _with(configs: _Configs, desk: Desk, path: str) -> Script:
    """A script, traced with the configs that are for it."""
    versions = desk.versions(path)
    given = configs.known | configs.named
    script = audit(path, versions, given, steps=NAMED)
    if given and script.trains and not _takes_files(script):
        names = ", ".join(given)
        alone = Abstention(path, 1, f"the script loads no config file: {names} is not held against it")
        script = audit(path, versions, {}, steps=NAMED)
        return script._replace(abstained=(*script.abstained, alone))
    mine = configs.known | configs.of(script)
    flows = script.flow.entries if script.flow is not None else []
    mine = {name: document for name, document in mine.items() if not group(path, flows, name)}
    return script if mine.keys() == given.keys() else audit(path, versions, mine, steps=NAMED)


def _takes_files(script: Script) -> bool:
    """Whether an entry that trains takes in more than the options of a command line."""
    flows = script.flow.entries if script.flow is not None else []
    return any(source.what != "argparse" for entry in flows if trains(entry) for source in entry.sources)


def _row(desk: Desk, path: str, script: Script | None) -> Input:
    """The input row of a script; one that trains nothing was held against no library."""
    trains = script is not None and script.trains
    against = {n: Against(one.version, one.found, one.asked) for n, one in desk.against(path).items()} if trains else {}
    kind = NOTEBOOK if path.lower().endswith(".ipynb") else "script"
    return Input(path, kind, None, against, None, None)


class _Configs:
    """The configs of a check: those that a dialect knows, the others that the user named, the paths of the rest."""

    def __init__(self, files: Sequence[File]) -> None:
        from ..audit.dialects import outline, recognise
        from ..audit.documents import read

        self.known: dict[str, Document] = {}
        self.named: dict[str, Document] = {}
        self.rest: list[str] = []
        for file in files:
            document = read(file.path)
            _, dialect = recognise(outline(document))
            if not isinstance(document.data, dict):
                continue
            if dialect is not None:
                self.known[file.path] = document
            elif file.named:
                self.named[file.path] = document
            else:
                self.rest.append(file.path)

    def of(self, script: Script) -> dict[str, Document]:
        """Those of no known shape that this script is meant for."""
        from ..audit.documents import read

        if script.flow is None or not script.trains:
            return self.named
        entries = [entry for entry in script.flow.entries if trains(entry)]
        names = loaded(script)
        mine = {path: read(path) for path in self.rest if os.path.realpath(path) in names}
        mine.update(self.named)
        return {path: document for path, document in mine.items() if fits(entries, document.data)}
