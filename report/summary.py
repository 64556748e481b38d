"""The closing lines of the report for people: the counts, what was left out, and against what was judged."""

from __future__ import annotations

from ..rules.finding import Against, Input, Outcome
from .options import Options
from .paint import Line

_FOUND = {
    "catalog": "newest in the catalog",
    "installed": "installed",
    "tree": "in the audited tree",
    "settings": "from settings",
}
_MOST_GROUPS = 5


def count(number: int, noun: str) -> str:
    """`1 error`, `2 errors`; advice has no plural."""
    if number == 1 or noun == "advice":
        return f"{number} {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("ry") else f"{number} {noun}s"


def summary(outcome: Outcome, options: Options) -> list[Line]:
    """The closing lines; a single one when every file is clean and judged against the same versions."""
    counts = outcome.counts
    linted = [one for one in outcome.inputs if one.against or one.kind in ("script", "notebook")]
    lines = _verdict(outcome, len(linted))
    lines += _left_out(outcome, options)
    against = _against(linted, options)
    clean = not any(counts.get(name, 0) for name in ("errors", "warnings", "advice"))
    if clean and len(lines) == 1 and len(against) == 1:
        return [[*lines[0], ("", ", "), ("", against[0])]]
    lines += [[("", text)] for text in against]
    lines += [[("warning", text)] for text in _stand_ins(linted)]
    return lines


def _verdict(outcome: Outcome, linted: int) -> list[Line]:
    counts = outcome.counts
    parts: Line = []
    for name, noun in (("errors", "error"), ("warnings", "warning"), ("advice", "advice")):
        number = counts.get(name, 0)
        if number:
            parts += [("", ", ")] if parts else []
            parts.append((noun, count(number, noun)))
    if not parts:
        files = len(outcome.inputs)
        if not linted:
            return [[("", f"no training config or code in {count(files, 'file')}" if files else "no files to check")]]
        more = files - linted
        rest = f" ({more} more {'holds' if more == 1 else 'hold'} no config that is checked)" if more else ""
        silenced = counts.get("suppressed", 0) + counts.get("baselined", 0)
        verdict = f"no new findings in {count(linted, 'file')}" if silenced else f"{count(linted, 'file')} clean"
        return [[("good", verdict), ("", rest)]]
    hit = len({finding.file for finding in outcome.findings if finding.suppressed is None})
    where = f" in {hit} of {count(len(outcome.inputs), 'file')}" if len(outcome.inputs) > 1 else ""
    safe, unsafe = counts.get("fixable", 0), counts.get("fixable_unsafe", 0)
    fixes = [f"{safe} fixable with --fix"] if safe else []
    if unsafe:
        fixes.append(f"{unsafe}{' more' if safe else ' fixable'} with --unsafe-fixes")
    return [[*parts, ("", where), ("", f" ({', '.join(fixes)})" if fixes else "")]]


def _left_out(outcome: Outcome, options: Options) -> list[Line]:
    counts = outcome.counts
    said = []
    if counts.get("fixed", 0):
        said.append(f"{counts['fixed']} fixed")
    if counts.get("held_back", 0):
        said.append(f"{counts['held_back']} held back: advice is off unless selected")
    if counts.get("suppressed", 0):
        said.append(f"{counts['suppressed']} suppressed")
    if counts.get("baselined", 0):
        said.append(f"{counts['baselined']} in the baseline")
    lines: list[Line] = [[("", ", ".join(said))]] if said else []
    if counts.get("stale", 0):
        entries = count(counts["stale"], "baseline entry")
        lines.append([("warning", f"{entries} stale: nothing matches; --write-baseline drops what is gone")])
    if counts.get("unknown", 0):
        hint = "" if options.verbose else " (--verbose lists them)"
        lines.append([("", f"{count(counts['unknown'], 'key')} could not be followed{hint}")])
    return lines


def _versions(against: dict[str, Against]) -> str:
    """`transformers 5.16.1, gliner 0.2.29 (uv.lock), peft 0.21.2 (installed)`: one bracket per run of one origin."""
    said = []
    pairs = list(against.items())
    for index, (package, one) in enumerate(pairs):
        last = index + 1 == len(pairs) or pairs[index + 1][1].found != one.found
        said.append(f"{package} {one.version}" + (f" ({_FOUND.get(one.found, one.found)})" if last else ""))
    return ", ".join(said)


def _trainer(entry: Input, options: Options) -> str:
    if entry.kind in ("script", "notebook"):
        return ""
    if entry.trainer is not None:
        return f"; trainer {entry.trainer}"
    stand_in = options.stand_in(entry)
    return "; no trainer known" + (f": {stand_in}" if stand_in else "")


def _against(linted: list[Input], options: Options) -> list[str]:
    """One line per set of versions and trainer; files are named as soon as there is more than one set."""
    groups: dict[str, list[str]] = {}
    for entry in linted:
        if entry.against:
            said = f"against {_versions(entry.against)}{_trainer(entry, options)}"
            groups.setdefault(said, []).append(entry.file)
    if len(groups) <= 1:
        return list(groups)
    lines = []
    for said, files in list(groups.items())[:_MOST_GROUPS]:
        who = files[0] if len(files) == 1 else f"{files[0]} and {count(len(files) - 1, 'other')}"
        lines.append(f"{who}: {said}")
    if len(groups) > _MOST_GROUPS:
        lines.append(f"and {len(groups) - _MOST_GROUPS} other sets of versions or trainers (--format json names them)")
    return lines


def _stand_ins(linted: list[Input]) -> list[str]:
    """One line for each version that was wanted and is not in the catalog."""
    said: dict[str, None] = {}
    for entry in linted:
        for package, one in entry.against.items():
            if one.asked is not None:
                wanted = f"{package} {one.asked} ({_FOUND.get(one.found, one.found)})"
                said[f"{wanted} is not in the catalog: {one.version}, the nearest lower one, stood in"] = None
    return list(said)
