import itertools

import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    grid = cfg["grid"]
    for lr, batch in itertools.product(grid["lr"], grid["batch"]):
        TrainingArguments(
            output_dir=f"{cfg['out']}/{lr}-{batch}",
            learning_rate=lr,
            per_device_train_batch_size=batch,
            num_train_epochs=cfg["epochs"],
        )


if __name__ == "__main__":
    main()
