"""In the manner of alpaca-lora's finetune script: one big function, fire does the command line."""
import os
from typing import List

import fire
import torch
from datasets import load_dataset
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer, Trainer, TrainingArguments


def train(
    base_model: str = "",
    data_path: str = "data.json",
    output_dir: str = "./lora-out",
    batch_size: int = 128,
    micro_batch_size: int = 4,
    num_epochs: int = 3,
    learning_rate: float = 3e-4,
    cutoff_len: int = 256,
    val_set_size: int = 2000,
    lora_r: int = 8,
    lora_alpha: int = 16,
    lora_dropout: float = 0.05,
    lora_target_modules: List[str] = ("q_proj", "v_proj"),
    group_by_length: bool = False,
    wandb_project: str = "",
    resume_from_checkpoint: str = None,
):
    print(f"Training with: {base_model} {data_path} {output_dir} {batch_size} {learning_rate} {cutoff_len}")
    assert base_model, "Please specify a --base_model"
    gradient_accumulation_steps = batch_size // micro_batch_size
    use_wandb = len(wandb_project) > 0
    if len(wandb_project) > 0:
        os.environ["WANDB_PROJECT"] = wandb_project

    model = AutoModelForCausalLM.from_pretrained(base_model, torch_dtype=torch.float16)
    tokenizer = AutoTokenizer.from_pretrained(base_model)
    tokenizer.pad_token_id = 0
    model = get_peft_model(
        model,
        LoraConfig(r=lora_r, lora_alpha=lora_alpha, target_modules=lora_target_modules, lora_dropout=lora_dropout),
    )
    data = load_dataset("json", data_files=data_path)
    if val_set_size > 0:
        data = data["train"].train_test_split(test_size=val_set_size, shuffle=True, seed=42)

    trainer = Trainer(
        model=model,
        train_dataset=data,
        args=TrainingArguments(
            per_device_train_batch_size=micro_batch_size,
            gradient_accumulation_steps=gradient_accumulation_steps,
            warmup_steps=100,
            num_train_epochs=num_epochs,
            learning_rate=learning_rate,
            fp16=True,
            eval_strategy="steps" if val_set_size > 0 else "no",
            output_dir=output_dir,
            group_by_length=group_by_length,
            report_to="wandb" if use_wandb else None,
        ),
    )
    trainer.train(resume_from_checkpoint=resume_from_checkpoint)
    model.save_pretrained(output_dir)


if __name__ == "__main__":
    fire.Fire(train)
