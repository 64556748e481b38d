"""What the libraries accept, as far as the tracer asks: the catalog, the order of parameters, tables in the code."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .values import Site

if TYPE_CHECKING:
    from ...schemas.surface import Surface
    from .project import Module, Project

_LOADER = ("pretrained_model_name_or_path",)
_POSITIONAL: dict[str, tuple[str, ...]] = {
    "gliner.GLiNER.train_model": (
        "train_dataset", "eval_dataset", "training_args", "freeze_components", "compile_model", "output_dir",
    ),
    "gliner.GLiNER.create_training_args": (
        "output_dir", "learning_rate", "weight_decay", "others_lr", "others_weight_decay", "focal_loss_alpha",
    ),
    "gliner.GLiNER.from_config": ("config", "cache_dir"),
    "gliner.GLiNER.load_from_config": ("config",),
    "gliner.GLiNER.from_pretrained": ("model_id", "revision", "cache_dir"),
    "gliner.training.Trainer": ("model", "args", "data_collator", "train_dataset", "eval_dataset"),
    "gliner.training.Trainer.train": ("resume_from_checkpoint",),
    "transformers.Trainer": ("model", "args", "data_collator", "train_dataset", "eval_dataset"),
    "transformers.Seq2SeqTrainer": ("model", "args", "data_collator", "train_dataset", "eval_dataset"),
    "transformers.get_scheduler": ("name", "optimizer", "num_warmup_steps", "num_training_steps"),
    "transformers.EarlyStoppingCallback": ("early_stopping_patience", "early_stopping_threshold"),
    "trl.SFTTrainer": ("model", "args", "data_collator", "train_dataset", "eval_dataset"),
    "trl.DPOTrainer": ("model", "ref_model", "args", "data_collator", "train_dataset", "eval_dataset"),
    "peft.get_peft_model": ("model", "peft_config", "adapter_name"),
    "peft.PeftModel.from_pretrained": ("model", "model_id", "adapter_name"),
    "torch.optim.SGD": ("params", "lr", "momentum", "dampening", "weight_decay", "nesterov"),
    "torch.optim.RMSprop": ("params", "lr", "alpha", "eps", "weight_decay", "momentum"),
    "torch.optim.lr_scheduler.LambdaLR": ("optimizer", "lr_lambda", "last_epoch"),
    "torch.optim.lr_scheduler.StepLR": ("optimizer", "step_size", "gamma", "last_epoch"),
    "torch.optim.lr_scheduler.CosineAnnealingLR": ("optimizer", "T_max", "eta_min", "last_epoch"),
    "torch.utils.data.DataLoader": ("dataset", "batch_size", "shuffle", "sampler", "batch_sampler", "num_workers"),
    "torch.nn.utils.clip_grad_norm_": ("parameters", "max_norm", "norm_type"),
}  # fmt: skip
"""Order of the parameters that scripts give by position, where the catalog and the source are not at hand."""


class Tables:
    """Constant tables of the code: which name holds a literal that stands at a given site."""

    def __init__(self) -> None:
        self._spans: dict[str, list[tuple[int, int, str]]] = {}

    def name_at(self, project: Project, site: Site) -> str | None:
        spans = self._spans.get(site.file)
        if spans is None:
            module = next((m for m in project.modules.values() if m is not None and m.file == site.file), None)
            spans = self._spans[site.file] = _tables(module) if module is not None else []
        inside = [(end - start, name) for start, end, name in spans if start <= site.line <= end]
        return min(inside)[1] if inside else None


def _tables(module: Module) -> list[tuple[int, int, str]]:
    """Assignments of displays with at least two entries, as (first line, last line, name)."""
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            target, value = node.target, node.value
        else:
            continue
        if not isinstance(target, ast.Name) or not _is_table(value):
            continue
        site = module.site(value)
        found.append((site.line, site.end_line, target.id))
    return found


def _is_table(node: ast.expr) -> bool:
    if isinstance(node, ast.Call) and node.args and not node.keywords:
        return _is_table(node.args[0])
    if isinstance(node, ast.Dict):
        return len(node.keys) >= 1 and all(isinstance(k, ast.Constant) for k in node.keys)
    return (
        isinstance(node, ast.List | ast.Tuple | ast.Set)
        and bool(node.elts)
        and all(isinstance(e, ast.Constant | ast.Tuple | ast.List) for e in node.elts)
    )


class Surfaces:
    """The surfaces at the versions in force. `versions` maps a distribution to its version."""

    def __init__(self, versions: Mapping[str, str] | None = None) -> None:
        self.versions = dict(versions or {})
        self.tables = Tables()
        self._known: dict[str, Surface | None] = {}

    def surface(self, name: str) -> Surface | None:
        """The catalog's surface of that name at the version in force; None when the catalog does not know it."""
        if name not in self._known:
            self._known[name] = self._load(name)
        return self._known[name]

    def _load(self, name: str) -> Surface | None:
        try:
            from ...schemas import catalog
        except ImportError:
            return None
        distribution = catalog.distribution_of(name)
        if distribution is None:
            return None
        wanted = self.versions.get(distribution)
        version = catalog.nearest(distribution, wanted)[0] if wanted else catalog.newest(distribution)
        return catalog.surface(name, version, self.versions or None)

    def positional(self, name: str) -> tuple[str, ...]:
        """Names of the parameters that can be given by position, in order."""
        if name.endswith(".from_pretrained") and name not in _POSITIONAL:
            return _LOADER
        known = _POSITIONAL.get(name)
        if known is not None:
            return known
        found = self.surface(name)
        if found is not None:
            return tuple(found.parameters)
        if name.startswith("torch.optim.lr_scheduler."):
            return ("optimizer",)
        if name.startswith("torch.optim."):
            return ("params", "lr", "betas", "eps", "weight_decay")
        if name.startswith("transformers.get_"):
            return ("optimizer", "num_warmup_steps", "num_training_steps")
        return ("output_dir",) if name.endswith("TrainingArguments") else ()
