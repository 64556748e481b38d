from gliner import GLiNER
from omegaconf import OmegaConf


def main():
    base = OmegaConf.load("config.yaml")
    cli = OmegaConf.from_cli()
    cfg = OmegaConf.merge(base, cli)
    model = GLiNER.from_config(OmegaConf.to_container(cfg.model, resolve=True))
    model.train_model(
        train_dataset=[],
        eval_dataset=[],
        output_dir=cfg.train.output,
        learning_rate=cfg.train.lr,
        others_lr=cfg.train.head_lr,
        max_steps=cfg.train.get("steps", 1000),
    )
    print(OmegaConf.to_yaml(cfg))


if __name__ == "__main__":
    main()
