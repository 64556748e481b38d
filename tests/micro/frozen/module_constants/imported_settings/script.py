import settings
from settings import LORA_ALPHA, LORA_R as RANK
from peft import LoraConfig
from transformers import TrainingArguments


def main():
    TrainingArguments(output_dir=settings.OUT, learning_rate=settings.LR, max_steps=settings.STEPS)
    LoraConfig(r=RANK, lora_alpha=LORA_ALPHA, lora_dropout=getattr(settings, "LORA_DROPOUT", 0.0))


if __name__ == "__main__":
    main()
