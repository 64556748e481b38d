import json
import sys

from transformers import AutoModelForTokenClassification, Trainer, TrainingArguments

# our name -> name of transformers
RENAME = {
    "lr": "learning_rate",
    "batch": "per_device_train_batch_size",
    "eval_batch": "per_device_eval_batch_size",
    "epochs": "num_train_epochs",
    "decay": "weight_decay",
    "dir": "output_dir",
    "accumulate": "gradient_accumulation_steps",
}


def translate(options):
    kwargs = {}
    for ours, theirs in RENAME.items():
        if ours in options:
            kwargs[theirs] = options[ours]
    return kwargs


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else "options.json"
    with open(path) as f:
        options = json.load(f)
    kwargs = translate(options)
    kwargs["warmup_ratio"] = 0.1
    args = TrainingArguments(**kwargs)
    model = AutoModelForTokenClassification.from_pretrained(options["pretrained"])
    trainer = Trainer(model=model, args=args, train_dataset=[])
    trainer.train()


if __name__ == "__main__":
    main()
