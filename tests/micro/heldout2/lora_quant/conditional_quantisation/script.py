import torch
import yaml
from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training
from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig, Trainer, TrainingArguments


def quantization(cfg):
    q = cfg.get("quantization", {})
    if q.get("load_in_4bit"):
        return BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type=q.get("quant_type", "nf4"),
            bnb_4bit_compute_dtype=torch.bfloat16,
            bnb_4bit_use_double_quant=q.get("double_quant", True),
        )
    if q.get("load_in_8bit"):
        return BitsAndBytesConfig(load_in_8bit=True)
    return None


def load_model(cfg):
    bnb = quantization(cfg)
    model = AutoModelForCausalLM.from_pretrained(cfg["model"]["name"], quantization_config=bnb, device_map="auto")
    if bnb is not None:
        model = prepare_model_for_kbit_training(model)
    lora = cfg["lora"]
    if lora["enabled"]:
        peft_config = LoraConfig(
            r=lora["r"],
            lora_alpha=lora.get("alpha", lora["r"] * 2),
            lora_dropout=lora.get("dropout", 0.05),
            target_modules=lora["target_modules"],
            modules_to_save=lora.get("modules_to_save"),
            task_type="CAUSAL_LM",
        )
        model = get_peft_model(model, peft_config)
        model.print_trainable_parameters()
    return model


def main():
    with open("qlora.yaml") as f:
        cfg = yaml.safe_load(f)
    tokenizer = AutoTokenizer.from_pretrained(cfg["model"]["name"])
    model = load_model(cfg)
    t = cfg["training"]
    quantised = cfg["quantization"]["load_in_4bit"] or cfg["quantization"]["load_in_8bit"]
    args = TrainingArguments(
        output_dir=t["output_dir"],
        learning_rate=t["learning_rate"],
        per_device_train_batch_size=t["batch_size"],
        optim="paged_adamw_8bit" if quantised else t["optim"],
        bf16=t["bf16"],
    )
    Trainer(model=model, args=args, train_dataset=[], processing_class=tokenizer).train()


if __name__ == "__main__":
    main()
