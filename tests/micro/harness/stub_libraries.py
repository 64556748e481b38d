"""Stand-ins for gliner, peft, torch, datasets, wandb and accelerate."""

from __future__ import annotations

import dataclasses
import types
from typing import Any, ClassVar

from .record import StandIn, StandInModule, canonical, machine, recorder
from .stub_transformers import Trainer, TrainingArguments


@dataclasses.dataclass
class GlinerTrainingArguments(TrainingArguments):
    """gliner 0.2.29, training/trainer.py:48."""

    sink_name: ClassVar[str] = "gliner.training.TrainingArguments"
    cache_dir: str | None = None
    others_lr: float | None = None
    others_weight_decay: float | None = 0.0
    focal_loss_alpha: float | None = -1
    focal_loss_gamma: float | None = 0
    focal_loss_prob_margin: float | None = 0
    label_smoothing: float | None = 0
    loss_reduction: str | None = "sum"
    negatives: float | None = 1.0
    masking: str | None = "global"


class GlinerTrainer(Trainer):
    sink_name = "gliner.training.Trainer"


class GLiNER(StandIn):
    """Loading and training record; the rest of the model is a stand-in."""

    def __init__(self, path: str = "gliner.GLiNER") -> None:
        super().__init__(path)
        object.__setattr__(self, "config", types.SimpleNamespace())

    @classmethod
    def from_pretrained(cls, model_id: Any, **kwargs: Any) -> GLiNER:
        recorder().sink("gliner.GLiNER.from_pretrained", {"model_id": model_id, **kwargs})
        return cls()

    @classmethod
    def from_config(cls, config: Any, **kwargs: Any) -> GLiNER:
        plain = canonical(config)
        settings = plain if isinstance(plain, dict) else {"config": plain}
        recorder().sink("gliner.GLiNER.from_config", {**settings, **kwargs})
        return cls()

    def to(self, *args: Any, **kwargs: Any) -> GLiNER:
        recorder().use("model.to", list(args), kwargs)
        return self

    def create_training_args(self, output_dir: Any, **kwargs: Any) -> StandIn:
        recorder().sink("gliner.GLiNER.create_training_args", {"output_dir": output_dir, **kwargs})
        return StandIn("gliner.training.TrainingArguments()")

    def train_model(
        self,
        train_dataset: Any,
        eval_dataset: Any = None,
        training_args: Any = None,
        freeze_components: Any = None,
        compile_model: Any = None,
        output_dir: Any = None,
        **kwargs: Any,
    ) -> GlinerTrainer:
        named = {
            "training_args": training_args,
            "freeze_components": freeze_components,
            "compile_model": compile_model,
            "output_dir": output_dir,
        }
        given = {name: value for name, value in named.items() if value is not None}
        recorder().sink(
            "gliner.GLiNER.train_model",
            {"train_dataset": train_dataset, "eval_dataset": eval_dataset, **given, **kwargs},
        )
        return StandIn("gliner.training.Trainer()")  # type: ignore[return-value]


def sink_class(path: str, params: str) -> type:
    """A class whose construction is recorded under ``path``; ``params`` are its positional parameters."""
    names = params.split()
    base_name = path.rpartition(".")[2]

    def build(self: Any, *args: Any, **kwargs: Any) -> None:
        StandIn.__init__(self, f"{path}()")
        given = {**dict(zip(names, args, strict=False)), **kwargs}
        groups = given.get("params")
        if isinstance(groups, list):
            for group in (g for g in groups if isinstance(g, dict)):
                for name, value in group.items():
                    if name != "params":
                        recorder().sink(f"{path}:group", {name: value})
        recorder().sink(path, given)

    return type(base_name, (StandIn,), {"__init__": build})


def torch_modules() -> list[types.ModuleType]:
    torch, optim = StandInModule("torch"), StandInModule("torch.optim")
    schedulers, nn = StandInModule("torch.optim.lr_scheduler"), StandInModule("torch.nn")
    utils, data, cuda = StandInModule("torch.utils"), StandInModule("torch.utils.data"), StandInModule("torch.cuda")
    optim.AdamW = sink_class("torch.optim.AdamW", "params lr betas eps weight_decay amsgrad")
    optim.Adam = sink_class("torch.optim.Adam", "params lr betas eps weight_decay amsgrad")
    optim.SGD = sink_class("torch.optim.SGD", "params lr momentum dampening weight_decay nesterov")
    optim.Adafactor = sink_class("torch.optim.Adafactor", "params lr beta2_decay eps d weight_decay")
    for name, params in (
        ("StepLR", "optimizer step_size gamma"),
        ("CosineAnnealingLR", "optimizer T_max eta_min"),
        ("OneCycleLR", "optimizer max_lr total_steps"),
        ("LinearLR", "optimizer start_factor"),
        ("ExponentialLR", "optimizer gamma"),
        ("ReduceLROnPlateau", "optimizer mode factor patience"),
    ):
        setattr(schedulers, name, sink_class(f"torch.optim.lr_scheduler.{name}", params))
    data.DataLoader = sink_class("torch.utils.data.DataLoader", "dataset batch_size shuffle")
    data.Dataset = type("Dataset", (), {"is_stand_in": True})
    nn.Module = type("Module", (StandIn,), {"__init__": lambda self, *a, **k: StandIn.__init__(self, "model")})
    cuda.is_available = cuda.is_bf16_supported = lambda: machine["cuda"]
    torch.optim, torch.nn, torch.utils, torch.cuda = optim, nn, utils, cuda
    optim.lr_scheduler, utils.data = schedulers, data
    torch.device = lambda name: name
    return [torch, optim, schedulers, nn, utils, data, cuda]


def wandb_module() -> types.ModuleType:
    """``init(config=…)`` and ``config.update`` keep a record of the config; other arguments name the run."""
    wandb = StandInModule("wandb")

    def init(**kwargs: Any) -> StandIn:
        recorder().log(kwargs.pop("config", None))
        recorder().use("wandb.init", kwargs)
        return StandIn("wandb.run")

    def log(*values: Any, **_: Any) -> None:
        recorder().log(list(values))

    wandb.init = init
    wandb.log = log
    wandb.config = types.SimpleNamespace(update=log)
    return wandb


def modules() -> dict[str, types.ModuleType]:
    gliner, training = StandInModule("gliner"), StandInModule("gliner.training")
    gliner.GLiNER, gliner.training = GLiNER, training
    training.TrainingArguments, training.Trainer = GlinerTrainingArguments, GlinerTrainer
    peft, datasets = StandInModule("peft"), StandInModule("datasets")
    peft.LoraConfig = sink_class("peft.LoraConfig", "task_type peft_type")
    collator = StandInModule("gliner.data_processing.collator")
    loose = [StandInModule(name) for name in ("accelerate", "gliner.data_processing", "gliner.model", "gliner.utils")]
    stubs = [gliner, training, peft, datasets, collator, wandb_module(), *torch_modules(), *loose]
    return {module.__name__: module for module in stubs}
