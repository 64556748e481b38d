"""Values that code far from a surface enforces or knows: where to look, per library, and what that code compares.

A row names the code; the values are read from its source, version by version. Only the bounds of `BOUNDS` are stated
here, since torch and numpy, which refuse the values, are not in the catalog.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..surface import Parameter
from ..types import Schema, one_of_values
from .conditions import Demand, parameter_of, surviving
from .registry import Place
from .source import Definition, Library, Module


class Code(NamedTuple):
    """Where a library treats the values of `parameter`, which is called `variable` there.

    `definition` is a class, function or method of `module` ("" for the whole module). `closed` says that values which
    no comparison names are refused; otherwise they are only unknown. `beside` are values that no comparison names
    since they mean the last `else`.
    """

    surfaces: tuple[str, ...]
    parameter: str
    module: str
    definition: str
    variable: str
    closed: bool = False
    beside: tuple[Any, ...] = ()


_CONFIGS = ("gliner.GLiNERConfig", "gliner.config.")
_LOSS = ("gliner.training.TrainingArguments",)
_TRAINING = ("transformers.TrainingArguments",)
_LORA = ("peft.LoraConfig",)
_LOFTQ = ("peft.LoftQConfig",)

CHAINS: tuple[Code, ...] = (
    Code(_CONFIGS, "span_mode", "gliner.modeling.span_rep", "SpanRepLayer.__init__", "span_mode",
         closed=True, beside=("token_level",)),
    Code(_CONFIGS, "words_splitter_type", "gliner.data_processing.tokenizer", "WordsSplitter.__init__", "splitter_type",
         closed=True),
    Code(_CONFIGS, "triples_layer", "gliner.modeling.multitask.triples_layers", "TriplesScoreLayer.__init__",
         "interaction_mode", closed=True, beside=(None,)),
    Code(_CONFIGS, "decoder_mode", "gliner.modeling.base", "", "decoder_mode"),
    Code(_LOSS, "masking", "gliner.modeling.base", "", "masking", beside=("none",)),
    Code(_LOSS, "loss_type", "gliner.modeling.base", "", "loss_type", beside=("focal", "bce")),
    Code(_LOSS, "loss_reduction", "gliner.modeling.base", "", "reduction"),
    Code(_TRAINING, "train_sampling_strategy", "transformers.trainer", "", "train_sampling_strategy",
         beside=("random",)),
)  # fmt: skip

#: A function that raises on a value that a parameter hands to it under another name.
RAISES: tuple[Code, ...] = (
    Code(_LORA, "r", "peft.tuners.lora.layer", "LoraLayer.update_layer", "r"),
    Code(_LOFTQ, "loftq_bits", "peft.utils.loftq_utils", "loftq_init", "num_bits"),
    Code(_LOFTQ, "loftq_iter", "peft.utils.loftq_utils", "loftq_init", "num_iter"),
)

#: Values that a library takes beyond those that its annotation lists.
WIDER: tuple[Code, ...] = (
    Code(
        ("peft.LoraConfig",),
        "init_lora_weights",
        "peft.tuners.lora.layer",
        "LoraLayer.update_layer",
        "init_lora_weights",
    ),
)

#: Parameters that are only read behind a truth test, so that null means "off" whatever the annotation says.
TESTED: tuple[Code, ...] = (
    Code(_CONFIGS, "post_fusion_schema", "gliner.modeling.base", "", "post_fusion_schema"),
)  # fmt: skip

#: Keys that a method stores under constant names: the components that can be frozen.
STORED: tuple[Code, ...] = (
    Code(("gliner.GLiNER.train_model",), "freeze_components", "gliner.model", "BaseGLiNER._get_freezable_components",
         "components"),
)  # fmt: skip

#: Texts that a library takes by their ending: LoRA trains the adapted layers' biases for any "..._only"
#: (peft/tuners/tuners_utils.py: _mark_only_adapters_as_trainable).
ENDINGS: Mapping[str, Mapping[str, Schema]] = {
    "peft.LoraConfig": {"bias": {"type": "string", "pattern": "_only$"}},
}

_DROPOUT = "torch/nn/modules/dropout.py: _DropoutNd.__init__"
_LOADER = "torch/utils/data/dataloader.py: DataLoader.__init__"

#: Bounds that torch (2.13) and numpy (2.4) enforce on every value that reaches them, whatever else is configured.
#: LoRA makes a Dropout only of what is above 0 (peft/tuners/lora/layer.py: update_layer).
BOUNDS: Mapping[str, Mapping[str, tuple[Schema, str]]] = {
    "transformers.TrainingArguments": {
        "per_device_train_batch_size": ({"minimum": 1}, "torch/utils/data/sampler.py: BatchSampler.__init__"),
        "dataloader_num_workers": ({"minimum": 0}, _LOADER),
        "dataloader_prefetch_factor": ({"minimum": 0}, _LOADER),
        "seed": ({"minimum": 0, "maximum": 2**32 - 1}, "numpy.random.seed, called by transformers.set_seed"),
    },
    "peft.LoraConfig": {"lora_dropout": ({"maximum": 1}, _DROPOUT)},
    "gliner.GLiNERConfig": {"dropout": ({"minimum": 0, "maximum": 1}, _DROPOUT)},
    "gliner.config.BaseGLiNERConfig": {"dropout": ({"minimum": 0, "maximum": 1}, _DROPOUT)},
}


def demands_elsewhere(place: Place, library: Library, rows: Mapping[str, Parameter]) -> Iterator[Demand]:
    """The demands of other code on the parameters that a surface declares itself."""
    for code in _speaking_of(CHAINS, place, rows):
        found = compared(code, library) if code.closed else None
        if found is not None:
            yield Demand(code.parameter, one_of_values([*found[0], *code.beside]), found[1])
    for code in _speaking_of(RAISES, place, rows):
        yield from _raised(code, library)
    for name, (bounds, source) in BOUNDS.get(place.name, {}).items():
        if name in rows:
            yield Demand(name, bounds, source)


def taken_elsewhere(place: Place, library: Library, rows: Mapping[str, Parameter]) -> dict[str, Schema]:
    """Values that other code handles although the annotation does not list them."""
    found = {code.parameter: compared(code, library) for code in _speaking_of(WIDER, place, rows)}
    taken = {name: one_of_values(values[0]) for name, values in found.items() if values is not None}
    tested = [code.parameter for code in _speaking_of(TESTED, place, rows) if _truth_tested(code, library)]
    endings = {name: schema for name, schema in ENDINGS.get(place.name, {}).items() if name in rows}
    return {**taken, **endings, **{name: {"type": "null"} for name in tested}}


def choices_elsewhere(
    place: Place, library: Library, rows: Mapping[str, Parameter]
) -> dict[str, tuple[tuple[Any, ...], str]]:
    """The values that other code knows of a parameter whose unknown values it does not refuse, and where."""
    choices = {}
    for code in _speaking_of(CHAINS, place, rows):
        found = None if code.closed else compared(code, library)
        if found is not None:
            known = one_of_values([*found[0], *code.beside])["enum"]
            choices[code.parameter] = tuple(known), found[1]
    for code in _speaking_of(STORED, place, rows):
        found = _stored(code, library)
        if found is not None:
            choices[code.parameter] = found
    return choices


def compared(code: Code, library: Library) -> tuple[tuple[Any, ...], str] | None:
    """The constants that a variable is compared with (`==`), in order, and where the first comparison stands."""
    values: list[Any] = []
    first = ""
    for scope, module in _scope(code, library):
        if code.closed and not any(isinstance(node, ast.Raise) for node in ast.walk(scope)):
            return None
        for node in ast.walk(scope):
            match node:
                case ast.Compare(left=left, ops=[ast.Eq()], comparators=[ast.Constant(value=str() as value)]) if (
                    _tail(left) == code.variable
                ):
                    first = first or module.at(node)
                    values.append(value)
    return (tuple(dict.fromkeys(values)), first) if values else None


def _raised(code: Code, library: Library) -> Iterator[Demand]:
    for scope, module in _scope(code, library):
        for node in ast.walk(scope):
            if isinstance(node, ast.If) and any(isinstance(item, ast.Raise) for item in node.body):
                demand = surviving(node.test, {code.variable}, module)
                if demand is not None:
                    yield demand._replace(name=code.parameter)


def _truth_tested(code: Code, library: Library) -> bool:
    """Whether `if config.x:` stands somewhere, and every other reading in the scope lies behind such a test."""
    guarded: set[int] = set()
    read: set[int] = set()
    for scope, _ in _scope(code, library):
        for node in ast.walk(scope):
            if isinstance(node, ast.If) and isinstance(node.test, ast.Attribute) and node.test.attr == code.variable:
                guarded |= {id(inner) for part in (node.test, *node.body) for inner in ast.walk(part)}
            elif isinstance(node, ast.Attribute) and node.attr == code.variable and isinstance(node.ctx, ast.Load):
                read.add(id(node))
    return bool(guarded) and read <= guarded


def _stored(code: Code, library: Library) -> tuple[tuple[Any, ...], str] | None:
    keys: list[Any] = []
    first = ""
    for scope, module in _scope(code, library):
        for node in ast.walk(scope):
            match node:
                case ast.Assign(targets=[ast.Subscript(value=table, slice=ast.Constant(value=key))]) if (
                    parameter_of(table, {code.variable}) is not None
                ):
                    first = first or module.at(node)
                    keys.append(key)
    return (tuple(keys), first) if keys else None


def _speaking_of(table: tuple[Code, ...], place: Place, rows: Mapping[str, Parameter]) -> Iterator[Code]:
    return (
        code for code in table if code.parameter in rows and any(place.name.startswith(name) for name in code.surfaces)
    )


def _scope(code: Code, library: Library) -> Iterator[tuple[ast.AST, Module]]:
    module = library.module(code.module)
    if module is None:
        return
    scope: ast.AST | None = module.tree
    for part in code.definition.split(".") if code.definition else ():
        scope = _member(scope, part)
    if scope is not None:
        yield scope, module


def _member(scope: ast.AST | None, name: str) -> Definition | None:
    for node in getattr(scope, "body", []):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name:
            return node
    return None


def _tail(node: ast.expr) -> str:
    """The last name of `x`, `self.x`, `self.config.x` and of `x.lower()`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "lower":
        node = node.func.value
    return ast.unparse(node).rpartition(".")[2]
