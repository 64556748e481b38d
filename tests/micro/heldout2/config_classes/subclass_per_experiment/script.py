import argparse

from gliner import GLiNER
from gliner.training import Trainer, TrainingArguments


class BaseConfig:
    base = "urchade/gliner_small-v2.1"
    out = "ckpt"
    lr = 1e-5
    lr_head = 5e-5
    batch = 8
    steps = 1000
    schedule = "linear"
    warmup = 0.1
    compile = False


class LargeConfig(BaseConfig):
    lr_large = 5e-6
    accum = 4


CONFIGS = {"base": BaseConfig, "large": LargeConfig}


def train(cfg):
    model = GLiNER.from_pretrained(cfg.base)
    if cfg.compile:
        model.compile()
    args = TrainingArguments(
        output_dir=cfg.out,
        learning_rate=getattr(cfg, "lr_large", cfg.lr),
        others_lr=cfg.lr_head,
        per_device_train_batch_size=cfg.batch,
        gradient_accumulation_steps=getattr(cfg, "accum", 1),
        max_steps=cfg.steps,
        lr_scheduler_type=cfg.schedule,
        warmup_ratio=0.05,
    )
    trainer = Trainer(model=model, args=args, train_dataset=[], eval_dataset=[])
    trainer.train()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--exp", choices=list(CONFIGS), default="large")
    opts = parser.parse_args()
    train(CONFIGS[opts.exp]())


if __name__ == "__main__":
    main()
