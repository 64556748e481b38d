import argparse

import yaml
from gliner import GLiNER


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", default="config.yaml")
    args = parser.parse_args()
    cfg = yaml.safe_load(open(args.config))
    model = GLiNER.from_pretrained(cfg["model"])
    warmup = cfg.get("warmup_ratio") or 0.1
    decay = cfg.get("decay")
    if not decay:
        decay = 0.01
    model.train_model(
        [], [],
        output_dir=cfg["out"],
        warmup_ratio=warmup,
        weight_decay=decay,
        others_lr=cfg.get("others_lr") or cfg["lr"],
        learning_rate=cfg["lr"],
        freeze_components=cfg.get("freeze") or None,
    )


if __name__ == "__main__":
    main()
