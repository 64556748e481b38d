"""The flow of a script as a picture (SVG): keys on the left, the parameters that they reach on the right.

A curve is a way from a key to a parameter: drawn through where it is proven, dashed where it is possible, orange where
a verdict hangs on it. A key without a curve says where it ends; a parameter without one shows the constant that the
code writes there. Resting the pointer on a key shows its trail.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from ..rules.rule import show

if TYPE_CHECKING:
    from ..audit.trace.flow import EntryFlow, KeyFlow, ScriptFlow

_ROW, _GLYPH, _EDGE = 22, 7.3, 24
"""Pixels: height of a row, width of a glyph of the 12-pixel monospaced face, the margin."""
_MIDDLE = 220
_FRESH, _DOUBT, _DEAD, _PLAIN, _FIXED = "#2f7d4f", "#c76a00", "#b3261e", "#57606a", "#6f42c1"
_INK, _GROUND = "#1f2328", "#ffffff"
_LEGEND = (
    (_FRESH, "reaches the parameter"),
    (_DOUBT, "reaches it, with a finding"),
    (_PLAIN, "used elsewhere, or not followed"),
    (_DEAD, "reaches nothing"),
    (_FIXED, "constant in the code"),
)
_ENDS = {
    "dead": "nothing reads it",
    "checked-only": "checked, then dropped",
    "used-elsewhere": "used elsewhere",
    "unknown": "not followed to its end",
}
_MOST_VALUE = 28


class Port(NamedTuple):
    """A parameter of a sink; `value` is the constant written there, None where keys arrive."""

    sink: str
    param: str
    value: str | None


def svg(flow: ScriptFlow, key: str | None = None) -> str:
    """All entries of a script below one another; only one key when `key` is given."""
    pictures = [_Entry(entry, key) for entry in flow.entries]
    legend = _EDGE + sum(_step(meaning) for _, meaning in _LEGEND)
    width = max([legend, *(picture.width for picture in pictures)])
    top = 74.0
    root = ElementTree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "font-family": "monospace"})
    root.set("font-size", "12")
    ElementTree.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": _GROUND})
    _text(root, _EDGE, 28, flow.script, size=16, weight="bold")
    _legend(root)
    if not pictures:
        _text(root, _EDGE, top + _ROW, "no entry point was found", colour=_PLAIN)
        top += 2 * _ROW
    for picture in pictures:
        top = picture.draw(root, top)
    for name, value in (("width", width), ("height", top + _EDGE)):
        root.set(name, f"{value:.0f}")
    root.set("viewBox", f"0 0 {width:.0f} {top + _EDGE:.0f}")
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


class _Entry:
    """One entry point: what it shows, how wide that is, and its drawing."""

    def __init__(self, entry: EntryFlow, only: str | None) -> None:
        self.name = entry.entry
        self.keys = [key for key in entry.keys if only in (None, key.key)]
        reached = [Port(f.sink, f.param, None) for key in self.keys for f in key.forwarded if not f.library]
        fixed = [Port(h.sink, h.param, show(h.value)) for h in entry.hard_coded if only is None]
        taken = {(port.sink, port.param) for port in reached}
        ports = [*reached, *(port for port in fixed if (port.sink, port.param) not in taken)]
        sinks = {port.sink: [p for p in dict.fromkeys(ports) if p.sink == port.sink] for port in ports}
        rows = {sink: [n for n, key in enumerate(self.keys) for way in _ways(key) if way[0] == sink] for sink in sinks}
        self.centre = {sink: median(found) if found else float(len(self.keys)) for sink, found in rows.items()}
        self.sinks = {sink: sinks[sink] for sink in sorted(sinks, key=self.centre.__getitem__)}
        self.lost = [trail for trail in entry.lost if only in (None, trail.key)]
        self.left = _EDGE + _wide([_label(key) for key in self.keys])
        self.right = self.left + _MIDDLE

    @property
    def width(self) -> float:
        said = [_said(port) for ports in self.sinks.values() for port in ports]
        return self.right + _wide([*said, *self.sinks]) + 2 * _EDGE

    def draw(self, root: ElementTree.Element, top: float) -> float:
        """Draws below `top`, and gives the lowest line that it used."""
        _text(root, _EDGE, top + _ROW, f"entry {self.name}", weight="bold")
        top += 2 * _ROW
        places, bottom = self._ports(root, top)
        for row, key in sorted(enumerate(self.keys), key=lambda pair: not any(_ways(pair[1]))):
            y = top + row * _ROW
            group = ElementTree.SubElement(root, "g", {"class": "key"})
            ElementTree.SubElement(group, "title").text = "\n".join(_trail(key))
            _text(group, self.left, y, _label(key), colour=_colour(key), anchor="end")
            for sink, param, dashed in _ways(key):
                self._curve(group, y, places[sink, param], _colour(key), dashed)
            if not any(_ways(key)):
                self._end(group, y, _ENDS.get(key.state, key.state), _colour(key))
        bottom = max(bottom, top + len(self.keys) * _ROW)
        return self._not_followed(root, bottom)

    def _ports(self, root: ElementTree.Element, top: float) -> tuple[dict[tuple[str, str], float], float]:
        places: dict[tuple[str, str], float] = {}
        y = top
        for sink, ports in self.sinks.items():
            y = max(y, top + (self.centre[sink] - len(ports) / 2 - 1) * _ROW)
            _text(root, self.right, y, sink, weight="bold")
            for port in ports:
                y += _ROW
                places[sink, port.param] = y
                colour = _FIXED if port.value is not None else _INK
                _text(root, self.right + _EDGE, y, _said(port), colour=colour)
            y += 1.5 * _ROW
        return places, y

    def _curve(self, group: ElementTree.Element, start: float, end: float, colour: str, dashed: bool) -> None:
        left, right = self.left + 8, self.right + _EDGE - 8
        middle = (left + right) / 2
        points = ((left, start - 4), (middle, start - 4), (middle, end - 4), (right, end - 4))
        first, *rest = (f"{x:.0f},{y:.0f}" for x, y in points)
        look = {"fill": "none", "stroke": colour, "stroke-width": "1.6"}
        line = ElementTree.SubElement(group, "path", {"d": f"M{first} C{' '.join(rest)}", **look})
        if dashed:
            line.set("stroke-dasharray", "5 4")

    def _end(self, group: ElementTree.Element, y: float, text: str, colour: str) -> None:
        """What becomes of a key that reaches no parameter, on a ground that hides the curves beneath."""
        box = {"x": f"{self.left + 10:.0f}", "y": f"{y - 13:.0f}", "width": f"{_wide([text]) + 8:.0f}", "height": "17"}
        ElementTree.SubElement(group, "rect", {**box, "fill": _GROUND})
        _text(group, self.left + 14, y, text, colour=colour)

    def _not_followed(self, root: ElementTree.Element, top: float) -> float:
        if self.lost:
            places = list(dict.fromkeys(f"{trail.site.file}:{trail.site.line}" for trail in self.lost))
            said = f"could not be followed at {len(places)} places, the first {places[0]}: {self.lost[0].reason}"
            _text(root, _EDGE, top + _ROW, said, colour=_PLAIN)
            top += _ROW
        return top + _ROW


def _ways(key: KeyFlow) -> Iterator[tuple[str, str, bool]]:
    """(sink, parameter, whether the way is only possible), each once."""
    seen: dict[tuple[str, str], bool] = {}
    for forward in key.forwarded:
        if not forward.library:
            end = (forward.sink, forward.param)
            seen[end] = seen.get(end, True) and forward.confidence != "proven"
    for (sink, param), dashed in seen.items():
        yield sink, param, dashed


def _colour(key: KeyFlow) -> str:
    if key.state == "dead" or "dead-field" in key.verdicts:
        return _DEAD
    if key.state != "forwarded":
        return _PLAIN
    return _DOUBT if key.verdicts else _FRESH


def _label(key: KeyFlow) -> str:
    return f"{key.key}  [{', '.join(key.verdicts)}]" if key.verdicts else key.key


def _said(port: Port) -> str:
    if port.value is None:
        return port.param
    short = port.value if len(port.value) <= _MOST_VALUE else port.value[: _MOST_VALUE - 1] + "…"
    return f"{port.param} = {short}"


def _trail(key: KeyFlow) -> Iterator[str]:
    yield f"{key.key}: {key.state} ({key.confidence})"
    for read in dict.fromkeys((r.site.file, r.site.line) for r in key.reads):
        yield f"{read[0]}:{read[1]}  read"
    for forward in key.forwarded:
        yield f"{forward.site.file}:{forward.site.line}  {forward.sink}, parameter {forward.param}"
    for use in dict.fromkeys((u.site.file, u.site.line, u.what) for u in key.other_uses):
        yield f"{use[0]}:{use[1]}  {use[2]}"


def _wide(texts: list[str]) -> float:
    return max((len(text) for text in texts), default=0) * _GLYPH


def _legend(root: ElementTree.Element) -> None:
    x = float(_EDGE)
    for colour, meaning in _LEGEND:
        ElementTree.SubElement(root, "circle", {"cx": f"{x + 4:.0f}", "cy": "50", "r": "4", "fill": colour})
        _text(root, x + 14, 54, meaning, colour=_PLAIN)
        x += _step(meaning)


def _step(meaning: str) -> float:
    return 30 + len(meaning) * _GLYPH


def _text(
    parent: ElementTree.Element,
    x: float,
    y: float,
    text: str,
    *,
    colour: str = _INK,
    anchor: str = "start",
    size: int = 12,
    weight: str = "normal",
) -> None:
    element = ElementTree.SubElement(parent, "text", {"x": f"{x:.0f}", "y": f"{y:.0f}", "fill": colour})
    for name, value, usual in (("text-anchor", anchor, "start"), ("font-weight", weight, "normal")):
        if value != usual:
            element.set(name, value)
    if size != 12:
        element.set("font-size", str(size))
    element.text = text
