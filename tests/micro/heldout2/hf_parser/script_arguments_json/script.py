from dataclasses import dataclass, field
from typing import List, Optional

import torch
from peft import LoraConfig
from transformers import AutoModelForCausalLM, HfArgumentParser, TrainingArguments
from trl import SFTTrainer


@dataclass
class ScriptArguments:
    model_name: str = field(default="facebook/opt-125m")
    dataset_name: str = field(default="stanfordnlp/imdb")
    learning_rate: float = field(default=1.41e-5)
    batch_size: int = field(default=64)
    seq_length: int = field(default=512)
    gradient_accumulation_steps: int = field(default=16)
    load_in_8bit: bool = field(default=False)
    use_peft: bool = field(default=False)
    peft_lora_r: int = field(default=64)
    peft_lora_alpha: int = field(default=16)
    output_dir: str = field(default="output")
    num_train_epochs: int = field(default=3)
    max_steps: int = field(default=-1)
    save_steps: int = field(default=100)
    logging_steps: int = field(default=1)
    hub_model_id: Optional[str] = field(default=None)
    push_to_hub: bool = field(default=False)
    target_modules: Optional[List[str]] = field(default=None)


def main():
    parser = HfArgumentParser(ScriptArguments)
    script_args = parser.parse_json_file("args.json")[0]

    model = AutoModelForCausalLM.from_pretrained(
        script_args.model_name,
        load_in_8bit=script_args.load_in_8bit,
        device_map={"": 0} if script_args.load_in_8bit else None,
        torch_dtype=torch.bfloat16 if script_args.load_in_8bit else None,
    )
    training_args = TrainingArguments(
        output_dir=script_args.output_dir,
        per_device_train_batch_size=script_args.batch_size,
        gradient_accumulation_steps=script_args.gradient_accumulation_steps,
        learning_rate=script_args.learning_rate,
        logging_steps=script_args.logging_steps,
        num_train_epochs=script_args.num_train_epochs,
        max_steps=script_args.max_steps,
        push_to_hub=script_args.push_to_hub,
        hub_model_id=script_args.hub_model_id,
    )
    if script_args.use_peft:
        peft_config = LoraConfig(r=script_args.peft_lora_r, lora_alpha=script_args.peft_lora_alpha, task_type="CAUSAL_LM")
    else:
        peft_config = None
    trainer = SFTTrainer(model=model, args=training_args, train_dataset=[], peft_config=peft_config)
    trainer.train()
    trainer.save_model(script_args.output_dir)


if __name__ == "__main__":
    main()
