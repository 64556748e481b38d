import json
import os

import torch
from torch.optim import AdamW
from torch.utils.data import DataLoader
from transformers import AutoModel, get_scheduler


def load_json(path):
    with open(path) as f:
        return json.load(f)


def param_groups(model, hp):
    head = {"params": model.classifier.parameters(), "lr": hp["head_lr"], "weight_decay": 0.0}
    body = {"params": model.encoder.parameters(), "lr": hp["lr"], "weight_decay": hp["weight_decay"]}
    return [body, head]


def main():
    conf = load_json("hparams.json")
    hp, io = conf["hp"], conf["io"]
    torch.manual_seed(hp.get("seed", 0))
    model = AutoModel.from_pretrained(io["init"])
    optimizer = AdamW(param_groups(model, hp), eps=hp["eps"])
    loader = DataLoader([], batch_size=hp["bs"], num_workers=io.get("workers", 0))
    num_steps = hp["steps"]
    scheduler = get_scheduler(
        hp["scheduler"], optimizer, num_warmup_steps=int(num_steps * hp["warmup"]), num_training_steps=num_steps
    )
    start = 0
    if io["resume"] is not None:
        state = torch.load(io["resume"], map_location="cpu")
        model.load_state_dict(state["model"])
    for step in range(start, 2):
        for batch in loader:
            model(**batch).loss.backward()
        optimizer.step()
        scheduler.step()
    torch.save({"model": model.state_dict()}, os.path.join(io["out"], "last.pt"))


if __name__ == "__main__":
    main()
