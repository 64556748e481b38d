import logging

import click
import yaml
from gliner import GLiNER

logger = logging.getLogger(__name__)


def load_config_as_namespace(path):
    with open(path) as f:
        return yaml.safe_load(f)


def merge(config, **options):
    for name, value in options.items():
        if value is not None:
            config[name] = value
    return config


@click.command()
@click.option("--config", "config_path", type=click.Path(exists=True), default="config.yaml")
@click.option("--output-dir", default=None)
@click.option("--learning-rate", type=float, default=None)
@click.option("--num-steps", type=int, default=None)
@click.option("--verbose/--quiet", default=False)
def main(config_path, output_dir, learning_rate, num_steps, verbose):
    logging.basicConfig(level=logging.DEBUG if verbose else logging.INFO)
    cfg = load_config_as_namespace(config_path)
    cfg = merge(cfg, output_dir=output_dir, learning_rate=learning_rate, num_steps=num_steps)
    for k, v in cfg.items():
        logger.info("%s = %r", k, v)

    model = GLiNER.from_pretrained(cfg["prev_path"])
    model.train_model(
        train_dataset=[],
        eval_dataset=[],
        output_dir=cfg["output_dir"],
        learning_rate=float(cfg["learning_rate"]),
        others_lr=float(cfg["learning_rate"]) * 5,
        max_steps=cfg["num_steps"],
        per_device_train_batch_size=cfg["train_batch_size"],
        save_steps=cfg["eval_every"],
        warmup_ratio=cfg["warmup_ratio"],
        max_grad_norm=cfg.get("max_grad_norm", 1.0),
    )


if __name__ == "__main__":
    main()
