from gliner import GLiNER
from transformers import AutoModelForTokenClassification, Trainer, TrainingArguments


def train_gliner(cfg, device):
    t = cfg["train"]
    model = GLiNER.from_pretrained(cfg["model"]).to(device)
    model.train_model(
        train_dataset=[],
        eval_dataset=[],
        output_dir=cfg["output_dir"],
        learning_rate=t["lr"],
        others_lr=t["lr_others"],
        max_steps=t["steps"],
        per_device_train_batch_size=t["bs"],
        seed=t["seed"],
    )


def train_bert(cfg, device):
    t = cfg["train"]
    model = AutoModelForTokenClassification.from_pretrained(cfg["model"]).to(device)
    args = TrainingArguments(
        cfg["output_dir"],
        learning_rate=t["lr"],
        max_steps=t["steps"],
        per_device_train_batch_size=t["bs"],
        label_smoothing_factor=t["smoothing"],
    )
    Trainer(model, args, train_dataset=[]).train()


_TRAINERS = {"gliner": train_gliner, "bert": train_bert}


def get_trainer(task):
    if task not in _TRAINERS:
        raise ValueError(f"unknown task: {task}")
    return _TRAINERS[task]
