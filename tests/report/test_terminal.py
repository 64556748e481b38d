"""The report for people: one line when all is well, colour only where it is wanted, nothing forgotten."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import pytest
from gliner_audit.report.formats import render
from gliner_audit.report.options import Options
from gliner_audit.report.paint import paint, visible, wants_color
from gliner_audit.rules.finding import Abstention, Against, Input, Outcome
from gliner_audit.rules.tally import tally

NEWEST = {"gliner": Against("0.2.29", "catalog")}


def _clean(*inputs: Input, abstained: tuple[Abstention, ...] = ()) -> Outcome:
    return Outcome(inputs, (), abstained, tally(inputs, (), abstained), {})


def _config(file: str, dialect: str | None = "gliner", trainer: str | None = None) -> Input:
    return Input(file, "config", dialect, NEWEST if dialect else {}, trainer, "pyyaml")


def test_clean_is_one_line(options: Options) -> None:
    assert render("terminal", _clean(_config("a.yaml"), _config("b.yaml")), options) == (
        "2 files clean, against gliner 0.2.29 (newest in the catalog); no trainer known: gliner's train_model\n"
    )


def test_no_training_config_is_one_line(options: Options) -> None:
    outcome = _clean(_config("ci.yml", None))
    assert render("terminal", outcome, options) == "no training config or code in 1 file\n"
    assert render("terminal", _clean(), options) == "no files to check\n"


def test_files_without_a_config_are_counted_apart(options: Options) -> None:
    text = render("terminal", _clean(_config("a.yaml", trainer="train.py"), _config("ci.yml", None)), options)
    assert text == (
        "1 file clean (1 more holds no config that is checked), "
        "against gliner 0.2.29 (newest in the catalog); trainer train.py\n"
    )


def test_silenced_findings_are_not_called_clean(outcome: Outcome, options: Options) -> None:
    silenced = tuple(one for one in outcome.findings if one.suppressed is not None)
    counts = tally(outcome.inputs[:1], silenced, ())
    text = render("terminal", Outcome(outcome.inputs[:1], silenced, (), counts, {}), options)
    assert text.splitlines()[:2] == ["no new findings in 1 file", "1 suppressed, 1 in the baseline"]


def test_many_trainers_are_not_all_listed(options: Options) -> None:
    inputs = [_config(f"{number}.yaml", trainer=f"train{number}.py") for number in range(9)]
    lines = render("terminal", _clean(*inputs), options).splitlines()
    assert len(lines) == 7
    assert lines[-1] == "and 4 other sets of versions or trainers (--format json names them)"


def test_what_could_not_be_followed_is_listed_on_demand(options: Options) -> None:
    place = Abstention("train.py", 7, "the name is computed", "lr")
    outcome = _clean(_config("a.yaml"), abstained=(place,))
    assert "1 key could not be followed (--verbose lists them)" in render("terminal", outcome, options)
    told = render("terminal", outcome, options._replace(verbose=True))
    assert told.startswith("train.py:7: could not follow `lr`: the name is computed\n")
    assert "--verbose" not in told


def test_colour_adds_nothing_but_colour(outcome: Outcome, options: Options) -> None:
    plain = render("terminal", outcome, options)
    painted = render("terminal", outcome, options._replace(color=True))
    assert painted != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain


def test_plain_text_needs_no_rich() -> None:
    code = (
        "import sys; from gliner_audit.report.paint import paint;"
        "paint([[('error', 'x')]], False); print('rich' in sys.modules);"
        "paint([[('error', 'x')]], True); print('rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_blanks_at_the_end_of_a_line_go_in_both_ways() -> None:
    line = [("error", "x "), ("", " "), ("gutter", "")]
    assert paint([line, []], False) == "x\n\n"
    assert re.sub(r"\x1b\[[0-9;]*m", "", paint([line, []], True)) == "x\n\n"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "stream", "environ", "wanted"),
    [
        ("auto", _Terminal(), {}, True),
        ("auto", io.StringIO(), {}, False),
        ("auto", _Terminal(), {"NO_COLOR": "1"}, False),
        ("auto", _Terminal(), {"NO_COLOR": ""}, True),
        ("auto", _Terminal(), {"TERM": "dumb"}, False),
        ("always", io.StringIO(), {"NO_COLOR": "1"}, True),
        ("never", _Terminal(), {}, False),
    ],
)
def test_when_to_colour(choice: str, stream: io.StringIO, environ: dict[str, str], wanted: bool) -> None:
    assert wants_color(choice, stream, environ) is wanted


def test_control_characters_become_visible() -> None:
    assert visible("a\x1b[0m\x7f\x85\u202eb") == "a␛[0m␡\ufffd\ufffdb"
