from types import SimpleNamespace

import yaml
from gliner import GLiNER


def main():
    with open("config.yaml") as f:
        cfg = SimpleNamespace(**yaml.safe_load(f))
    model = GLiNER.from_pretrained(cfg.prev_path)
    model.train_model(
        train_dataset=[],
        eval_dataset=[],
        output_dir=cfg.log_dir,
        max_steps=cfg.num_steps,
        negatives=getattr(cfg, "neg_ratio", 1.0),
        masking=getattr(cfg, "masking", "none"),
        focal_loss_alpha=getattr(cfg, "loss_alpha", -1),
        freeze_components=getattr(cfg, "freeze", None),
    )
    if hasattr(cfg, "hub_name"):
        model.push_to_hub(cfg.hub_name)


if __name__ == "__main__":
    main()
