import yaml
from gliner import GLiNER

FORWARD = [
    ("training.lr", "learning_rate"),
    ("training.others_lr", "others_lr"),
    ("training.steps", "max_steps"),
    ("loss.alpha", "focal_loss_alpha"),
    ("io.output", "output_dir"),
]


def dig(cfg, path, default=None):
    node = cfg
    for part in path.split("."):
        if not isinstance(node, dict) or part not in node:
            return default
        node = node[part]
    return node


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    kwargs = {target: dig(cfg, path) for path, target in FORWARD}
    GLiNER.from_pretrained(dig(cfg, "model.name", "urchade/gliner_base")).train_model([], [], **kwargs)


if __name__ == "__main__":
    main()
