import json
from types import SimpleNamespace

from transformers import TrainingArguments


def main():
    with open("settings.json") as f:
        s = json.load(f, object_hook=lambda d: SimpleNamespace(**d))
    TrainingArguments(
        output_dir=s.output,
        learning_rate=s.optimizer.lr,
        weight_decay=s.optimizer.decay,
        max_grad_norm=s.optimizer.clip,
        per_device_train_batch_size=s.loader.batch,
        dataloader_num_workers=s.loader.workers,
    )


if __name__ == "__main__":
    main()
