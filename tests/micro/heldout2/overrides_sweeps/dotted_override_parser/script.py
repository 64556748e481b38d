import argparse
import ast

import yaml
from torch.optim import AdamW
from torch.optim.lr_scheduler import LinearLR
from transformers import AutoModel


def set_by_path(cfg, dotted, value):
    *parents, leaf = dotted.split(".")
    node = cfg
    for name in parents:
        node = node.setdefault(name, {})
    node[leaf] = value


def literal(text):
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def get_config():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", default="config.yaml")
    parser.add_argument("--override", "-o", nargs="*", default=[], metavar="KEY=VALUE")
    args = parser.parse_args()
    with open(args.config) as f:
        cfg = yaml.safe_load(f)
    for item in args.override:
        key, _, value = item.partition("=")
        set_by_path(cfg, key, literal(value))
    return cfg


def main():
    cfg = get_config()
    print(yaml.safe_dump(cfg))
    model = AutoModel.from_pretrained(cfg["model"]["name"])
    opt = AdamW(model.parameters(), lr=cfg["optim"]["lr"], weight_decay=cfg["optim"]["weight_decay"])
    sched = LinearLR(opt, start_factor=cfg["optim"]["warmup"]["start"])
    for _ in range(cfg["train"]["epochs"]):
        opt.step()
        sched.step()


if __name__ == "__main__":
    main()
