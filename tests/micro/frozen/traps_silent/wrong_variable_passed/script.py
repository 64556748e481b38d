import yaml
from gliner import GLiNER


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    lr_encoder, lr_others = float(cfg["lr_encoder"]), float(cfg["lr_others"])
    decay = cfg["weight_decay_encoder"], cfg["weight_decay_other"]
    GLiNER.from_pretrained(cfg["model"]).train_model(
        [],
        [],
        output_dir="out",
        learning_rate=lr_encoder,
        others_lr=lr_encoder,
        weight_decay=decay[0],
        others_weight_decay=decay[1],
    )


if __name__ == "__main__":
    main()
