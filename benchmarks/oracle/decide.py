"""One error of the lint on a real file, decided by doing what it speaks of."""

from __future__ import annotations

import copy
import dataclasses
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from .excluded import exclusion
from .generate import FORMER_NAMES, Case
from .realfile import Place, case, flattened, lookup, place, recipe_class
from .surfaces import BACKBONE, GLINER_ARGS, LABELS_BACKBONE, LORA, TRAINER_ARGS, Surface
from .truth import Truth
from .witness import Witness
from .world import library

STANDS, FALLS, UNDECIDED = "stands", "falls", "undecided"
_OWN_CLASSES = ("ScriptArguments", "ModelConfig")


class Decision(NamedTuple):
    """`verdict` is stands, falls or undecided; `because` says what was done and seen."""

    verdict: str
    because: str


class Decider:
    """Decides errors on real files. Nothing here knows a rule: only the key, the file and what the libraries do."""

    def __init__(self, truth: Truth, surfaces: tuple[Surface, ...]) -> None:
        self.truth = truth
        self.surfaces = {surface.name: surface for surface in surfaces}
        self.witness = Witness(truth, surfaces)
        self.results: dict[str, dict[str, Any]] = {}

    def decide(self, path: Path, key: str | None, *, is_gliner: bool) -> Decision:
        """The verdict on an error that names this key of this file (None: the file as a whole)."""
        text = path.read_text(encoding="utf-8", errors="replace")
        try:
            data = yaml.safe_load(text)
        except yaml.YAMLError as error:
            return Decision(STANDS, f"yaml.safe_load raises: {str(error).splitlines()[0]}")
        if not isinstance(data, dict):
            return Decision(STANDS, "the file is no mapping: no trainer can read a key from it")
        if key is None:
            return Decision(UNDECIDED, "the finding names no key")
        if _is_twice(text, key):
            return Decision(STANDS, "the key stands twice with other values; yaml.safe_load keeps the last")
        if "compute_environment" in data:
            return Decision(FALLS, "a config of accelerate: no training surface reads it")
        there, _ = lookup(data, key)
        if not there:
            return Decision(UNDECIDED, "the key is not in the file: nothing to construct")
        target = place(data, key, is_gliner, self.surfaces)
        if target is None:
            return Decision(UNDECIDED, "no surface is known for the key")
        if target.surface == "data":
            return self._data(data, target)
        surface = self.surfaces[target.surface]
        if target.surface == LORA and target.name == "target_modules" and is_gliner:
            return self._targets(data, target)
        if target.surface == TRAINER_ARGS:
            decision = self._recipe(path, data, target)
            if decision:
                return decision
        if target.name not in surface.parameters and target.surface in (GLINER_ARGS, TRAINER_ARGS):
            return self._unknown(surface, target)
        return self._run(surface, case(data, target, is_gliner, self.surfaces), target)

    def _recipe(self, path: Path, data: dict[str, Any], target: Place) -> Decision | None:
        """A recipe's key: the trl class of the recipe, constructed with it and without it."""
        trl = library("trl")
        cls = getattr(trl, recipe_class(path))
        fields = {field.name for field in dataclasses.fields(cls)}
        others = {f.name for own in _OWN_CLASSES for f in dataclasses.fields(getattr(trl, own))}
        if target.name in others - fields:
            return Decision(FALLS, "trl's ModelConfig or ScriptArguments takes the key")
        if target.name not in fields:
            near = get_close_matches(target.name, fields, 1, 0.85)
            if target.name not in FORMER_NAMES and not near:
                return Decision(FALLS, "it may be a key of the recipe's own script: no release of the surface had it")
            try:
                cls(output_dir="out", use_cpu=True, **{target.name: target.value})
            except TypeError as error:
                return Decision(STANDS, f"{cls.__name__}(...) raises TypeError: {error}")
            return Decision(FALLS, f"{cls.__name__} takes the key")
        return None

    def _unknown(self, surface: Surface, target: Place) -> Decision:
        """A training key that is no parameter: handed over, it raises, or it is dropped in silence."""
        values = {"use_cpu": True, target.name: target.value}
        base: dict[str, Any] = {"model": {}, "data": {}, "training": values}
        if surface.section is None:
            base = {"output_dir": "out", **values}
        result = self._of(surface, Case(surface.name, 0, "real", (target.name,), base))
        if "error" in result:
            return Decision(STANDS, f"{surface.name}: {result['error']}: {result['message'][:100]}")
        return Decision(FALLS, f"{surface.name} takes the key")

    def _targets(self, data: dict[str, Any], target: Place) -> Decision:
        """LoRA's target names, injected into a small model of the family that the file names."""
        name = str(next((v for k, v in flattened(data).items() if k.endswith("model_name")), "")).lower()
        families = {"deberta-v": BACKBONE, "minilm": LABELS_BACKBONE, "/bert-": LABELS_BACKBONE}
        family = next((folder for part, folder in families.items() if part in name), None)
        if family is None:
            return Decision(UNDECIDED, f"no small model stands for {name!r}")
        peft, model = library("peft"), library("transformers").AutoModel
        try:
            adapter = peft.LoraConfig(target_modules=target.value)
            found = peft.get_peft_model(model.from_pretrained(self.truth.world.backbones[family]), adapter)
        except Exception as error:
            return Decision(STANDS, f"a {type(error).__name__} at injection into {name}: {str(error)[:80]}")
        wanted = target.value if isinstance(target.value, list) else []
        lost = [w for w in wanted if not any(n.split(".")[-1] == w for n in found.base_model.targeted_module_names)]
        if lost:
            return Decision(STANDS, f"injected into {name}: no layer is called {', '.join(lost)}")
        return Decision(FALLS, f"injected into {name}: every target is found")

    def _data(self, data: dict[str, Any], target: Place) -> Decision:
        """Evaluation data that is named: does a run of the file's training keys ever evaluate?"""
        if not target.name.startswith("val") or target.value in (None, "none"):
            return Decision(UNDECIDED, "a path of the author's machine")
        probe = Place(GLINER_ARGS, "seed", 42)
        run = case(data, probe, True, self.surfaces)
        run.config["data"]["val_data_dir"] = "data/val.json"
        logs = self._of(self.surfaces[GLINER_ARGS], run).get("trace", {}).get("logs", [])
        if any("eval_loss" in row for row in logs):
            return Decision(FALLS, "the run evaluates")
        return Decision(STANDS, "the run is given evaluation data and never evaluates")

    def _run(self, surface: Surface, run: Case, target: Place) -> Decision:
        """The whole file, run; then without the key, alone, or with other values, where that decides."""
        result = self._of(surface, run)
        if "error" in result and not exclusion(result):
            said = f"{result['error']}: {result['message'][:100]} ({result['stage']})"
            if self._of(surface, _without(surface, run, target.name)).get("message") != result["message"]:
                return Decision(STANDS, f"raises {said}; without the key it does not")
            run = _alone(surface, run, target.name)
            result = self._of(surface, run)
            if "error" in result and not exclusion(result):
                return Decision(UNDECIDED, f"raises {said}, with and without the key")
        why = exclusion(result)
        if why:
            return Decision(UNDECIDED, f"{why}: {result['error']}: {result['message'][:80]}")
        if "skipped" in result:
            return Decision(UNDECIDED, result["skipped"])
        return self._kept(surface, run, target, result)

    def _kept(self, surface: Surface, run: Case, target: Place, result: dict[str, Any]) -> Decision:
        """A run that went through: is the value still there, and does it do anything?"""
        if target.name in result.get("changed", {}):
            return Decision(STANDS, f"the value becomes {result['changed'][target.name]}")
        parameter = surface.parameters.get(target.name)
        if parameter is not None and parameter.default == target.value:
            return Decision(FALLS, "the value is the default, and the run keeps it")
        speaks = self.witness.defence(run, result, target.name)
        if speaks:
            return Decision(STANDS, f"runs, but {speaks}")
        return Decision(FALLS, "runs, with the value as written")

    def _of(self, surface: Surface, run: Case) -> dict[str, Any]:
        asked = f"{surface.name}|{run.keys}|{run.config}"
        if asked not in self.results:
            self.results[asked] = self.truth.of(surface, run)
        return self.results[asked]


def _without(surface: Surface, run: Case, name: str) -> Case:
    if surface.section is None:
        return run._replace(keys=(), config={k: v for k, v in run.config.items() if k != name})
    section = {k: v for k, v in run.config[surface.section].items() if k != name}
    return run._replace(keys=(), config={**run.config, surface.section: section})


def _alone(surface: Surface, run: Case, name: str) -> Case:
    """The surface's base with this key and no other of the file."""
    config = copy.deepcopy(surface.base)
    section = config if surface.section is None else config[surface.section]
    section[name] = (run.config if surface.section is None else run.config[surface.section])[name]
    return run._replace(config=config)


def _is_twice(text: str, key: str) -> bool:
    """Whether the last name of the path stands twice in its mapping with different values."""
    node: Any = yaml.compose(text)
    parts = key.split(".")
    for number, part in enumerate(parts):
        if not isinstance(node, yaml.MappingNode):
            return False
        values = [value for name, value in node.value if getattr(name, "value", None) == part]
        if number == len(parts) - 1:
            return len({yaml.serialize(value) for value in values}) > 1
        node = values[-1] if values else None
    return False
