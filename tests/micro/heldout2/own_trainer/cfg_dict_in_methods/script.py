import logging
import os

import torch
import wandb
import yaml
from torch.optim import AdamW
from torch.utils.data import DataLoader
from transformers import AutoModelForTokenClassification, AutoTokenizer, get_cosine_schedule_with_warmup

logger = logging.getLogger("ner")


class Trainer:
    def __init__(self, cfg):
        self.cfg = cfg
        self.device = torch.device(cfg["device"])
        self.tokenizer = AutoTokenizer.from_pretrained(cfg["model"]["name"])
        self.model = AutoModelForTokenClassification.from_pretrained(
            cfg["model"]["name"], num_labels=cfg["model"]["num_labels"]
        )
        self.model.to(self.device)
        self.loader = DataLoader([], batch_size=cfg["train"]["batch_size"], shuffle=True)
        self.optimizer = self._build_optimizer()
        self.scheduler = self._build_scheduler()
        self.best = 0.0

    def _build_optimizer(self):
        train_cfg = self.cfg["train"]
        return AdamW(
            self.model.parameters(),
            lr=train_cfg["lr"],
            weight_decay=train_cfg.get("weight_decay", 0.0),
            betas=tuple(train_cfg.get("betas", (0.9, 0.999))),
        )

    def _build_scheduler(self):
        total = self.cfg["train"]["epochs"] * len(self.loader)
        return get_cosine_schedule_with_warmup(self.optimizer, self.cfg["train"]["warmup"], total)

    def train_epoch(self, epoch):
        self.model.train()
        for step, batch in enumerate(self.loader):
            loss = self.model(**batch).loss
            loss.backward()
            self.optimizer.step()
            self.scheduler.step()

    def fit(self):
        for epoch in range(self.cfg["train"]["epochs"]):
            self.train_epoch(epoch)
            if (epoch + 1) % self.cfg["train"]["save_every"] == 0:
                self.save(epoch)

    def save(self, epoch):
        path = os.path.join(self.cfg["output_dir"], f"epoch_{epoch}")
        os.makedirs(path, exist_ok=True)
        self.model.save_pretrained(path)
        logger.info("saved %s", path)


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    torch.manual_seed(cfg["seed"])
    wandb.init(project=cfg["project"], config=cfg)
    trainer = Trainer(cfg)
    trainer.fit()


if __name__ == "__main__":
    main()
