"""From settings to the objects of the libraries."""

from peft import LoraConfig
from transformers import TrainingArguments

from .settings import Adapter, Settings


def training_arguments(settings: Settings) -> TrainingArguments:
    optim = settings.optimisation
    return TrainingArguments(
        output_dir=str(settings.output),
        learning_rate=optim.learning_rate,
        weight_decay=optim.weight_decay,
        num_train_epochs=optim.epochs,
        per_device_train_batch_size=optim.batch_size,
        gradient_accumulation_steps=optim.accumulation,
        warmup_steps=optim.warmup_steps,
        lr_scheduler_type=optim.scheduler,
        seed=settings.seed,
        report_to="none",
    )


def lora_config(adapter: Adapter) -> LoraConfig:
    return LoraConfig(
        r=adapter.rank,
        lora_alpha=adapter.alpha,
        lora_dropout=adapter.dropout,
        target_modules=adapter.targets,
        task_type="CAUSAL_LM",
    )
