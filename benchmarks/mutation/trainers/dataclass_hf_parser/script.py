"""Supervised fine-tuning with LoRA, arguments from dataclasses."""

from dataclasses import dataclass, field
from typing import Optional

from datasets import load_dataset
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, HfArgumentParser, Trainer, TrainingArguments


@dataclass
class ModelArguments:
    model_name_or_path: str = field(default="gpt2", metadata={"help": "checkpoint to start from"})
    lora_rank: int = field(default=8)
    lora_alpha: int = field(default=16)
    lora_dropout: float = field(default=0.05)
    lora_bias: str = field(default="none")


@dataclass
class DataArguments:
    dataset_name: str = field(default="imdb")
    max_train_samples: Optional[int] = field(default=None, metadata={"help": "cut the training set"})


def adapter(args: ModelArguments) -> LoraConfig:
    return LoraConfig(
        r=args.lora_rank,
        lora_alpha=args.lora_alpha,
        lora_dropout=args.lora_dropout,
        bias=args.lora_bias,
        task_type="CAUSAL_LM",
    )


def main():
    parser = HfArgumentParser((ModelArguments, DataArguments, TrainingArguments))
    model_args, data_args, training_args = parser.parse_args_into_dataclasses()
    train = load_dataset(data_args.dataset_name, split="train")
    if data_args.max_train_samples is not None:
        train = train.select(range(data_args.max_train_samples))
    model = AutoModelForCausalLM.from_pretrained(model_args.model_name_or_path)
    model = get_peft_model(model, adapter(model_args))
    Trainer(model=model, args=training_args, train_dataset=train).train()


if __name__ == "__main__":
    main()
