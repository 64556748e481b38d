import argparse

from peft import LoraConfig
from transformers import TrainingArguments


def build_parser():
    parser = argparse.ArgumentParser()
    train = parser.add_argument_group("training")
    train.add_argument("--lr", dest="learning_rate", type=float, default=1e-4)
    train.add_argument("--out", dest="output_dir", required=True)
    train.add_argument("--no-pin-memory", dest="pin_memory", action="store_false")
    lora = parser.add_argument_group("lora")
    lora.add_argument("--lora.r", dest="rank", type=int, default=8)
    lora.add_argument("--lora.alpha", dest="alpha", type=int, default=16)
    lora.add_argument("--lora.targets", dest="targets", nargs="+", default=["q_proj"])
    return parser


def main(argv=None):
    ns = build_parser().parse_args(argv)
    TrainingArguments(
        output_dir=ns.output_dir, learning_rate=ns.learning_rate, dataloader_pin_memory=ns.pin_memory
    )
    LoraConfig(r=ns.rank, lora_alpha=ns.alpha, target_modules=ns.targets)


if __name__ == "__main__":
    main()
