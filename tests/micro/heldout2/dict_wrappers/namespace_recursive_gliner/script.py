import argparse
import os
from types import SimpleNamespace

import torch
import yaml
from gliner import GLiNER


def load_config_as_namespace(config_file):
    with open(config_file, "r") as f:
        config_dict = yaml.safe_load(f)

    def to_ns(value):
        if isinstance(value, dict):
            return SimpleNamespace(**{k: to_ns(v) for k, v in value.items()})
        if isinstance(value, list):
            return [to_ns(v) for v in value]
        return value

    return to_ns(config_dict)


def create_parser():
    parser = argparse.ArgumentParser(description="Span-based NER")
    parser.add_argument("--config", type=str, default="config.yaml")
    parser.add_argument("--log_dir", type=str, default="logs")
    parser.add_argument("--compile_model", action="store_true")
    return parser


def main():
    args = create_parser().parse_args()
    cfg = load_config_as_namespace(args.config)
    output = os.path.join(args.log_dir, cfg.run.name)
    os.makedirs(output, exist_ok=True)
    torch.manual_seed(cfg.run.seed)

    if cfg.model.prev_path is not None:
        model = GLiNER.from_pretrained(cfg.model.prev_path)
    else:
        model = GLiNER.from_config(vars(cfg.model))
    model.train_model(
        train_dataset=[],
        eval_dataset=[],
        output_dir=output,
        max_steps=cfg.training.num_steps,
        learning_rate=float(cfg.training.lr_encoder),
        others_lr=float(cfg.training.lr_others),
        warmup_ratio=cfg.training.warmup_ratio,
        lr_scheduler_type=cfg.training.scheduler_type,
        per_device_train_batch_size=cfg.training.train_batch_size,
        save_total_limit=cfg.training.save_total_limit,
        compile_model=args.compile_model,
    )


if __name__ == "__main__":
    main()
