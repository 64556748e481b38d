import argparse
from types import SimpleNamespace

import yaml
from gliner import GLiNER


def main(config):
    model = GLiNER.from_pretrained(config.model_name)
    model.train_model(
        [], [],
        output_dir=config.log_dir,
        learning_rate=float(config.lr_encoder),
        warmup_ratio=config.warmup_ratio,
        masking=getattr(config, "masking", "none"),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", default="config.yaml")
    with open(parser.parse_args().config) as f:
        main(SimpleNamespace(**yaml.safe_load(f)))
