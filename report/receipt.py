"""A receipt for people: ten lines that say what happened, the table of keys, what verify and diff found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from ..rules.rule import show
from .paint import Line, paint

Tree = Mapping[str, Any]

_SHOWN_VERSIONS: Final = ("gliner", "transformers", "torch", "peft")
_VERDICTS: Final = {"took effect": "good", "no effect": "error", "not observed": "warning"}
_STATES: Final = {"same": "good", "changed": "error", "missing": "error", "unreadable": "error"}
_WIDEST: Final = 32


def receipt(tree: Tree, *, every: bool = False, color: bool = False) -> str:
    """The head, then a row per key that the user wrote; with `every` the defaults too."""
    lines = [*head(tree), [], *_table(tree["keys"], every)]
    return paint(lines, color)


def head(tree: Tree) -> list[Line]:
    """Ten lines: how it ended, steps, keys, losses, scores, data, weights, code, randomness, attempts."""
    rows = (
        ("run", _run(tree)),
        ("config", f"{tree['config']['file']} ({_short(tree['config']['sha256'])}), {_lint(tree.get('lint', {}))}"),
        ("keys", _keys(tree["keys"])),
        ("loss", _losses(tree.get("losses") or [])),
        ("scores", _scores(tree.get("metrics") or {})),
        ("data", "; ".join(map(_data, tree["data"])) or "not checked"),
        ("weights", ", ".join(_weights(row) for row in tree.get("subject") or ()) or "none saved"),
        ("code", _code(tree)),
        ("randomness", _randomness(tree)),
        ("attempts", _attempts(tree)),
    )
    style = "good" if tree["exit"].get("code") == 0 else "error"
    return [[("label", f"{name:<11}"), (style if name == "run" else "", text)] for name, text in rows]


def verified(rows: Iterable[Sequence[str]], *, color: bool = False) -> str:
    """A line per file: its state, role and name, and a verdict on all. Rows are (role, file, state, detail)."""
    found = list(rows)
    lines: list[Line] = [
        [
            (_STATES.get(state, ""), f"{state:<10}"),
            ("", f" {role:<8} {file}"),
            ("gutter", f"  {detail}" if detail else ""),
        ]
        for role, file, state, detail in found
    ]
    wrong = sum(state != "same" for _, _, state, _ in found)
    verdict = f"{wrong} of {len(found)} files are not what the receipt says" if wrong else f"{len(found)} files hold"
    return paint([*lines, [("error" if wrong else "good", verdict)]], color)


def differences(rows: Iterable[Sequence[Any]], names: tuple[str, str], *, color: bool = False) -> str:
    """What differs, part by part. Rows are (part, name, a, b); `names` says which receipt is a and which b."""
    found = [(str(part), str(name), _value(a), _value(b)) for part, name, a, b in rows]
    if not found:
        return f"{names[0]} and {names[1]}: no difference\n"
    wide = max(len(name) for _, name, _, _ in found)
    lines: list[Line] = [[("label", f"a: {names[0]}")], [("label", f"b: {names[1]}")]]
    last = None
    for part, name, a, b in found:
        if part != last:
            lines += [[], [("label", part)]]
            last = part
        lines.append([("", f"  {name:<{wide}}  {a} → {b}")])
    return paint(lines, color)


def _run(tree: Tree) -> str:
    steps, host = tree["steps"], tree.get("host", {})
    code = tree["exit"].get("code")
    exit_ = "" if code is None else f" (exit {code})"
    where = f"{host.get('device', '?')}, world size {host.get('world_size', '?')}, {host.get('precision', '?')}"
    return f"{tree['exit']['reason']}{exit_}: {steps['done']} of {steps['planned']} steps in {_time(tree)} on {where}"


def _time(tree: Tree) -> str:
    seconds = float(tree.get("seconds") or 0.0)
    minutes, rest = divmod(seconds, 60)
    return f"{seconds:.1f} s" if minutes < 1 else f"{int(minutes)} min {rest:.0f} s"


def _lint(lint: Tree) -> str:
    counts = lint.get("counts", {})
    if not lint.get("run", bool(lint)):
        return "not linted"
    return f"lint: {counts.get('errors', 0)} errors, {counts.get('warnings', 0)} warnings"


def _keys(rows: Sequence[Tree]) -> str:
    tally = {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in _VERDICTS}
    said = ", ".join(f"{count} {verdict}" for verdict, count in tally.items())
    dead = [str(row["key"]) for row in rows if row["verdict"] == "no effect" and row["set"]]
    more = f" and {len(dead) - 4} more" if len(dead) > 4 else ""
    return f"{said}; written without effect: {', '.join(dead[:4])}{more}" if dead else said


def _losses(rows: Sequence[Tree]) -> str:
    if not rows:
        return "none logged"
    first, last = rows[0], rows[-1]
    numbers = [row["loss"] for row in rows if isinstance(row["loss"], int | float)]
    least = f", least {min(numbers):.4g}" if numbers else ""
    return (
        f"{_number(first['loss'])} at step {first['step']:g} → {_number(last['loss'])} at step {last['step']:g}{least}"
    )


def _scores(metrics: Tree) -> str:
    rows = [(name, value) for name, value in metrics.items() if isinstance(value, int | float) and "/" not in name]
    rows = [row for row in rows if not row[0].endswith(("_runtime", "_per_second"))]
    return ", ".join(f"{name} {_number(value)}" for name, value in rows[:6]) or "no evaluation"


def _data(row: Tree) -> str:
    gone = row.get("lost", 0) + row.get("mislabelled", 0)
    share = f" ({row['share']:.1%})" if gone and "share" in row else ""
    entities = f", {row['entities']} entities, {gone} lost{share}" if "entities" in row else ""
    return f"{row.get('role', 'data')} {row['file']} ({_short(row['sha256'])}): {row['examples']} examples{entities}"


def _weights(row: Tree) -> str:
    return f"{row['file']} ({_short(row['sha256'])}, {row['bytes'] / 2**20:.1f} MiB)"


def _code(tree: Tree) -> str:
    git, versions = tree.get("git"), tree.get("versions", {})
    known = ", ".join(f"{name} {versions[name]}" for name in _SHOWN_VERSIONS if name in versions)
    if git is None:
        return f"no git commit known; {known}"
    dirty = f" with changes ({_short(git.get('diff_sha256') or '')})" if git["dirty"] else ""
    return f"commit {git['commit'][:12]}{dirty}; {known}"


def _randomness(tree: Tree) -> str:
    rows = [*(tree.get("seeds") or {}).items(), *(tree.get("determinism") or {}).items()]
    return ", ".join(f"{name} {show(value)}" for name, value in rows) or "nothing seeded"


def _attempts(tree: Tree) -> str:
    rows = tree.get("attempts") or ()
    chain = ", ".join(f"from step {row['from_step']}: {row['exit'].get('reason')}" for row in rows[-3:])
    saved = f"; last checkpoint {tree['last_checkpoint']}" if tree.get("last_checkpoint") else ""
    forced = f"; FORCED: {'; '.join(tree['forced'])}" if tree.get("forced") else ""
    undone = [str(row["check"]) for row in tree.get("checks_not_run") or ()]
    checks = f"; not checked: {', '.join(undone)}" if undone else ""
    return f"{len(rows)} ({chain}){saved}{forced}{checks}"


def _table(keys: Sequence[Tree], every: bool) -> Iterator[Line]:
    rows = [row for row in keys if row["set"] or every]
    cells = [
        (str(row["key"]), _cell(row, "requested"), _cell(row, "at_sink"), _cell(row, "effective"), str(row["verdict"]))
        for row in rows
    ]
    titles = ("key", "requested", "at the sink", "effective", "verdict")
    wide = [max(len(row[column]) for row in (titles, *cells)) for column in range(5)]
    yield [("label", "  ".join(f"{title:<{width}}" for title, width in zip(titles, wide, strict=True)) + "  evidence")]
    for row, cell in zip(rows, cells, strict=True):
        plain = "  ".join(f"{text:<{width}}" for text, width in zip(cell[:4], wide[:4], strict=True))
        evidence = str(row.get("evidence") or "")
        yield [("", f"{plain}  "), (_VERDICTS[cell[4]], f"{cell[4]:<{wide[4]}}"), ("", f"  {evidence}")]
    if hidden := len(keys) - len(rows):
        yield [("gutter", f"{hidden} keys at their defaults are not shown")]


def _cell(row: Tree, name: str) -> str:
    text = _value(row[name]) if name in row and row[name] is not None else "-"
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _value(value: Any) -> str:
    if isinstance(value, str) and len(value) == 64 and value.isalnum():
        return f"{value[:12]}…"
    return show(value)


def _short(sha256: str) -> str:
    return sha256[:12] or "no digest"


def _number(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, int | float) else str(value)
