from attrs import Factory, define, field
from torch.optim import SGD


@define
class Hyper:
    lr: float = 0.1
    momentum: float = field(default=0.9)
    nesterov: bool = False
    milestones: list = Factory(list)
    warm: int = 5


def main(hyper=None):
    hyper = hyper or Hyper()
    return SGD([], lr=hyper.lr, momentum=hyper.momentum, nesterov=hyper.nesterov)


if __name__ == "__main__":
    main()
