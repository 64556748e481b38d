"""JUnit XML: a suite per file and a failed case per finding; a clean file is one case that passed."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from ..rules.finding import Finding, Outcome
from ..rules.tally import shown
from .options import Options
from .paint import visible_lines

# What XML 1.0 cannot hold and `visible_lines` leaves alone: surrogates and the two non-characters.
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", visible_lines(text))


def _case(suite: ElementTree.Element, finding: Finding) -> None:
    place = f"{finding.file}:{finding.line}:{finding.column}"
    case = ElementTree.SubElement(
        suite, "testcase", classname=_text(finding.file), name=f"{finding.name} at {finding.line}:{finding.column}"
    )
    failure = ElementTree.SubElement(case, "failure", type=finding.severity, message=_text(finding.message))
    said = [f"{place}: {finding.rule} {finding.name}: {finding.message}"]
    said += [f"{name}: {text}" for name, text in (("effect", finding.effect), ("help", finding.help)) if text]
    failure.text = _text("\n".join(said))


def render(outcome: Outcome, options: Options) -> str:
    """The findings that nothing suppresses, of every severity, as failures."""
    by_file: dict[str, list[Finding]] = {entry.file: [] for entry in outcome.inputs}
    findings = shown(outcome.findings)
    for finding in findings:
        by_file.setdefault(finding.file, []).append(finding)
    tests = sum(max(1, len(found)) for found in by_file.values())
    root = ElementTree.Element("testsuites", name="gliner-audit", tests=str(tests), failures=str(len(findings)))
    for file, found in by_file.items():
        suite = ElementTree.SubElement(
            root, "testsuite", name=_text(file), tests=str(max(1, len(found))), failures=str(len(found))
        )
        for finding in found:
            _case(suite, finding)
        if not found:
            ElementTree.SubElement(suite, "testcase", classname=_text(file), name="clean")
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'
