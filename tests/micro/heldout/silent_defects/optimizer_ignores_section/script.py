import torch
import yaml
from torch.optim.lr_scheduler import StepLR


class Net(torch.nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.layer = torch.nn.Linear(hidden, 2)


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    net = Net(cfg["model"]["hidden"])
    optim = torch.optim.SGD(net.parameters(), lr=cfg["optim"]["lr"], momentum=0.9)
    StepLR(optim, cfg["schedule"]["step"], gamma=cfg["schedule"].get("decay", 0.1))


if __name__ == "__main__":
    main()
