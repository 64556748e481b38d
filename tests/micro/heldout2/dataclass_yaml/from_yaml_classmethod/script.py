import sys
from dataclasses import asdict, dataclass, field
from typing import List, Optional

import torch
import yaml
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, Trainer, TrainingArguments


@dataclass
class TrainingConfig:
    model_name: str = "gpt2"
    output_dir: str = "./out"
    learning_rate: float = 1e-4
    batch_size: int = 4
    num_epochs: int = 3
    lora_r: int = 8
    lora_alpha: int = 16
    lora_dropout: float = 0.1
    target_modules: List[str] = field(default_factory=lambda: ["q_proj", "v_proj"])
    seed: int = 42
    bf16: bool = True
    max_seq_length: int = 1024
    eval_steps: Optional[int] = None

    @classmethod
    def from_yaml(cls, path):
        with open(path) as f:
            data = yaml.safe_load(f)
        return cls(**data)

    def __post_init__(self):
        if self.learning_rate <= 0:
            raise ValueError("learning_rate must be positive")
        if self.max_seq_length > 8192:
            raise ValueError("sequence too long")


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else "config.yaml"
    cfg = TrainingConfig.from_yaml(path)
    print(asdict(cfg))
    torch.manual_seed(cfg.seed)

    model = AutoModelForCausalLM.from_pretrained(cfg.model_name)
    lora_config = LoraConfig(
        r=cfg.lora_r,
        lora_alpha=cfg.lora_alpha,
        lora_dropout=cfg.lora_dropout,
        target_modules=cfg.target_modules,
        bias="none",
        task_type="CAUSAL_LM",
    )
    model = get_peft_model(model, lora_config)

    args = TrainingArguments(
        output_dir=cfg.output_dir,
        learning_rate=cfg.learning_rate,
        per_device_train_batch_size=cfg.batch_size,
        num_train_epochs=cfg.num_epochs,
        bf16=cfg.bf16,
        eval_strategy="steps" if cfg.eval_steps else "no",
        eval_steps=cfg.eval_steps,
    )
    Trainer(model=model, args=args, train_dataset=[], eval_dataset=[]).train()


if __name__ == "__main__":
    main()
