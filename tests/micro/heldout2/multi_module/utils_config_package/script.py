import argparse
import logging

from src.models import build_model
from src.train import run_training
from utils.config import load_config, merge_args
from utils.seed import set_seed

logging.basicConfig(level=logging.INFO)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", default="configs/base.yaml")
    parser.add_argument("--lr", type=float)
    parser.add_argument("--epochs", type=int)
    args = parser.parse_args()

    cfg = merge_args(load_config(args.config), args)
    set_seed(cfg["seed"])
    model, tokenizer = build_model(cfg["model"])
    run_training(cfg, model, tokenizer)


if __name__ == "__main__":
    main()
