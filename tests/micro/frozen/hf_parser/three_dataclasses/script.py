from dataclasses import dataclass, field
from typing import Optional

from transformers import AutoModelForTokenClassification, HfArgumentParser, Trainer, TrainingArguments


@dataclass
class ModelArguments:
    model_name_or_path: str = field(metadata={"help": "checkpoint"})
    cache_dir: Optional[str] = field(default=None)
    freeze_embeddings: bool = field(default=False)


@dataclass
class DataArguments:
    train_file: Optional[str] = None
    max_seq_length: int = field(default=128)


def main():
    parser = HfArgumentParser((ModelArguments, DataArguments, TrainingArguments))
    model_args, data_args, training_args = parser.parse_args_into_dataclasses()
    model = AutoModelForTokenClassification.from_pretrained(
        model_args.model_name_or_path, cache_dir=model_args.cache_dir
    )
    trainer = Trainer(model=model, args=training_args, train_dataset=[])
    trainer.train()


if __name__ == "__main__":
    main()
