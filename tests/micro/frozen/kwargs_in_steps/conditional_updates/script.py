import yaml
from transformers import Trainer, TrainingArguments


def build_arguments(cfg):
    kwargs = {"output_dir": cfg["output_dir"], "learning_rate": cfg["lr"]}
    if cfg.get("epochs"):
        kwargs["num_train_epochs"] = cfg["epochs"]
    else:
        kwargs["max_steps"] = cfg["max_steps"]
    if cfg["precision"] == "bf16":
        kwargs["bf16"] = True
    kwargs.update(weight_decay=cfg["wd"], seed=cfg["seed"])
    kwargs.setdefault("warmup_ratio", cfg["warmup"])
    return TrainingArguments(**kwargs)


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    Trainer(model=None, args=build_arguments(cfg)).train()


if __name__ == "__main__":
    main()
