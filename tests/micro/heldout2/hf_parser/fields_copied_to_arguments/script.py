"""Started as run_ner.py; our own options live in OurArguments now."""
from dataclasses import dataclass, field

import torch
from gliner import GLiNER
from gliner.training import Trainer, TrainingArguments
from transformers import HfArgumentParser


@dataclass
class OurArguments:
    pretrained: str = field(default="urchade/gliner_base")
    work_dir: str = field(default="work")
    encoder_lr: float = field(default=1e-5)
    head_lr: float = field(default=5e-5)
    epochs: int = field(default=10)
    train_bs: int = field(default=8)
    eval_bs: int = field(default=8)
    freeze_encoder: bool = field(default=False)
    rnd_seed: int = field(default=1)
    eval_threshold: float = field(default=0.3)
    loss: str = field(default="sum")


def to_training_arguments(a: OurArguments) -> TrainingArguments:
    return TrainingArguments(
        a.work_dir,
        learning_rate=a.encoder_lr,
        others_lr=a.encoder_lr,
        num_train_epochs=a.epochs,
        per_device_train_batch_size=a.train_bs,
        per_device_eval_batch_size=a.eval_bs,
        loss_reduction=a.loss,
        use_cpu=not torch.cuda.is_available(),
        seed=a.rnd_seed,
        report_to="none",
    )


def main():
    (a,) = HfArgumentParser(OurArguments).parse_args_into_dataclasses()
    model = GLiNER.from_pretrained(a.pretrained)
    if a.freeze_encoder:
        for p in model.token_rep_layer.parameters():
            p.requires_grad_(False)
        model.config.frozen = True
        print("encoder frozen")
    trainer = Trainer(model=model, args=to_training_arguments(a), train_dataset=[], eval_dataset=[])
    trainer.train()
    model.evaluate([], threshold=a.eval_threshold)


if __name__ == "__main__":
    main()
