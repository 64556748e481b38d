"""The whole check: paths and settings in, one outcome and an exit code out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..audit.documents.load import format_of, read
from ..audit.project import versions
from ..audit.project.settings import Settings, find_settings, read_settings
from ..audit.project.walk import CONFIG, File, NoSuchPath, expand, kind_of
from . import session
from .finding import Abstention, Against, Finding, Input, Outcome

if TYPE_CHECKING:
    from ..audit.documents.document import Document
    from ..audit.plan import Plan
    from ..audit.project.versions import Found
    from .engine import Linted
    from .together import Trainer

MANY = 48  # files from which on more than one process is worth its start
CHUNK = 32


class Request(NamedTuple):
    """What the command line asks of a check; None and empty mean that settings and defaults decide.

    `stdin` holds the bytes of standard input when "-" is among the paths.
    """

    paths: tuple[str, ...]
    given: Mapping[str, str] = {}
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    dialect: str | None = None
    loader: str | None = None
    trainer: tuple[str, ...] = ()
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    baseline: str | None = None
    jobs: int = 0
    stdin: bytes | None = None
    stdin_name: str | None = None
    settings_file: str | None = None


class Result(NamedTuple):
    """The outcome, the exit code (0 clean at the fail level, 1 findings), notes for stderr, and a diff if asked for."""

    outcome: Outcome
    code: int
    notes: tuple[str, ...] = ()
    diff: str | None = None


class NotAConfig(ValueError):
    """A file that was to be a training config and is none: one line that says why."""


class _Rows(NamedTuple):
    """What one or more files gave."""

    inputs: list[Input]
    findings: list[Finding]
    held_back: int
    sources: dict[str, str]
    abstained: list[Abstention]


def _rows() -> _Rows:
    return _Rows([], [], 0, {}, [])


class Desk:
    """Lints files under one set of settings; picklable, so that processes can share the work."""

    def __init__(self, request: Request, settings: Settings) -> None:
        self.request = request
        self.settings = settings
        self.selection = session.Selection(
            request.select or settings.select,
            request.ignore + settings.ignore,
            request.fail_on or settings.fail_on,
            settings.severity,
        )
        self._found: dict[str, dict[str, Found]] = {}
        self.trainers: tuple[Trainer, ...] = ()
        self.owners: tuple[Trainer, ...] = ()
        self.loaded: frozenset[str] = frozenset()

    def against(self, path: str) -> Mapping[str, Found]:
        """The versions for a file, found once per folder."""
        folder = os.path.dirname(path) or "."
        if folder not in self._found:
            known = self.settings.with_
            self._found[folder] = versions.find(folder, session.DISTRIBUTIONS, self.request.given, known)
        return self._found[folder]

    def asked(self, path: str) -> session.Asked:
        """The terms of a file."""
        return session.Asked(
            self.against,
            self.selection,
            self.request.dialect or self._dialect(path),
            None,
            self.request.loader or self.settings.loader,
        )

    def _dialect(self, path: str) -> str | None:
        from fnmatch import fnmatch

        place = os.path.relpath(path, self.settings.folder).replace(os.sep, "/") if self.settings.dialect else path
        return next((name for glob, name in self.settings.dialect.items() if fnmatch(place, glob)), None)

    def lint(self, files: Iterable[File], texts: Mapping[str, str] | None = None) -> _Rows:
        """Lint configs; `texts` replaces what is on disk."""
        rows = _rows()
        for file in files:
            held = self._one(file, rows, None if texts is None else texts.get(file.path))
            rows = rows._replace(held_back=rows.held_back + held)
        return rows

    def _one(self, file: File, rows: _Rows, text: str | None) -> int:
        asked = self.asked(file.path)
        core = asked.loader == "yaml12"
        if text is None:
            document = read(file.path, core=core)
        else:
            from ..audit.documents import load

            document = load(file.path, text, format_of(file.path), core=core)
        checked = session.check_document(document, asked, named=file.named)
        trainers = self._trainers(document, file, checked.linted.config is not None)
        if trainers:
            checked = self._together(document, asked, file.named, trainers)
        rows.inputs.append(checked.input)
        if checked.findings:
            rows.findings.extend(checked.findings)
            rows.sources[file.path] = document.text
        return checked.held_back

    def versions(self, path: str) -> dict[str, str]:
        """The versions for a file, by distribution."""
        return {name: one.version for name, one in self.against(path).items()}

    def _trainers(self, document: Document, file: File, known: bool) -> Sequence[Trainer]:
        """The trainers that this config is for: those named, else the script of the project that loads it. `known` says
        that a dialect knows the file: any other is only held against a trainer that was traced with it."""
        if not isinstance(document.data, dict):
            return ()
        if self.trainers:
            from .pairing import reads

            mine = [one for one in self.trainers if known or file.path in one.given]
            return [
                one for one in mine if reads((a.entry for a in one.entries), document.data, one.group(document.path))
            ]
        owners = [one for one in self.owners if file.path in one.given]
        if owners:
            return owners
        if not os.path.isfile(document.path) or not (known or file.named or os.path.realpath(file.path) in self.loaded):
            return ()
        from .nearby import scripts

        if not scripts(document.path):
            return ()
        from .pairing import alone

        found = alone(document.path, document, self.versions, known)
        return (found,) if found is not None else ()

    def _together(
        self, document: Document, asked: session.Asked, named: bool, trainers: Sequence[Trainer]
    ) -> session.Checked:
        """One config against each of its trainers; what they share is said once."""
        from .scripts import collapse
        from .together import findings, settle, stronger

        every: list[session.Checked] = []
        for trainer in trainers:

            def amend(document: Document, linted: Linted, trainer: Trainer = trainer) -> Sequence[Finding]:
                kept = settle(linted.findings, trainer, document.path)
                every = stronger(kept, findings(document, trainer))
                return sorted(every, key=lambda one: (one.line, one.column, one.rule))

            terms = asked._replace(trainer=trainer.path, layer=trainer.layer)
            every.append(session.check_document(document, terms, named=named, amend=amend))
        kept = collapse(finding for checked in every for finding in checked.findings)
        found = asked.against(document.path)
        against = {name: Against(one.version, one.found, one.asked) for name, one in found.items()}
        names = ", ".join(trainer.path for trainer in trainers)
        row = every[0].input._replace(kind="config", against=against, trainer=names)
        return every[0]._replace(findings=tuple(kept), input=row)


def check(request: Request, tell: Callable[[int, int, str], None] | None = None) -> Result:
    """Run a check; `tell` hears of every script before it is audited (see code_desk).

    Raises NoSuchPath, SettingsError and BaselineError for what the user can mend.
    """
    settings = read_settings(request.settings_file) if request.settings_file else find_settings(_anchor(request.paths))
    desk = Desk(request, settings)
    files, texts = _files(request, settings)
    configs = [file for file in files if file.kind == CONFIG]
    scripts = [file for file in files if file.kind != CONFIG]
    named = (*request.trainer, *(os.path.join(settings.folder, path) for path in settings.trainer))
    code = None
    mending = request.fix or request.unsafe_fixes or request.diff
    script_diff, fixed = "", 0
    if scripts or (named and configs):
        from .code_desk import audit_scripts, mended_scripts

        code = audit_scripts(desk, scripts, configs, named, tell)
        if mending and texts is None:
            script_diff, fixed = mended_scripts(code, _allowed(request), write=not request.diff)
            code = audit_scripts(desk, scripts, configs, named, tell) if fixed else code
        desk.trainers, desk.owners, desk.loaded = code.trainers, code.owners, code.loaded
    rows = _lint(desk, configs, texts, request.jobs)
    notes: list[str] = []
    diff = None
    if mending:
        rows, diff, more, notes = _mend(desk, files, texts, rows, request)
        fixed += more
        diff = script_diff + (diff or "") if script_diff else diff
    if code is not None:
        rows.inputs.extend(code.inputs)
        rows.findings.extend(code.findings)
        rows.sources.update(code.sources)
        rows.abstained.extend(code.abstained)
        rows = rows._replace(held_back=rows.held_back + code.held_back)
    findings, stale = _baseline(rows, request, settings)
    from .tally import tally

    counts = tally(rows.inputs, findings, rows.abstained, held_back=rows.held_back, stale=stale, fixed=fixed)
    outcome = Outcome(tuple(rows.inputs), tuple(findings), tuple(rows.abstained), counts, rows.sources)
    failed = session.fails(findings, desk.selection.fail_on)
    return Result(outcome, 1 if failed else 0, tuple(notes), diff)


def _anchor(paths: Sequence[str]) -> str:
    """The folder whose settings hold: the one that all paths lie in, the working folder for stdin."""
    folders = [os.path.abspath(path if os.path.isdir(path) else os.path.dirname(path)) for path in paths if path != "-"]
    return os.path.commonpath(folders) if folders else "."


def _files(request: Request, settings: Settings) -> tuple[list[File], dict[str, str] | None]:
    texts = None
    paths = [path for path in request.paths if path != "-"]
    files = expand(paths, settings.exclude, settings.folder) if paths else []
    if request.stdin is not None:
        name = request.stdin_name or "<stdin>"
        files.append(File(name, kind_of(name) or CONFIG, True))
        texts = {name: request.stdin.decode("utf-8", "surrogateescape")}
    return files, texts


def _lint(desk: Desk, files: list[File], texts: Mapping[str, str] | None, jobs: int) -> _Rows:
    workers = 1 if desk.trainers or desk.owners else jobs or (os.cpu_count() or 1 if len(files) >= MANY else 1)
    if workers <= 1 or len(files) < 2:
        return desk.lint(files, texts)
    from concurrent.futures import ProcessPoolExecutor

    chunks = [files[start : start + CHUNK] for start in range(0, len(files), CHUNK)]
    rows = _rows()
    with ProcessPoolExecutor(min(workers, len(chunks))) as pool:
        for part in pool.map(desk.lint, chunks):
            rows.inputs.extend(part.inputs)
            rows.findings.extend(part.findings)
            rows.sources.update(part.sources)
            rows = rows._replace(held_back=rows.held_back + part.held_back)
    return rows


def _allowed(request: Request) -> tuple[str, ...]:
    return ("safe", "unsafe") if request.unsafe_fixes else ("safe",)


def _mend(
    desk: Desk, files: list[File], texts: Mapping[str, str] | None, rows: _Rows, request: Request
) -> tuple[_Rows, str | None, int, list[str]]:
    """Apply fixes until nothing changes; the rows after it, the diff if asked for, how many were mended, notes."""
    from .apply import diff, mend, save

    by_path = {file.path: file for file in files}
    last = rows

    def relint(changed: Mapping[str, str]) -> Sequence[Finding]:
        nonlocal last
        again = desk.lint([by_path[path] for path in changed], changed)
        untouched = [finding for finding in rows.findings if finding.file not in changed]
        last = again._replace(findings=untouched + again.findings)
        return last.findings

    mended = mend(rows.sources, rows.findings, _allowed(request), relint)
    if request.diff:
        return rows, diff(mended), 0, []
    if texts is None:
        save(mended)
    notes = [] if mended.settled else ["some fixes undo each other; they were applied twenty times and left"]
    findings = list(mended.findings)
    sources = {**rows.sources, **mended.after}
    kept = rows._replace(findings=findings, sources=sources)
    return kept, (mended.after.get(next(iter(texts))) if texts and mended.after else None), len(mended.applied), notes


def _baseline(rows: _Rows, request: Request, settings: Settings) -> tuple[list[Finding], int]:
    path = request.baseline or (os.path.join(settings.folder, settings.baseline) if settings.baseline else None)
    if path is None:
        return rows.findings, 0
    from .baseline import BaselineError, apply
    from .index import NAMES

    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        raise BaselineError(f"cannot read the baseline {path}: {error.strerror or error}") from None
    files = {row.file for row in rows.inputs}
    chosen, _ = session.resolve_rules(request.select or settings.select)
    findings, stale = apply(rows.findings, text, files=files, ran=chosen or set(NAMES), exists=os.path.exists)
    return findings, len(stale)


def plan_of(
    path: str,
    *,
    given: Mapping[str, str] = {},
    dialect: str | None = None,
    settings_file: str | None = None,
    examples: int | None = None,
    world_size: int = 1,
) -> Plan:
    """The plan of one config. Raises NoSuchPath and NotAConfig."""
    from ..audit.config import Config
    from ..audit.dialects import DIALECTS, outline, recognise
    from ..audit.plan import resolve

    if not os.path.exists(path):
        raise NoSuchPath(f"{path}: no such file")
    settings = read_settings(settings_file) if settings_file else find_settings(_anchor((path,)))
    desk = Desk(Request((path,), given, dialect=dialect), settings)
    document = read(path)
    _, shape = recognise(outline(document))
    shape = DIALECTS.get(desk.asked(path).dialect or "", shape)
    if shape is None or not isinstance(document.data, dict):
        why = document.problems[0].message if document.problems else "it is no training config that is known here"
        raise NotAConfig(f"{path}: {why}")
    found = desk.against(path)
    config = Config(document, shape, {name: one.version for name, one in found.items()})
    return resolve(config, examples=examples, world_size=world_size)


def stand_in(row: Input) -> str | None:
    """Which surface a config was held against when no trainer is known."""
    if row.trainer is not None or row.dialect is None:
        return None
    return {"gliner": "GLiNER's train_model", "trainer": "transformers' TrainingArguments"}.get(row.dialect)
