import logging

import yaml

logger = logging.getLogger(__name__)
REQUIRED = ("seed", "model", "train")


def load_config(path):
    with open(path) as f:
        cfg = yaml.safe_load(f)
    missing = [k for k in REQUIRED if k not in cfg]
    if missing:
        raise KeyError(f"missing sections: {missing}")
    return cfg


def merge_args(cfg, args):
    if args.lr is not None:
        cfg["train"]["lr"] = args.lr
    if args.epochs is not None:
        cfg["train"]["epochs"] = args.epochs
    logger.info("final config %s", cfg)
    return cfg
