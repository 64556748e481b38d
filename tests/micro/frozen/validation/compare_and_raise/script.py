import yaml
from gliner import GLiNER


def check(cfg):
    if cfg["lr"] <= 0:
        raise ValueError(f"lr must be positive, got {cfg['lr']}")
    if not 0 <= cfg["dropout"] < 1:
        raise ValueError(f"dropout must lie in [0, 1), got {cfg['dropout']}")
    if cfg["scheduler"] not in {"linear", "cosine"}:
        raise ValueError(f"unknown scheduler {cfg['scheduler']}")
    if cfg["save_steps"] > cfg["max_steps"]:
        raise ValueError("save_steps is larger than max_steps: nothing would be saved")


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    check(cfg)
    GLiNER.from_pretrained(cfg["model"]).train_model(
        [], [], output_dir="out", learning_rate=cfg["lr"], max_steps=cfg["max_steps"],
        lr_scheduler_type="linear",
    )


if __name__ == "__main__":
    main()
