"""The bar of a long check: on a terminal, after a while, and gone at the end."""

import io
import time

from gliner_audit.cli.progress import Bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_long_check_shows_the_script_it_is_at() -> None:
    stream = Terminal()
    with Bar(stream, after=0.01) as bar:
        bar(3, 8, "scripts/train.py")
        until = time.monotonic() + 10
        while "scripts/train.py" not in stream.getvalue() and time.monotonic() < until:
            time.sleep(0.02)
        bar(4, 8, "scripts/other.py")
    assert "3/8" in stream.getvalue()
    assert "scripts/train.py" in stream.getvalue()


def test_a_short_check_shows_nothing() -> None:
    stream = Terminal()
    with Bar(stream, after=60) as bar:
        bar(0, 1, "train.py")
    assert stream.getvalue() == ""


def test_a_stream_that_is_no_terminal_gets_nothing() -> None:
    stream = io.StringIO()
    with Bar(stream, after=0) as bar:
        bar(0, 1, "train.py")
        time.sleep(0.05)
    assert stream.getvalue() == ""
