import argparse

import torch
from peft import LoraConfig, TaskType, get_peft_model
from transformers import AutoModelForCausalLM
from trl import SFTConfig, SFTTrainer

TARGETS = {
    "llama": ["q_proj", "k_proj", "v_proj", "o_proj"],
    "gpt2": ["c_attn"],
    "falcon": ["query_key_value"],
}
DTYPES = {"fp16": torch.float16, "bf16": torch.bfloat16, "fp32": torch.float32}


def parse_args():
    p = argparse.ArgumentParser()
    p.add_argument("--model", required=True)
    p.add_argument("--family", default="llama", choices=sorted(TARGETS))
    p.add_argument("--dtype", default="bf16")
    p.add_argument("--rank", type=int, default=16)
    p.add_argument("--alpha", type=int, default=None)
    p.add_argument("--dropout", type=float, default=0.05)
    p.add_argument("--rslora", action="store_true")
    p.add_argument("--lr", type=float, default=1e-4)
    p.add_argument("--seq-len", type=int, default=1024)
    p.add_argument("--out", default="out")
    p.add_argument("--merge", action="store_true", help="merge adapters after training")
    p.add_argument("--neftune", type=float, default=None)
    return p.parse_args()


def lora_config(args):
    cfg = {
        "task_type": TaskType.CAUSAL_LM,
        "r": args.rank,
        "lora_alpha": args.alpha if args.alpha is not None else args.rank * 2,
        "lora_dropout": args.dropout,
        "target_modules": TARGETS[args.family],
    }
    if args.rslora:
        cfg["use_rslora"] = True
    return LoraConfig(**cfg)


def main():
    args = parse_args()
    model = AutoModelForCausalLM.from_pretrained(args.model, torch_dtype=DTYPES.get(args.dtype, torch.float32))
    model = get_peft_model(model, lora_config(args))
    sft = SFTConfig(
        output_dir=args.out,
        learning_rate=args.lr,
        max_length=args.seq_len,
        bf16=args.dtype == "bf16",
        fp16=args.dtype == "fp16",
    )
    trainer = SFTTrainer(model=model, args=sft, train_dataset=[])
    trainer.train()
    if args.merge:
        model = model.merge_and_unload()
        model.save_pretrained(args.out)


if __name__ == "__main__":
    main()
