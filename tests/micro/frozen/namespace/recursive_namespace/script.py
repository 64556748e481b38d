import argparse
from types import SimpleNamespace

import yaml
from gliner import GLiNER


def namespace(node):
    if isinstance(node, dict):
        return SimpleNamespace(**{k: namespace(v) for k, v in node.items()})
    return node


def main(cfg):
    model = GLiNER.from_config(vars(cfg.model))
    model.train_model(
        train_dataset=[],
        eval_dataset=None,
        output_dir=cfg.data.root,
        learning_rate=float(cfg.training.lr_encoder),
        others_lr=float(cfg.training.lr_others),
        lr_scheduler_type=cfg.training.scheduler_type,
        warmup_ratio=cfg.training.warmup_ratio,
        max_steps=cfg.training.num_steps,
        save_steps=cfg.training.eval_every,
        logging_steps=cfg.training.eval_every,
    )


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--config", type=str, default="config.yaml")
    a = p.parse_args()
    with open(a.config) as f:
        main(namespace(yaml.safe_load(f)))
