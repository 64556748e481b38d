import yaml
from gliner import GLiNER

FIELDS = {
    "learning_rate": {"type": float, "default": 1e-5},
    "others_lr": {"type": float, "default": 5e-5},
    "max_steps": {"type": int, "default": 1000},
    "loss_reduction": {"type": str, "default": "sum"},
}


class Hyper:
    pass


def load(path):
    with open(path) as f:
        raw = yaml.safe_load(f)
    hyper = Hyper()
    for name, spec in FIELDS.items():
        setattr(hyper, name, spec["type"](raw.get(name, spec["default"])))
    return hyper, raw


def main():
    hyper, raw = load("config.yaml")
    model = GLiNER.from_pretrained("urchade/gliner_base")
    model.train_model([], [], output_dir=raw["output"], **vars(hyper))


if __name__ == "__main__":
    main()
