import random

import torch
import yaml
from torch.optim import Adam, AdamW
from torch.optim.lr_scheduler import CosineAnnealingLR, ReduceLROnPlateau
from transformers import AutoModel


class BaseTrainer:
    def __init__(self, config):
        self.config = config
        self.seed(config["general"]["seed"])
        self.model = self.build_model()
        self.optimizer = self.build_optimizer()
        self.scheduler = self.build_scheduler()

    @staticmethod
    def seed(value):
        random.seed(value)
        torch.manual_seed(value)

    def build_model(self):
        raise NotImplementedError

    def build_optimizer(self):
        opt = self.config["optimizer"]
        return Adam(self.model.parameters(), lr=opt["lr"])

    def build_scheduler(self):
        return None

    def fit(self):
        for _ in range(self.config["general"]["epochs"]):
            self.step()

    def step(self):
        self.optimizer.step()
        if self.scheduler is not None:
            self.scheduler.step()


class NerTrainer(BaseTrainer):
    def build_model(self):
        return AutoModel.from_pretrained(self.config["model"]["path"])

    def build_optimizer(self):
        opt = self.config["optimizer"]
        return AdamW(self.model.parameters(), lr=opt["lr"], weight_decay=opt["weight_decay"], eps=float(opt["eps"]))

    def build_scheduler(self):
        sch = self.config.get("scheduler")
        if not sch:
            return None
        if sch["type"] == "plateau":
            return ReduceLROnPlateau(self.optimizer, mode="max", factor=sch["factor"], patience=sch["patience"])
        return CosineAnnealingLR(self.optimizer, T_max=self.config["general"]["epochs"], eta_min=sch["min_lr"])


def main():
    config = yaml.safe_load(open("config.yaml"))
    NerTrainer(config).fit()


if __name__ == "__main__":
    main()
