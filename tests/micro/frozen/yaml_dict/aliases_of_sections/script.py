import sys

import yaml
from gliner import GLiNER


def read(path):
    with open(path) as f:
        return yaml.load(f, Loader=yaml.SafeLoader)


def main(path):
    cfg = read(path)
    t = cfg["training"]
    opt = t["optimizer"]
    batch = t["batch"]
    gliner = GLiNER.from_pretrained(cfg["base_model"])
    gliner.train_model(
        train_dataset=[],
        eval_dataset=[],
        output_dir=t["out"],
        learning_rate=opt["encoder_lr"],
        others_lr=opt["head_lr"],
        per_device_train_batch_size=batch["train"],
        per_device_eval_batch_size=batch["train"],
        max_steps=t["steps"],
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "config.yaml")
