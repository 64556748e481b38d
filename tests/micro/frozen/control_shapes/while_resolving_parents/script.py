from collections import ChainMap
from pathlib import Path

import yaml
from gliner import GLiNER


def chain(path):
    layers = []
    while path:
        layer = yaml.safe_load(Path(path).read_text())
        path = layer.pop("extends", None)
        layers.append(layer)
    return ChainMap(*layers)


def main():
    cfg = chain("config.yaml")
    GLiNER.from_pretrained(cfg["model"]).train_model(
        [], [], output_dir=cfg["out"], learning_rate=cfg["lr"], max_steps=cfg["steps"]
    )


if __name__ == "__main__":
    main()
