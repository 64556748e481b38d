"""What the schemas refuse, the installed libraries refuse; what they take at the edge, the libraries take."""

from __future__ import annotations

import pytest
from gliner_audit.schemas import catalog
from gliner_audit.schemas.validate import is_valid

from .installed import are_newest, versions

pytest.importorskip("gliner", reason="gliner is not installed: the extra `train` is needed to ask the real library")
INSTALLED = versions()
if not are_newest():
    pytest.skip(
        f"the values asked for are those of the catalog's newest libraries, not of {INSTALLED}", allow_module_level=True
    )


def schema(name, parameter):
    library = catalog.distribution_of(name)
    version, exact = catalog.nearest(library, INSTALLED[library])
    if not exact:
        pytest.skip(f"the catalog has {library} {version}, installed is {INSTALLED[library]}")
    return dict(catalog.surface(name, version).parameters[parameter].schema)


def arguments(tmp_path, **given):
    from gliner.training import TrainingArguments

    return TrainingArguments(output_dir=str(tmp_path), use_cpu=True, report_to="none", **given)


COERCED = ("eval_strategy", "logging_strategy", "save_strategy", "hub_strategy", "lr_scheduler_type", "optim")


@pytest.mark.parametrize("parameter", COERCED)
def test_an_enum_is_what_the_constructor_takes(parameter, tmp_path):
    values = schema("gliner.training.TrainingArguments", parameter)["enum"]
    assert len(values) > 2
    for value in values:
        beside = {"eval_strategy": "steps"} if value in ("reduce_lr_on_plateau", "greedy") else {}
        arguments(tmp_path, **{**beside, parameter: value})
    for refused in ("bogus", False, None):
        assert not is_valid({"enum": values}, refused)
        with pytest.raises(ValueError):
            arguments(tmp_path, **{parameter: refused})


@pytest.mark.parametrize("parameter", ["log_level", "log_level_replica"])
def test_log_levels_are_the_keys_of_the_table(parameter, tmp_path):
    values = schema("transformers.TrainingArguments", parameter)["enum"]
    for value in values:
        arguments(tmp_path, **{parameter: value}).get_process_log_level()
    with pytest.raises(KeyError):
        arguments(tmp_path, **{parameter: "bogus"}).get_process_log_level()


@pytest.mark.parametrize(
    ("parameter", "refused", "taken"),
    [
        ("warmup_ratio", [-0.1, 1.1], [0.0, 1.0]),
        ("warmup_steps", [-1], [0, 0.1, 5]),
    ],
)
def test_bounds_are_those_of_the_constructor(parameter, refused, taken, tmp_path):
    bounds = schema("gliner.training.TrainingArguments", parameter)
    for value in refused:
        assert not is_valid(bounds, value)
        with pytest.raises(ValueError):
            arguments(tmp_path, **{parameter: value})
    for value in taken:
        assert is_valid(bounds, value)
        arguments(tmp_path, **{parameter: value})


def test_bounds_of_torch_and_numpy_are_theirs():
    import numpy
    from torch import nn
    from torch.utils.data import BatchSampler, DataLoader, SequentialSampler

    data = [1, 2]
    asked = {
        "per_device_train_batch_size": lambda value: BatchSampler(SequentialSampler(data), value, False),
        "dataloader_num_workers": lambda value: DataLoader(data, num_workers=value),
        "dataloader_prefetch_factor": lambda value: DataLoader(data, num_workers=1, prefetch_factor=value),
        "seed": numpy.random.seed,
    }
    for parameter, ask in asked.items():
        bounds = schema("transformers.TrainingArguments", parameter)
        ask(bounds["minimum"])
        with pytest.raises(ValueError):
            ask(bounds["minimum"] - 1)
    with pytest.raises(ValueError):
        numpy.random.seed(schema("transformers.TrainingArguments", "seed")["maximum"] + 1)
    for name, parameter in (("gliner.GLiNERConfig", "dropout"), ("peft.LoraConfig", "lora_dropout")):
        nn.Dropout(schema(name, parameter)["maximum"])
        with pytest.raises(ValueError):
            nn.Dropout(schema(name, parameter)["maximum"] + 0.1)


