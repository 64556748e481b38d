import gc

import torch
from torch.optim import AdamW
from torch.optim.lr_scheduler import OneCycleLR
from torch.utils.data import DataLoader
from transformers import AutoModelForSequenceClassification

FOLDS = 2
SEED = 2023
BACKBONE = "microsoft/deberta-v3-small"
STAGES = [
    {"epochs": 1, "lr": 1e-3, "freeze": True},
    {"epochs": 2, "lr": 2e-5, "freeze": False},
]
TRAIN_BS = 16
VALID_BS = 32
WD = 0.01
PCT_START = 0.1
CLIP = 10.0
TTA = 3


def seed_everything(seed=SEED):
    torch.manual_seed(seed)
    torch.backends.cudnn.deterministic = True


def run_stage(model, loader, stage):
    if stage["freeze"]:
        for p in model.base_model.parameters():
            p.requires_grad = False
        model.eval()
    opt = AdamW(model.parameters(), lr=stage["lr"], weight_decay=WD)
    sched = OneCycleLR(opt, max_lr=stage["lr"], total_steps=stage["epochs"] * len(loader), pct_start=PCT_START)
    for _ in range(stage["epochs"]):
        for batch in loader:
            loss = model(**batch).loss
            loss.backward()
            opt.step()
            sched.step()


seed_everything()
for fold in range(FOLDS):
    model = AutoModelForSequenceClassification.from_pretrained(BACKBONE, num_labels=1)
    loader = DataLoader([fold], batch_size=TRAIN_BS, shuffle=True)
    for stage in STAGES:
        run_stage(model, loader, stage)
    torch.save(model.state_dict(), f"{BACKBONE.replace('/', '-')}_{fold}.pt")
    del model
    gc.collect()
