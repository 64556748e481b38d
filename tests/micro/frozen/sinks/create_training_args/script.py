import yaml
from gliner import GLiNER


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    model = GLiNER.from_config(cfg["model"])
    training_args = model.create_training_args(
        cfg["output"],
        learning_rate=float(cfg["lr"]),
        max_steps=cfg["steps"],
        save_total_limit=cfg["keep"],
    )
    model.train_model(train_dataset=[], eval_dataset=[], training_args=training_args,
                      freeze_components=cfg["freeze"])


if __name__ == "__main__":
    main()
