import torch
import yaml
from transformers import Trainer, TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    batch = cfg["batch_size"]
    lr = cfg["lr"]
    kwargs = dict(output_dir=cfg["out"], learning_rate=lr, seed=cfg["seed"])
    if not torch.cuda.is_available():
        batch = 2
    kwargs["per_device_train_batch_size"] = batch
    kwargs["seed"] = 42
    Trainer(model=None, args=TrainingArguments(**kwargs)).train()


if __name__ == "__main__":
    main()
