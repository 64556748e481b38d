import torch
from torch.optim import AdamW
from torch.optim.lr_scheduler import StepLR

CONFIG = {
    "lr": 2e-5,
    "weight_decay": 0.01,
    "epochs": 3,
    "scheduler": {"step": 10, "gamma": 0.5},
    "dropout": 0.3,
    "device": "cpu",
}


class Tagger(torch.nn.Module):
    def forward(self, batch):
        return batch


def main():
    model = Tagger().to(CONFIG["device"])
    optimizer = AdamW(model.parameters(), lr=CONFIG["lr"], weight_decay=CONFIG["weight_decay"])
    sched = StepLR(optimizer, step_size=CONFIG["scheduler"]["step"], gamma=CONFIG["scheduler"]["gamma"])
    for epoch in range(CONFIG["epochs"]):
        loss = model(torch.zeros(1))
        loss.backward()
        optimizer.step()
        sched.step()


if __name__ == "__main__":
    main()
