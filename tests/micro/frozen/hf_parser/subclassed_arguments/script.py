import sys
from dataclasses import dataclass, field

from transformers import HfArgumentParser, Trainer, TrainingArguments


@dataclass
class NerTrainingArguments(TrainingArguments):
    learning_rate: float = field(default=1e-4)
    crf_learning_rate: float = field(default=1e-3)
    freeze_layers: int = field(default=0)


def main():
    parser = HfArgumentParser(NerTrainingArguments)
    if len(sys.argv) == 2 and sys.argv[1].endswith(".json"):
        (args,) = parser.parse_json_file(json_file=sys.argv[1])
    else:
        (args,) = parser.parse_args_into_dataclasses()
    args.remove_unused_columns = False

    import torch

    torch.optim.AdamW([], lr=args.crf_learning_rate)
    Trainer(model=None, args=args).train()


if __name__ == "__main__":
    main()
