"""GLiNER JSON and JSONL as a stream: one example at a time, with its line, and the file's sha256 from the same pass."""

from __future__ import annotations

import codecs
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from json.decoder import JSONDecodeError
from typing import Any, BinaryIO, Final, NamedTuple

CHUNK: Final = 2**18
LARGEST: Final = 64 * 2**20

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NEXT: Final = re.compile(r"[ \t\n\r]*([,\]])[ \t\n\r]*")
# JSONDecoder.raw_decode without its wrapper: it raises StopIteration where that says "Expecting value"
_scan: Final[Callable[[str, int], tuple[Any, int]]] = vars(json.JSONDecoder())["scan_once"]
# No literal that a buffer may cut in two is longer: -Infinity, or two escapes of a surrogate pair.
_LONGEST_LITERAL: Final = 16


class _CompressedError(Exception):
    """The file begins like gzip."""


class Broken(NamedTuple):
    """Stands in for an example that is no JSON; `last` when nothing after it can be read."""

    message: str
    last: bool = False


class Reader:
    """Iterates over (line, example); `line` is 1-based and is where the example begins.

    `sha256`, `size` (bytes) hold once the iteration has ended. `progress` is called with the bytes read so far.
    Raises OSError when the file cannot be read.
    """

    def __init__(self, path: str, progress: Callable[[int], None] | None = None, *, chunk: int = CHUNK) -> None:
        self.path = path
        self.size = 0
        self.sha256 = ""
        self._progress = progress
        self._chunk = chunk
        self._digest = hashlib.sha256()
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._ended = False

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        with open(self.path, "rb") as file:
            yield from self._examples(file)
            while self._raw(file):
                pass
        self.sha256 = self._digest.hexdigest()

    def _raw(self, file: BinaryIO) -> bytes:
        block = file.read(self._chunk)
        packed = not self.size and block.startswith(b"\x1f\x8b")
        self._digest.update(block)
        self.size += len(block)
        self._ended = not block
        if self._progress is not None:
            self._progress(self.size)
        if packed:
            raise _CompressedError
        return block

    def _read(self, file: BinaryIO) -> str:
        """The next piece of text, "" only at the end of the file. Raises UnicodeDecodeError."""
        while True:
            block = self._raw(file)
            text = self._decoder.decode(block, final=not block)
            if text or not block:
                return text

    def _examples(self, file: BinaryIO) -> Iterator[tuple[int, Any]]:
        line = 1
        try:
            text = self._read(file)
            while not text.strip() and not self._ended:
                line += text.count("\n")
                text = self._read(file)
            if text.lstrip().startswith("["):
                yield from self._array(file, text, line)
            else:
                yield from self._lines(file, text, line)
        except _CompressedError:
            yield 1, Broken("the file is compressed; training reads plain text: unpack it first", True)
        except UnicodeDecodeError as error:
            start = self.size - len(error.object) + error.start
            yield line, Broken(f"the file is not UTF-8 (near byte {max(start, 0)}); training cannot read it", True)

    def _lines(self, file: BinaryIO, text: str, line: int) -> Iterator[tuple[int, Any]]:
        rest = ""
        while text or rest:
            *lines, last = (rest + text).split("\n")
            rest = last if text else ""
            for content in lines if text else [last]:
                if content[:1] == "{":
                    try:
                        value, end = _scan(content, 0)
                        yield line, value if end == len(content) or not content[end:].strip() else _loads(content)
                    except (StopIteration, ValueError, RecursionError):
                        yield line, _loads(content)
                elif content.strip():
                    yield line, _loads(content)
                line += 1
            if len(rest) > LARGEST:
                yield line, Broken(f"one line of more than {LARGEST >> 20} MiB: neither a JSON array nor JSONL", True)
                return
            text = self._read(file) if text else ""

    def _array(self, file: BinaryIO, text: str, line: int) -> Iterator[tuple[int, Any]]:
        at = _after_space(text, text.index("[") + 1)
        line += text.count("\n", 0, at)
        while at == len(text) and not self._ended:
            text = self._read(file)
            at = _after_space(text, 0)
            line += text.count("\n", 0, at)
        closed, comma = text[at : at + 1] == "]", ","
        need_value = False
        broken_up, safe = "\n" in text, len(text) - _LONGEST_LITERAL
        at += closed
        while not closed:
            try:
                value, end = _scan(text, at)
            except (StopIteration, ValueError, RecursionError) as error:
                start = _after_space(text, at)
                if start > at:
                    line += text.count("\n", at, start)
                    at = start
                    continue
                if len(text) - at > LARGEST:
                    yield line, Broken(f"one example of more than {LARGEST >> 20} MiB", True)
                    return
                more = self._more(file, len(text) - at) if not self._ended and _cut_off(error, text) else ""
                if not more:
                    yield line, Broken(_why(error, text, at, need_value), True)
                    return
                text, at = text[at:] + more, 0
                broken_up, safe = "\n" in text, len(text) - _LONGEST_LITERAL
                continue
            if end < safe and text.startswith(comma, end):
                after = end + len(comma)
            else:
                found = _NEXT.match(text, end)
                if not self._ended and (end >= safe or (found is None and not text[end:].strip())):
                    # the separator, or the rest of a number, may be in the next block
                    text, at = text[at:] + self._read(file), 0
                    broken_up, safe = "\n" in text, len(text) - _LONGEST_LITERAL
                    continue
                if found is None:
                    yield line, value
                    here = line + text.count("\n", at, end)
                    yield here, Broken("not JSON: a comma or ] is missing after the example", True)
                    return
                comma, after, closed = found[0], found.end(), found[1] == "]"
            yield line, value
            if broken_up:
                line += text.count("\n", at, after)
            at, need_value = after, True
        tail = text[at:]
        while tail or not self._ended:
            if tail.strip():
                yield line, Broken("not JSON: text after the closing ]", True)
                return
            tail = self._read(file)

    def _more(self, file: BinaryIO, held: int) -> str:
        """The next text, more of it the longer the example that is being read."""
        pieces = [self._read(file)]
        for _ in range(held // self._chunk):
            pieces.append(self._read(file))
        return "".join(pieces)


def size_of(path: str) -> int:
    """The size of a file in bytes, for progress."""
    return os.stat(path).st_size


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _cut_off(error: BaseException, text: str) -> bool:
    """Whether more text may mend the error: it lies at the end of what was read so far."""
    if isinstance(error, JSONDecodeError):
        return error.msg.startswith("Unterminated string") or error.pos >= len(text) - _LONGEST_LITERAL
    return isinstance(error, StopIteration) and int(error.value) >= len(text) - _LONGEST_LITERAL


def _why(error: BaseException, text: str, at: int, after_comma: bool) -> str:
    if isinstance(error, RecursionError):
        return "not an example: nested too deeply"
    if after_comma and text[at : at + 1] == "]":
        return "not JSON: a comma before the closing ]"
    if at >= len(text):
        return "not JSON: the file ends inside the array"
    if isinstance(error, JSONDecodeError):
        return f"not JSON: {error.msg}, {error.pos - at} characters into the example"
    return f"not JSON: {error}" if isinstance(error, ValueError) else "not JSON: a value is missing or misspelt"


def _loads(content: str) -> Any:
    try:
        return json.loads(content)
    except JSONDecodeError as error:
        return Broken(f"not JSON: {error.msg} (column {error.colno})")
    except (ValueError, RecursionError) as error:
        return Broken(f"not JSON: {error}")
