import os
from dataclasses import dataclass, field
from typing import Optional

import yaml
from peft import LoraConfig
from transformers import AutoModelForCausalLM, AutoTokenizer, HfArgumentParser
from trl import SFTConfig, SFTTrainer


@dataclass
class ModelArgs:
    model_path: str = "gpt2"
    attn: Optional[str] = "sdpa"
    trust_remote_code: bool = False


@dataclass
class LoraArgs:
    use_lora: bool = True
    rank: int = 8
    alpha: int = 16
    dropout: float = 0.0
    lora_bias: str = "none"


def main():
    with open("train.yaml") as f:
        values = yaml.safe_load(f)
    parser = HfArgumentParser((ModelArgs, LoraArgs, SFTConfig))
    model_args, lora_args, sft_args = parser.parse_dict(values)

    os.environ["WANDB_PROJECT"] = "sft"
    tokenizer = AutoTokenizer.from_pretrained(model_args.model_path)
    model = AutoModelForCausalLM.from_pretrained(
        model_args.model_path,
        attn_implementation=model_args.attn,
        trust_remote_code=model_args.trust_remote_code,
    )
    peft_config = None
    if lora_args.use_lora:
        peft_config = LoraConfig(
            r=lora_args.rank,
            lora_alpha=lora_args.alpha,
            lora_dropout=lora_args.dropout,
            target_modules="all-linear",
            task_type="CAUSAL_LM",
        )
    trainer = SFTTrainer(
        model=model, args=sft_args, train_dataset=[], processing_class=tokenizer, peft_config=peft_config
    )
    trainer.train()


if __name__ == "__main__":
    main()
