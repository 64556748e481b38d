"""Was an error right about a config that ran with its values unchanged? Decided by running it again, otherwise.

A config may hold a value as written and yet not do what it says: no line of the library reads it, or the word falls
through to the branch for unknown words, or the text "false" counts as true.
"""

from __future__ import annotations

import copy
import math
import re
from typing import Any

from .generate import Case
from .parameters import Parameter
from .surfaces import Surface
from .truth import Truth

NONSENSE = "zz"
# Words that a library compares part by part, so that no comparison with the whole value lists them.
_PART_WORDS = {"post_fusion_schema": ("l2l", "t2t", "l2t", "t2l")}
_SAYS_NO = {"false", "no", "off", "none", "0", ""}


class Witness:
    """Runs variants of a case and compares what they leave behind. Equal questions are asked once."""

    def __init__(self, truth: Truth, surfaces: tuple[Surface, ...]) -> None:
        self.truth = truth
        self.surfaces = {surface.name: surface for surface in surfaces}
        self.asked: dict[str, dict[str, Any]] = {}

    def defence(self, case: Case, result: dict[str, Any], key: str, inert: bool = True) -> str | None:
        """Why an error on this key stands although the run kept its value, or None when the error is false.

        `inert` says whether the error claims that the key does nothing.
        """
        surface = self.surfaces[case.surface]
        section = case.config if surface.section is None else case.config[surface.section]
        if key not in section:
            return None
        unread = key in result.get("unread", ())
        if unread and (inert or key not in surface.parameters):
            return "never read in build, training, evaluation and saving"
        value = section[key]
        run = self._run(surface, case, key, value)
        named = (w for w in run.get("warned", ()) if key in w)
        admits = next((w for w in named if re.search(r"ignored|instead|invalid|no effect", w, re.I)), None)
        if admits:
            return f"the library warns: {' '.join(admits.split())[:80]}"
        fruitless = _fruitless(run.get("trace"))
        if fruitless and fruitless != _fruitless(self._trace(surface, case, key, self._default(surface, key))):
            return fruitless
        written = self._trace(surface, case, key, value)
        parameter = surface.parameters.get(key)
        if written is None or parameter is None:
            return None
        if isinstance(value, str):
            speaks = self._misread(surface, case, result, key, parameter, written)
            if speaks:
                return speaks
        if inert and self._inert(surface, case, key, parameter, written):
            return "no effect on losses, weights, optimizer and files, whatever its value"
        return None

    @staticmethod
    def _default(surface: Surface, key: str) -> Any:
        return surface.parameters[key].default if key in surface.parameters else None

    def _misread(
        self, surface: Surface, case: Case, result: dict[str, Any], key: str, parameter: Parameter, written: Any
    ) -> str | None:
        """A text that counts as true and says no, or that falls to the branch for unknown words."""
        text = case.config[key] if surface.section is None else case.config[surface.section][key]
        if "bool" in parameter.kinds and text.lower() in _SAYS_NO:
            read = key not in result.get("unread", ())
            return "the text counts as true" if read and written == self._trace(surface, case, key, True) else None
        words = parameter.choices or _PART_WORDS.get(key, ())
        if text in words or written != self._trace(surface, case, key, NONSENSE):
            return None
        others = [self._trace(surface, case, key, word) for word in words]
        return "treated like any unknown word" if any(o not in (None, written) for o in others) else None

    def _inert(self, surface: Surface, case: Case, key: str, parameter: Parameter, written: Any) -> bool:
        """Whether every spread value of the key that runs leaves the same behind, at least two of them."""
        spread: list[Any] = [parameter.default, *parameter.choices]
        spread += [True, False] if "bool" in parameter.kinds else []
        spread += [1, 3, 0.25] if {"int", "float"} & set(parameter.kinds) else []
        traces = [self._trace(surface, case, key, value) for value in spread]
        ran = [trace for trace in traces if trace is not None]
        return len(ran) >= 2 and all(trace == written for trace in ran)

    def _trace(self, surface: Surface, case: Case, key: str, value: Any) -> Any:
        """What a run leaves behind when the key has this value, or None when it raises."""
        return self._run(surface, case, key, value).get("trace")

    def _run(self, surface: Surface, case: Case, key: str, value: Any) -> dict[str, Any]:
        config = copy.deepcopy(case.config)
        section = config if surface.section is None else config[surface.section]
        section[key] = value
        asked = f"{surface.name}|{config}"
        if asked not in self.asked:
            variant = Case(case.surface, case.number, case.kind, (), config)
            self.asked[asked] = self.truth.of(surface, variant)
        return self.asked[asked]


def _fruitless(trace: dict[str, Any] | None) -> str | None:
    """Why a run that went through trained nothing, or None."""
    if trace is None:
        return None
    losses = [row["loss"] for row in trace["logs"] if "loss" in row]
    if trace["steps"] == 0:
        return "the run takes no step"
    if any(not math.isfinite(loss) for loss in losses):
        return "the loss is not a number"
    if losses and all(loss == 0 for loss in losses):
        return "the loss is 0 from the first step on"
    return "the loss is below 0" if any(loss < 0 for loss in losses) else None
