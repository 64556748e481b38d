import typer
import yaml
from gliner import GLiNER

RULES = {
    "lr": (float, lambda v: v > 0),
    "steps": (int, lambda v: v > 0),
    "masking": (str, lambda v: v in ("none", "global")),
    "shuffle_types": (bool, lambda v: True),
}

app = typer.Typer()


def validate(cfg):
    for name, (kind, ok) in RULES.items():
        if name not in cfg:
            raise typer.BadParameter(f"{name} is missing")
        if not isinstance(cfg[name], kind) or not ok(cfg[name]):
            raise typer.BadParameter(f"{name}={cfg[name]!r} is not allowed")


@app.command()
def main(config: str = "config.yaml"):
    with open(config) as f:
        cfg = yaml.safe_load(f)
    validate(cfg)
    model = GLiNER.from_pretrained("urchade/gliner_small")
    model.train_model([], [], output_dir="out", learning_rate=cfg["lr"], max_steps=cfg["steps"],
                      masking=cfg["masking"], negatives=cfg["negatives"])


if __name__ == "__main__":
    app()
