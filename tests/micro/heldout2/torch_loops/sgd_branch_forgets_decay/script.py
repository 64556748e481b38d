import yaml
from torch import optim
from torch.optim.lr_scheduler import ReduceLROnPlateau
from transformers import AutoModel


def configure(model, cfg):
    o = cfg["optim"]
    params = [p for p in model.parameters() if p.requires_grad]
    if o["name"] == "adam":
        opt = optim.Adam(params, lr=o["lr"], betas=(o["b1"], o["b2"]))
    elif o["name"] == "sgd":
        opt = optim.SGD(params, lr=o["lr"], momentum=o["momentum"], nesterov=True)
    else:
        raise NotImplementedError(o["name"])
    s = cfg.get("plateau") or {}
    sched = ReduceLROnPlateau(opt, factor=s.get("factor", 0.1), patience=s.get("patience", 10))
    return opt, sched


def loop(cfg):
    model = AutoModel.from_pretrained(cfg["arch"])
    opt, sched = configure(model, cfg)
    for _ in range(cfg["epochs"]):
        opt.step()
        sched.step(0.0)
    return model


def main():
    with open("cfg.yaml") as f:
        cfg = yaml.safe_load(f)
    model = loop(cfg)
    model.save_pretrained(cfg["save"])


if __name__ == "__main__":
    main()
