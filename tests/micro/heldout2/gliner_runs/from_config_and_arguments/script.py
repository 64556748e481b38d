import json
from types import SimpleNamespace

import torch
import yaml
from gliner import GLiNER
from gliner.data_processing.collator import DataCollator
from gliner.training import Trainer, TrainingArguments


def build_model(cfg):
    if cfg.get("checkpoint"):
        return GLiNER.from_pretrained(cfg["checkpoint"])
    return GLiNER.from_config(cfg["architecture"])


def build_arguments(opts):
    fp = {"bf16": opts.precision == "bf16", "fp16": opts.precision == "fp16"}
    return TrainingArguments(
        output_dir=opts.output,
        learning_rate=opts.lr,
        others_lr=opts.lr_head,
        lr_scheduler_type="linear",
        warmup_ratio=opts.warmup,
        per_device_train_batch_size=opts.batch,
        per_device_eval_batch_size=opts.batch,
        num_train_epochs=opts.epochs,
        save_steps=100,
        dataloader_num_workers=opts.workers,
        use_cpu=not torch.cuda.is_available(),
        report_to="none",
        masking=opts.masking,
        negatives=1.0,
        **fp,
    )


def main():
    with open("train.yaml") as f:
        cfg = yaml.safe_load(f)
    model = build_model(cfg)
    opts = SimpleNamespace(**cfg["options"])
    collator = DataCollator(model.config, data_processor=model.data_processor, prepare_labels=True)
    trainer = Trainer(
        model=model, args=build_arguments(opts), train_dataset=[], eval_dataset=[], data_collator=collator
    )
    trainer.train()
    print(json.dumps(cfg["options"]))


if __name__ == "__main__":
    main()
