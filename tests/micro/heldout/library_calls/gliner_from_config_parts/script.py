import yaml
from gliner import GLiNER
from gliner.training import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    model = GLiNER.from_config({"model_name": cfg["model"]["backbone"], "max_width": cfg["model"]["width"], "dropout": 0.4})
    args = model.create_training_args(cfg["out"], learning_rate=float(cfg["lr"]), bf16=cfg["bf16"])
    model.train_model([], [], training_args=args, freeze_components=cfg["freeze"])


main()
