from dataclasses import asdict, dataclass

from peft import LoraConfig
from transformers import TrainingArguments


@dataclass
class Lora:
    r: int = 8
    lora_alpha: int = 16
    lora_dropout: float = 0.1
    bias: str = "none"


@dataclass
class Run:
    output_dir: str = "out"
    learning_rate: float = 1e-4
    name: str = "pilot"


def build(run: Run, lora: Lora):
    peft_config = LoraConfig(**asdict(lora), task_type="TOKEN_CLS")
    fields = asdict(run)
    fields.pop("name")
    return TrainingArguments(**fields), peft_config


def main():
    build(Run(), Lora())


if __name__ == "__main__":
    main()
