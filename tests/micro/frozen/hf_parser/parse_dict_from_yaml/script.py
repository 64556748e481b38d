from dataclasses import dataclass

import yaml
from peft import LoraConfig
from transformers import HfArgumentParser
from trl import SFTConfig, SFTTrainer


@dataclass
class ScriptArgs:
    model_id: str = "gpt2"
    dataset_id: str = "imdb"
    lora_rank: int = 16
    lora_alpha: int = 16
    lora_dropout: float = 0.05


def main():
    with open("config.yaml") as f:
        merged = yaml.safe_load(f)
    script, training = HfArgumentParser((ScriptArgs, SFTConfig)).parse_dict(merged)

    from datasets import load_dataset

    peft_config = LoraConfig(r=script.lora_rank, lora_alpha=script.lora_alpha, task_type="CAUSAL_LM")
    trainer = SFTTrainer(
        model=script.model_id,
        args=training,
        train_dataset=load_dataset(script.dataset_id),
        peft_config=peft_config,
    )
    trainer.train()


if __name__ == "__main__":
    main()
