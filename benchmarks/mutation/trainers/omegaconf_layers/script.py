"""GLiNER training from layered OmegaConf files: defaults in the code, a file, then the command line."""

from gliner import GLiNER
from gliner.training import Trainer, TrainingArguments
from omegaconf import OmegaConf

DEFAULTS = {
    "output_dir": "runs",
    "seed": 42,
    "optim": {"lr": 1e-5, "head_lr": 5e-5, "weight_decay": 0.01, "clip": 1.0},
    "schedule": {"type": "linear", "warmup_ratio": 0.1, "steps": 1000},
    "loss": {"alpha": -1, "gamma": 0.0},
}


def load():
    return OmegaConf.merge(OmegaConf.create(DEFAULTS), OmegaConf.load("config.yaml"), OmegaConf.from_cli())


def arguments(cfg):
    optim, schedule, loss = cfg.optim, cfg.schedule, cfg.loss
    return TrainingArguments(
        output_dir=cfg.output_dir,
        seed=cfg.seed,
        learning_rate=optim.lr,
        others_lr=optim.head_lr,
        weight_decay=optim.weight_decay,
        max_grad_norm=optim.clip,
        lr_scheduler_type=schedule.type,
        warmup_ratio=schedule.warmup_ratio,
        max_steps=schedule.steps,
        focal_loss_alpha=loss.alpha,
        focal_loss_gamma=loss.gamma,
    )


def main():
    cfg = load()
    model = GLiNER.from_pretrained(cfg.model)
    Trainer(model=model, args=arguments(cfg), train_dataset=[], eval_dataset=[]).train()


if __name__ == "__main__":
    main()
