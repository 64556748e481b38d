import logging

import torch
import yaml
from torch.utils.data import DataLoader
from transformers import AutoModelForSequenceClassification

logger = logging.getLogger(__name__)


def build(cfg, model):
    opt_cfg = cfg["optimizer"]
    optimizer = getattr(torch.optim, opt_cfg["name"])(model.parameters(), **opt_cfg["params"])
    sch_cfg = cfg.get("scheduler", {})
    scheduler = None
    if sch_cfg.get("enabled", False):
        scheduler = getattr(torch.optim.lr_scheduler, sch_cfg["name"])(optimizer, **sch_cfg["params"])
    return optimizer, scheduler


def train(cfg):
    model = AutoModelForSequenceClassification.from_pretrained(cfg["model"])
    loader = DataLoader([], batch_size=cfg["batch_size"])
    optimizer, scheduler = build(cfg, model)
    scaler = torch.cuda.amp.GradScaler(enabled=cfg["amp"])
    for epoch in range(cfg["epochs"]):
        optimizer.zero_grad()
        for i, batch in enumerate(loader):
            loss = model(**batch).loss / cfg["accumulate"]
            scaler.scale(loss).backward()
            scaler.step(optimizer)
            scaler.update()
        if scheduler is not None:
            scheduler.step()
        logger.info("epoch %s", epoch)
    torch.save(model.state_dict(), cfg["checkpoint"])


if __name__ == "__main__":
    with open("config.yml") as f:
        config = yaml.load(f, Loader=yaml.FullLoader)
    logger.info(config)
    train(config)