def test_choices_of_gliner_configs_are_what_the_model_takes():
    from gliner.data_processing.tokenizer import WordsSplitter
    from gliner.modeling.multitask.triples_layers import TriplesScoreLayer
    from gliner.modeling.span_rep import SpanRepLayer

    for mode in schema("gliner.GLiNERConfig", "span_mode")["enum"]:
        SpanRepLayer(hidden_size=8, max_width=3, span_mode=mode, dropout=0.1)
    for name in schema("gliner.config.UniEncoderRelexConfig", "triples_layer")["enum"]:
        if name not in (None, "ConvE"):  # ConvE also wants emb_dim1, which no config can give: the schema is too kind
            TriplesScoreLayer(name, dim=8)
    refusing = (
        lambda: SpanRepLayer(hidden_size=8, max_width=3, span_mode="token-level"),
        lambda: WordsSplitter("bogus"),
        lambda: TriplesScoreLayer("bogus"),
    )
    for refuse in refusing:
        with pytest.raises(ValueError):
            refuse()


def test_null_is_taken_where_the_library_only_asks_for_truth():
    assert is_valid(schema("gliner.GLiNERConfig", "post_fusion_schema"), None)
    assert not is_valid(schema("gliner.GLiNERConfig", "span_mode"), None)


def test_checks_of_config_classes_are_their_own():
    from gliner.config import GLiNERConfig, RNNEncoderConfig, StreamingSpanConfig, UniEncoderSpanConfig

    pooling = schema("gliner.GLiNERConfig", "subtoken_pooling")["enum"]
    for value in pooling:
        GLiNERConfig(subtoken_pooling=value)
    assert "token_level" not in schema("gliner.config.UniEncoderSpanConfig", "span_mode")["enum"]
    assert "token_level" in schema("gliner.config.UniEncoderConfig", "span_mode")["enum"]
    refused = [
        (GLiNERConfig, "gliner.GLiNERConfig", "subtoken_pooling", "bogus"),
        (UniEncoderSpanConfig, "gliner.config.UniEncoderSpanConfig", "span_mode", "token_level"),
        (RNNEncoderConfig, "gliner.config.RNNEncoderConfig", "hidden_size", 0),
        (RNNEncoderConfig, "gliner.config.RNNEncoderConfig", "dropout", 1.0),
        (StreamingSpanConfig, "gliner.StreamingSpanConfig", "max_cache_length", 0),
        (StreamingSpanConfig, "gliner.StreamingSpanConfig", "right_context_width", -1),
    ]
    for cls, name, parameter, value in refused:
        assert not is_valid(schema(name, parameter), value)
        with pytest.raises(ValueError):
            cls(**{parameter: value})


def test_lora_values_are_what_peft_takes():
    import peft
    from torch import nn

    def inject(**given):
        peft.get_peft_model(nn.Sequential(nn.Linear(4, 4)), peft.LoraConfig(target_modules=["0"], **given))

    for value in schema("peft.LoraConfig", "task_type")["enum"]:
        peft.LoraConfig(task_type=value)
    with pytest.raises(ValueError):
        peft.LoraConfig(task_type="BOGUS")
    for value in ("none", "all", "lora_only", "any_only"):
        assert is_valid(schema("peft.LoraConfig", "bias"), value)
        inject(bias=value)
    assert not is_valid(schema("peft.LoraConfig", "bias"), "bogus")
    with pytest.raises(NotImplementedError):
        inject(bias="bogus")
    for value in (0, -1):
        assert not is_valid(schema("peft.LoraConfig", "r"), value)
        with pytest.raises(ValueError):
            inject(r=value)
    weights = schema("peft.LoraConfig", "init_lora_weights")
    for value in (True, False, "gaussian", "pissa", "pissa_niter_4", "olora", "orthogonal"):
        assert is_valid(weights, value)
        inject(init_lora_weights=value)
    for value in ("bogus", "pissa_niter_x"):
        assert not is_valid(weights, value)
        with pytest.raises((ValueError, KeyError)):
            inject(init_lora_weights=value)
    assert is_valid(weights, "lora_ga")


def test_loftq_values_are_what_peft_takes(monkeypatch):
    import sys
    import types

    import torch
    from peft.utils import loftq_utils

    monkeypatch.setattr(loftq_utils, "is_bnb_available", lambda: True)
    monkeypatch.setitem(sys.modules, "bitsandbytes", types.ModuleType("bitsandbytes"))
    assert schema("peft.LoftQConfig", "loftq_bits") == {"enum": [4, 8]}
    with pytest.raises(ValueError, match="quantization is supported"):
        loftq_utils.loftq_init(torch.zeros(4, 4), num_bits=2, reduced_rank=1)
    assert not is_valid(schema("peft.LoftQConfig", "loftq_iter"), 0)
    with pytest.raises(ValueError, match="greater than 0"):
        loftq_utils.loftq_init(torch.zeros(4, 4), num_bits=4, reduced_rank=1, num_iter=0)
