"""What a trainer does with each field of its training arguments."""

from __future__ import annotations

import ast

from .holders import positional
from .program import Class, Function, Program
from .reach import Reach
from .verdicts import Judge, Verdict

# What a run calls; everything else is reached from these or belongs to another run.
RUN = ("__init__", "train", "evaluate", "save_model")
_NAMES = ("args", "training_args")
_REPORTERS = ("transformers.integrations.integration_utils", "INTEGRATION_TO_CALLBACK")


def reporters(program: Program) -> dict[str, Class]:
    """The callbacks that report_to switches on, by the name it takes for them."""
    module = program.modules.get(_REPORTERS[0])
    found: dict[str, Class] = {}
    for variable in module.variables.get(_REPORTERS[1], ()) if module else ():
        if isinstance(variable.node, ast.Dict):
            for key, value in zip(variable.node.keys, variable.node.values, strict=True):
                cls = program.class_of(variable.module, value)
                if isinstance(key, ast.Constant) and cls is not None:
                    found[str(key.value)] = cls
    return found


def judge_trainer(program: Program, trainer: Class, arguments: Class) -> dict[str, Verdict]:
    """The verdict on each field of the arguments class when this trainer trains, evaluates and saves."""
    fields = program.fields(arguments)
    judge = Judge(program, program.order(arguments), _NAMES, fields)
    callbacks = reporters(program)
    roots = [(trainer, name) for name in RUN]
    silent = Reach(program, roots, [arguments], callbacks.values())
    verdicts = judge.judge(silent)
    idle = [field for field, verdict in verdicts.items() if verdict.verdict != "live"]
    replaced = program.order(trainer)[1:]
    for name, cls in callbacks.items():
        others = [c for c in callbacks.values() if c is not cls]
        reaches = [
            Reach(program, [(other, method) for method in methods], [arguments], callbacks.values())
            for other, methods in _started(program, cls, replaced)
        ]
        if any(access.function.cls in program.order(cls) for field in idle for access in judge.everywhere[field]):
            reaches.append(Reach(program, [*roots, (cls, "__init__")], [arguments], [*others, *replaced]))
        for reach in reaches:
            for field, verdict in judge.judge(reach, fields=idle).items():
                known = verdicts[field]
                if verdict.verdict == "live" and name not in known.reporters:
                    live = known.live or verdict.live
                    verdicts[field] = verdict._replace(live=live, checked=(), reporters=(*known.reporters, name))
    for function in [f for name in RUN for f in program.lookup(trainer, name)]:
        for field in idle:
            if field in positional(function):
                spelled = f"{function.source(function.node)} {function.qualname}"
                verdicts[field] = verdicts[field]._replace(namesake=spelled)
    return verdicts


def _started(program: Program, callback: Class, replaced: list[Class]) -> list[tuple[Class, set[str]]]:
    """Plain trainers that a callback builds for its own ends (to save a model), with the methods it calls on them.

    Apart from the run, because what the run's own trainer overrides stays overridden there.
    """
    found: list[tuple[Class, set[str]]] = []
    for function in [f for cls in program.order(callback) for functions in cls.methods.values() for f in functions]:
        for node in function.nodes:
            cls = program.class_of(function.module, node.func) if isinstance(node, ast.Call) else None
            if cls is not None and cls in replaced:
                mentioned = {n.attr for n in function.nodes if isinstance(n, ast.Attribute)}
                methods = {name for ancestor in program.order(cls) for name in ancestor.methods}
                found.append((cls, {"__init__", *(mentioned & methods)}))
    return found


def judge_losses(
    program: Program, trainer: Class, arguments: Class, models: dict[str, Class]
) -> dict[str, dict[str, Verdict]]:
    """By model class: the fields that the trainer hands to the model's forward and that this model drops.

    `models` maps the name of each GLiNER class to the class of the network whose `forward` gets the arguments.
    """
    hands_over = [f for f in program.lookup(trainer, "compute_loss") if f.cls is trainer]
    if not hands_over:
        return {}
    judge = Judge(program, program.order(arguments), _NAMES, program.fields(arguments))
    roots = [(trainer, name) for name in RUN]
    callbacks = reporters(program).values()
    plain = judge.judge(Reach(program, roots, [arguments], callbacks))
    found: dict[str, dict[str, Verdict]] = {}
    for name, network in models.items():
        forward = program.lookup(network, "forward")
        if len(forward) != 1:
            continue
        calls: dict[tuple[Function, str], Function] = {(f, "model"): forward[0] for f in hands_over}
        reach = Reach(program, [*roots, (network, "forward")], [arguments], callbacks)
        with_model = judge.judge(reach, calls)
        found[name] = {f: v for f, v in with_model.items() if v.verdict == "inert" and plain[f].verdict == "live"}
    return found
