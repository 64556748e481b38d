import yaml
from gliner import GLiNER


def finetune(model, output_dir, lr=1e-5, steps=1000, **_):
    return model.train_model([], [], output_dir=output_dir, learning_rate=lr, max_steps=steps)


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    model = GLiNER.from_pretrained(cfg.pop("model"))
    finetune(model, **cfg)


if __name__ == "__main__":
    main()
