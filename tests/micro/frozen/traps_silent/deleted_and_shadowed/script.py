import yaml
from transformers import TrainingArguments


def arguments(cfg, lr=2e-5, **kw):
    lr = lr if lr is not None else cfg["lr"]
    return TrainingArguments(output_dir=cfg["out"], learning_rate=lr, **kw)


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    extra = {k: cfg[k] for k in ("weight_decay", "label_smoothing_factor", "tf32")}
    del extra["tf32"]
    extra.pop("label_smoothing_factor")
    arguments(cfg, **extra)


if __name__ == "__main__":
    main()
