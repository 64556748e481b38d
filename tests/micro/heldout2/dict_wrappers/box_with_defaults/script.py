import json
import sys

from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments


class Box:
    """Read-only view of a nested dict with attribute and item access."""

    def __init__(self, data):
        self._data = data

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name):
        value = self._data[name]
        return Box(value) if isinstance(value, dict) else value

    def get(self, name, default=None):
        return self[name] if name in self._data else default

    def to_dict(self):
        return self._data


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else "params.json"
    with open(path) as f:
        params = Box(json.load(f))
    print(json.dumps(params.to_dict(), indent=2))

    model = AutoModelForSequenceClassification.from_pretrained(params.model.checkpoint)
    hp = params.hyper
    args = TrainingArguments(
        output_dir=params["paths"]["out"],
        logging_dir=params.paths.get("logs", "tb"),
        learning_rate=hp.lr,
        per_device_train_batch_size=hp.get("bs", 8),
        num_train_epochs=hp.get("epoch", 3),
        max_grad_norm=hp.get("clip", 1.0),
    )
    Trainer(model=model, args=args, train_dataset=[]).train()


if __name__ == "__main__":
    main()
