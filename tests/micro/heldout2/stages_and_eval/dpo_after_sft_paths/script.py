import os

from omegaconf import OmegaConf
from peft import LoraConfig
from trl import SFTConfig, SFTTrainer


def lora(c):
    return LoraConfig(r=c.r, lora_alpha=c.alpha, lora_dropout=c.dropout, task_type="CAUSAL_LM")


def run_stage(name, cfg, model):
    stage = cfg.stages[name]
    out = os.path.join(cfg.output_dir, name)
    args = SFTConfig(
        output_dir=out,
        learning_rate=stage.lr,
        max_length=stage.get("max_length", cfg.max_length),
        num_train_epochs=stage.epochs,
        gradient_accumulation_steps=cfg.hardware.accum,
        bf16=cfg.hardware.bf16,
        save_total_limit=cfg.hardware.get("keep", 1),
    )
    trainer = SFTTrainer(model=model, args=args, train_dataset=[], peft_config=lora(cfg.lora))
    trainer.train()
    return out


def main():
    cfg = OmegaConf.load("pipeline.yaml")
    model = cfg.model
    for name in ("warm", "main"):
        model = run_stage(name, cfg, model)
    print("finished:", model)


if __name__ == "__main__":
    main()
