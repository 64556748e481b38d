"""Which fields of a GLiNER config the code of each model class uses."""

from __future__ import annotations

from .program import Class, Program
from .reach import Reach
from .verdicts import Judge, Verdict

_NAMES = ("config", "model_config", "config_instance")


def gliner_classes(program: Program) -> dict[str, Class]:
    """The classes that a user builds and trains, by name: those that name a network, or the single GLiNER class."""
    module = program.modules.get("gliner.model")
    if module is None:
        return {}
    named = {name: cls for name, cls in module.classes.items() if networks(program, cls) is not None}
    return named or {name: cls for name, cls in module.classes.items() if name == "GLiNER"}


def networks(program: Program, cls: Class) -> Class | None:
    """The network class that a GLiNER class declares (`model_class = …`)."""
    declared = cls.attributes.get("model_class")
    return program.class_of(cls.module, declared.node) if declared else None


def config_classes(program: Program) -> dict[str, Class]:
    """The config classes of the package, by name."""
    module = program.modules.get("gliner.config")
    found = module.classes if module else {}
    return {name: cls for name, cls in found.items() if name.endswith("Config") and "GLiNER" in _lineage(program, cls)}


def _lineage(program: Program, cls: Class) -> str:
    return " ".join(ancestor.name for ancestor in program.order(cls))


def judge_models(program: Program) -> dict[str, dict[str, Verdict]]:
    """By GLiNER class: the verdict on every field of every config class.

    Everything that the class offers counts as running: training, prediction, saving, loading, and the choice of the
    class from the config.
    """
    configs = config_classes(program)
    classes = gliner_classes(program)
    fields = list(dict.fromkeys(field for cls in configs.values() for field in program.fields(cls)))
    judge = Judge(program, configs.values(), _NAMES, fields, known_outside=False)
    chooser = program.modules["gliner.model"].classes.get("GLiNER") if classes else None
    found: dict[str, dict[str, Verdict]] = {}
    for name, cls in classes.items():
        offered = {method for ancestor in program.order(cls) for method in ancestor.methods}
        own = (
            program.class_of(cls.module, cls.attributes["config_class"].node)
            if "config_class" in cls.attributes
            else None
        )
        others = [other for other in classes.values() if other not in program.order(cls)]
        reach = Reach(
            program, [(cls, method) for method in sorted(offered)], [own] if own else configs.values(), others
        )
        chooses = Reach(program, [(chooser, "_get_gliner_class")], never=classes.values()) if chooser else None
        for function in chooses.functions if chooses else ():
            reach.functions.setdefault(function)
        found[name] = judge.judge(reach)
    return found
