"""LoRA target names that the encoder does not have.

Names are per architecture: DeBERTa's projections are query_proj, key_proj and value_proj, BERT's query, key and value,
and `q_proj` and `v_proj`, copied from LLaMA, match none of them. When no name matches peft stops
(NoMatchingPeftModuleError); when some match the rest is dropped without a word (peft 0.21.2). The encoder's family is
told from `model_name`; for a name that does not tell, nothing is said.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import LORA as ROLE
from ...audit.dialects.base import META, MODEL
from ..args._example import said
from ..finding import ERROR, WARNING
from ..rule import Example, Report, Rule

# Linear layers of an encoder's family, by a part of its hub name (transformers 5.16.1, models/*/modeling_*.py).
LINEAR: dict[str, tuple[str, ...]] = {
    "deberta-v": ("query_proj", "key_proj", "value_proj", "dense"),
    "mdeberta": ("query_proj", "key_proj", "value_proj", "dense"),
    "modernbert": ("Wqkv", "Wo", "Wi"),
    "distilbert": ("q_lin", "k_lin", "v_lin", "out_lin", "lin1", "lin2"),
    "roberta": ("query", "key", "value", "dense"),
    "electra": ("query", "key", "value", "dense"),
    "bert-base": ("query", "key", "value", "dense"),
    "bert-large": ("query", "key", "value", "dense"),
}


def check(config: Config) -> Iterator[Report]:
    targets, model = config.get("target_modules", ROLE), config.written("model_name", role=MODEL)
    if targets is None or not isinstance(model, str) or config.written("lora_enabled", role=META) is False:
        return
    has = next((names for part, names in LINEAR.items() if part in model.lower()), None)
    named = [targets.value] if isinstance(targets.value, str) else targets.value
    if has is None or not isinstance(named, list) or named == ["all-linear"] or isinstance(targets.value, str):
        return
    wrong = [name for name in named if isinstance(name, str) and name.rsplit(".", 1)[-1] not in has]
    if not wrong:
        return
    none = len(wrong) == len(named)
    yield Report(
        targets.path,
        f"{said(targets)}: {model} has no layer called {', '.join(wrong)}",
        effect="peft stops: no module matches" if none else "those layers get no adapter, without a word",
        help=f"its layers are {', '.join(has)}",
        severity=ERROR if none else WARNING,
    )


RULE = Rule(
    "GA505",
    "targets-not-in-model",
    ERROR,
    ("lora.target_modules",),
    check,
    bad=(
        Example(
            "model:\n  model_name: microsoft/deberta-v3-base\n  span_mode: markerV0\n"
            "lora:\n  r: 8\n  target_modules: [q_proj, v_proj]\n",
            ("lora.target_modules",),
        ),
    ),
    good=(
        Example(
            "model:\n  model_name: microsoft/deberta-v3-base\n  span_mode: markerV0\n"
            "lora:\n  r: 8\n  target_modules: [query_proj, value_proj]\n"
        ),
        Example(
            "model:\n  model_name: ours/encoder\n  span_mode: markerV0\nlora:\n  r: 8\n  target_modules: [q_proj]\n"
        ),
    ),
    doc=__doc__,
)
