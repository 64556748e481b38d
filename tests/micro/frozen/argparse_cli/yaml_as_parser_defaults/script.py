import argparse

import yaml
from gliner import GLiNER


def get_args():
    pre = argparse.ArgumentParser(add_help=False)
    pre.add_argument("--config")
    known, rest = pre.parse_known_args()

    parser = argparse.ArgumentParser(parents=[pre])
    parser.add_argument("--lr", type=float, default=1e-5)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--out", default="models")
    parser.add_argument("--decay", type=float, default=0.01)
    if known.config:
        with open(known.config) as f:
            parser.set_defaults(**yaml.safe_load(f))
    return parser.parse_args(rest)


def main():
    args = get_args()
    GLiNER.from_pretrained("urchade/gliner_base").train_model(
        [], [], output_dir=args.out, learning_rate=args.lr, max_steps=args.steps
    )


if __name__ == "__main__":
    main()
