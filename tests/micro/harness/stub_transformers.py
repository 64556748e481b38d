"""Stand-ins for transformers and trl: argument classes that record, trainers, ``HfArgumentParser``."""

from __future__ import annotations

import argparse
import dataclasses
import inspect
import json
import types
import typing
from pathlib import Path
from typing import Any, ClassVar

import yaml

from .record import StandIn, StandInModule, recorder


class Recorded(type):
    """Records the arguments of a construction that belong to the nearest library class, and later assignments."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        library: Any = next(base for base in cls.__mro__ if "sink_name" in vars(base))
        instance = super().__call__(*args, **kwargs)
        init = inspect.signature(cls.__init__)  # type: ignore[misc]
        bound = init.bind(instance, *args, **kwargs).arguments
        given = {**bound, **bound.get("kwargs", {})}
        fields = {field.name: field for field in dataclasses.fields(library)}
        seen = {name: value for name, value in given.items() if name in fields}
        for name, field in fields.items():
            if name not in seen and field.default is not dataclasses.MISSING:
                value = getattr(instance, name, field.default)
                if value != field.default:
                    seen[name] = value
        recorder().sink(library.sink_name, seen)
        object.__setattr__(instance, "_built", True)
        return instance


@dataclasses.dataclass
class TrainingArguments(metaclass=Recorded):
    """The fields that training scripts set, with transformers 4.57's defaults; an unknown one is a TypeError."""

    is_stand_in: ClassVar[bool] = True
    sink_name: ClassVar[str] = "transformers.TrainingArguments"

    output_dir: str = "trainer_output"
    do_train: bool = False
    do_eval: bool = False
    overwrite_output_dir: bool = False
    eval_strategy: str = "no"
    eval_steps: float | None = None
    per_device_train_batch_size: int = 8
    per_device_eval_batch_size: int = 8
    gradient_accumulation_steps: int = 1
    learning_rate: float = 5e-5
    weight_decay: float = 0.0
    adam_beta1: float = 0.9
    adam_beta2: float = 0.999
    adam_epsilon: float = 1e-8
    max_grad_norm: float = 1.0
    num_train_epochs: float = 3.0
    max_steps: int = -1
    lr_scheduler_type: str = "linear"
    lr_scheduler_kwargs: dict[str, Any] | str | None = None
    warmup_ratio: float = 0.0
    warmup_steps: int = 0
    logging_dir: str | None = None
    logging_steps: float = 500
    logging_strategy: str = "steps"
    save_strategy: str = "steps"
    save_steps: float = 500
    save_total_limit: int | None = None
    seed: int = 42
    data_seed: int | None = None
    bf16: bool = False
    fp16: bool = False
    tf32: bool | None = None
    dataloader_num_workers: int = 0
    dataloader_pin_memory: bool = True
    dataloader_drop_last: bool = False
    run_name: str | None = None
    load_best_model_at_end: bool = False
    metric_for_best_model: str | None = None
    greater_is_better: bool | None = None
    label_smoothing_factor: float = 0.0
    optim: str = "adamw_torch"
    optim_args: str | None = None
    group_by_length: bool = False
    report_to: str | list[str] | None = None
    push_to_hub: bool = False
    hub_model_id: str | None = None
    hub_token: str | None = None
    gradient_checkpointing: bool = False
    gradient_checkpointing_kwargs: dict[str, Any] | None = None
    resume_from_checkpoint: str | None = None
    remove_unused_columns: bool = True
    deepspeed: str | None = None
    neftune_noise_alpha: float | None = None
    torch_compile: bool = False
    use_cpu: bool = False

    def __setattr__(self, name: str, value: Any) -> None:
        if getattr(self, "_built", False):
            recorder().assign(type(self).sink_name, name, value)
        object.__setattr__(self, name, value)

    def to_dict(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


@dataclasses.dataclass
class SFTConfig(TrainingArguments):
    """trl's, with the fields that scripts set."""

    sink_name: ClassVar[str] = "trl.SFTConfig"
    learning_rate: float = 2e-5
    max_length: int | None = 1024
    packing: bool = False
    dataset_text_field: str = "text"
    completion_only_loss: bool | None = None
    assistant_only_loss: bool = False
    eos_token: str | None = None


class Step(int):
    """A step number that every comparison finds; what it is compared with is a use."""

    def __eq__(self, other: object) -> bool:
        recorder().use("state.global_step ==", other)
        return True

    __hash__ = int.__hash__


class TrainerState:
    is_stand_in = True
    global_step = Step(1)
    epoch = 1.0


class Trainer:
    """Records how it is built; training only calls the callbacks."""

    is_stand_in = True
    sink_name = "transformers.Trainer"
    positional = ("model", "args", "data_collator", "train_dataset", "eval_dataset", "processing_class")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        given = {**dict(zip(self.positional, args, strict=False)), **kwargs}
        recorder().sink(self.sink_name, given)
        self.args = given.get("args")
        self.model = given.get("model")
        self.callbacks = given.get("callbacks") or []

    def train(self, *args: Any, **kwargs: Any) -> StandIn:
        """One step, as far as callbacks can tell."""
        given = {**dict(zip(("resume_from_checkpoint",), args, strict=False)), **kwargs}
        recorder().sink(f"{self.sink_name}.train", given)
        for callback in self.callbacks:
            for event in ("on_train_begin", "on_step_begin", "on_step_end", "on_log", "on_train_end"):
                if hook := getattr(callback, event, None):
                    hook(self.args, TrainerState(), StandIn("control"), model=StandIn("model"), logs={})
        return StandIn(f"{self.sink_name}.train()")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn(f"{self.sink_name}.{name}")


class SFTTrainer(Trainer):
    sink_name = "trl.SFTTrainer"


def auto_class(name: str) -> type:
    """An ``Auto…`` class whose loaders record their arguments."""

    def load(cls: type, checkpoint: Any, *args: Any, **kwargs: Any) -> StandIn:
        path = f"transformers.{cls.__name__}.from_pretrained"
        recorder().sink(path, {"pretrained_model_name_or_path": checkpoint, **kwargs})
        return StandIn(path + "()")

    return type(name, (), {"from_pretrained": classmethod(load), "from_config": classmethod(load), "is_stand_in": True})


class EarlyStoppingCallback:
    is_stand_in = True

    def __init__(self, early_stopping_patience: int = 1, early_stopping_threshold: float = 0.0) -> None:
        recorder().sink(
            "transformers.EarlyStoppingCallback",
            {"early_stopping_patience": early_stopping_patience, "early_stopping_threshold": early_stopping_threshold},
        )


class BitsAndBytesConfig:
    is_stand_in = True

    def __init__(self, **kwargs: Any) -> None:
        recorder().sink("transformers.BitsAndBytesConfig", kwargs)


class TrainerCallback:
    is_stand_in = True


def scheduler(name: str) -> Any:
    """``get_*_schedule*``: records, returns a stand-in."""
    params = ("optimizer", "num_warmup_steps", "num_training_steps", "num_cycles")
    order = ("name", *params) if name == "get_scheduler" else params

    def build(*args: Any, **kwargs: Any) -> StandIn:
        recorder().sink(f"transformers.{name}", {**dict(zip(order, args, strict=False)), **kwargs})
        return StandIn(f"transformers.{name}()")

    return build


def _plain(kind: Any) -> Any:
    """``X | None`` as X; anything else that is no class as str."""
    options = [option for option in typing.get_args(kind) if option is not type(None)]
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _plain(options[0])
    return origin or kind


class HfArgumentParser(argparse.ArgumentParser):
    """One option per dataclass field, as transformers' parser makes them."""

    def __init__(self, dataclass_types: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.dataclass_types = dataclass_types if isinstance(dataclass_types, list | tuple) else [dataclass_types]
        for kind in self.dataclass_types:
            hints = typing.get_type_hints(kind)
            for field in (f for f in dataclasses.fields(kind) if f.init):
                self._add(field, _plain(hints[field.name]))

    def _add(self, field: Any, kind: Any) -> None:
        default = field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
        required = default is dataclasses.MISSING
        shared: dict[str, Any] = {"required": required} if required else {"default": default}
        names = [f"--{field.name}"] + ([f"--{field.name.replace('_', '-')}"] if "_" in field.name else [])
        if kind is bool:
            self.add_argument(*names, type=_truth, nargs="?", const=True, **shared)
        elif kind is list:
            self.add_argument(*names, nargs="+", **shared)
        else:
            self.add_argument(*names, type=kind if kind in (int, float) else str, **shared)

    def parse_args_into_dataclasses(self, args: list[str] | None = None, **_: Any) -> tuple[Any, ...]:
        return self._build(vars(self.parse_args(args)))

    def parse_dict(self, args: dict[str, Any], allow_extra_keys: bool = False) -> tuple[Any, ...]:
        known = {field.name for kind in self.dataclass_types for field in dataclasses.fields(kind)}
        if set(args) - known and not allow_extra_keys:
            raise ValueError(f"Some keys are not used by the HfArgumentParser: {sorted(set(args) - known)}")
        return self._build(args)

    def parse_json_file(self, json_file: str, allow_extra_keys: bool = False) -> tuple[Any, ...]:
        return self.parse_dict(json.loads(Path(json_file).read_text()), allow_extra_keys)

    def parse_yaml_file(self, yaml_file: str, allow_extra_keys: bool = False) -> tuple[Any, ...]:
        return self.parse_dict(yaml.safe_load(Path(yaml_file).read_text()), allow_extra_keys)

    def _build(self, values: dict[str, Any]) -> tuple[Any, ...]:
        made = []
        for kind in self.dataclass_types:
            names = {field.name for field in dataclasses.fields(kind) if field.init}
            made.append(kind(**{name: value for name, value in values.items() if name in names}))
        return tuple(made)


def _truth(text: str | bool) -> bool:
    if str(text).lower() in ("true", "yes", "1"):
        return True
    if str(text).lower() in ("false", "no", "0"):
        return False
    raise argparse.ArgumentTypeError(f"truth value expected, got {text!r}")


def modules() -> dict[str, types.ModuleType]:
    hub = StandInModule("transformers")
    for cls in (
        TrainingArguments,
        Trainer,
        EarlyStoppingCallback,
        TrainerCallback,
        HfArgumentParser,
        BitsAndBytesConfig,
    ):
        setattr(hub, cls.__name__, cls)
    hub.Seq2SeqTrainer = Trainer
    for task in (
        "Model",
        "Config",
        "Tokenizer",
        "ModelForTokenClassification",
        "ModelForCausalLM",
        "ModelForMaskedLM",
        "ModelForSeq2SeqLM",
        "ModelForSequenceClassification",
    ):
        setattr(hub, f"Auto{task}", auto_class(f"Auto{task}"))
    for name in ("get_scheduler", "get_linear_schedule_with_warmup", "get_cosine_schedule_with_warmup"):
        setattr(hub, name, scheduler(name))
    trl = StandInModule("trl")
    trl.SFTConfig, trl.SFTTrainer = SFTConfig, SFTTrainer
    utils = StandInModule("transformers.trainer_utils")
    parser = StandInModule("transformers.hf_argparser")
    parser.HfArgumentParser = HfArgumentParser
    arguments = StandInModule("transformers.training_args")
    arguments.TrainingArguments = TrainingArguments
    return {m.__name__: m for m in (hub, trl, utils, parser, arguments)}
