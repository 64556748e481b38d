import yaml
from gliner import GLiNER


def train(c):
    loss = c["loss"]
    model = GLiNER.from_pretrained(c["checkpoint"])
    model.train_model(
        train_dataset=[],
        eval_dataset=[],
        output_dir=c["output"],
        **({"focal_loss_alpha": loss["alpha"], "focal_loss_gamma": loss["gamma"]} if loss["focal"] else {}),
        **(c.get("extra") or {}),
    )


def main():
    train(yaml.safe_load(open("config.yaml")))


if __name__ == "__main__":
    main()
