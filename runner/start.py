"""`gliner-audit init`: a commented config to start from, and with --tiny a kit that trains offline within a minute."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from .errors import USAGE, RunError

SCHEMA_FILE: Final = "gliner.schema.json"
_TEMPLATE: Final = """\
# yaml-language-server: $schema={schema}
# A GLiNER training config. Lint it: gliner-audit {name}    Train: gliner-audit run {name}

model:
  model_name: {encoder}  # a hub name or a local folder with the encoder and its tokenizer
  span_mode: markerV0  # markerV0 for short entities, token_level for long ones
  max_width: {width}  # longest entity in words; longer ones cannot be found
  hidden_size: {hidden}
  dropout: {dropout}
  subtoken_pooling: first
  max_types: 25  # label names shown to the model per example in training
  max_len: {length}  # words; longer texts are cut

data:
  root_dir: {output}  # the model, its checkpoints and the receipt
  train_data: {train}  # GLiNER JSON or JSONL: {{"tokenized_text": [...], "ner": [[first, last, "label"], ...]}}
  val_data_dir: {eval}  # null trains without evaluation

training:
  max_steps: {steps}  # or -1, and num_train_epochs decides
  per_device_train_batch_size: 8
  learning_rate: {rate}  # the encoder; write the dot, YAML reads 1e-5 as text
  others_lr: {others}  # everything else
  weight_decay: 0.01
  others_weight_decay: 0.01
  lr_scheduler_type: cosine
  warmup_steps: 0.05  # a share of the run below 1, whole steps from 1 on
  max_grad_norm: {norm}

  focal_loss_alpha: 0.75
  focal_loss_gamma: 2
  loss_reduction: sum  # or mean
  masking: none  # none, global, label or span

  eval_strategy: steps
  eval_steps: {every}
  save_steps: {every}
  save_total_limit: 2
  logging_steps: {log}
  seed: 42
"""
_USUAL: Final = {
    "encoder": "microsoft/deberta-v3-small",
    "width": 12,
    "hidden": 512,
    "dropout": 0.3,
    "length": 384,
    "output": "runs/ner",
    "train": "data/train.json",
    "eval": "data/eval.json",
    "steps": 5000,
    "rate": "1.0e-5",
    "others": "3.0e-5",
    "norm": 1.0,
    "every": 500,
    "log": 50,
}
_TINY: Final = {
    "width": 4,
    "hidden": 32,
    "dropout": 0.1,
    "length": 64,
    "steps": 240,
    "rate": "2.0e-3",
    "others": "2.0e-3",
    "norm": 10.0,
    "every": 120,
    "log": 20,
}


def write_config(target: str, *, tiny: bool = False, force: bool = False) -> list[str]:
    """Write a config to `target` and the dialect's schema beside it; with `tiny` an encoder and data in `tiny/` too.

    Returns the paths that were written. Raises RunError (exit 2) rather than write over a file.
    """
    config = Path(target)
    schema = config.with_name(SCHEMA_FILE)
    folder = config.parent / "tiny"
    for path in (config, *((folder,) if tiny else ())):
        if path.exists() and not force:
            raise RunError(f"{path} is there already; --force writes over it", USAGE, "refused")
    values = dict(_USUAL)
    if tiny:
        from transformers.utils import logging

        from .tiny import make_tiny

        logging.disable_progress_bar()
        kit = make_tiny(folder)
        values |= _TINY | {"encoder": kit.encoder, "train": kit.train, "eval": kit.eval}
        values["output"] = str(config.parent / "runs" / "tiny")
    config.parent.mkdir(parents=True, exist_ok=True)
    from ..audit.documents.edit import write_atomic

    write_atomic(str(config), _TEMPLATE.format(schema=schema.name, name=config.name, **values))
    write_atomic(str(schema), _schema())
    return [str(config), str(schema), *((str(folder),) if tiny else ())]


def _schema() -> str:
    import json

    from ..audit.config import Surfaces
    from ..audit.dialects import DIALECTS
    from ..audit.dialects.published import published
    from ..schemas import catalog

    newest = {name: catalog.newest(name) for name in ("transformers", "gliner", "peft")}
    return json.dumps(published(Surfaces(DIALECTS["gliner"], newest)), indent=1) + "\n"
