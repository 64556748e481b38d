import sys

from omegaconf import OmegaConf
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, Trainer, TrainingArguments


def get_config():
    base = OmegaConf.load("base.yaml")
    exp = OmegaConf.load("config.yaml")
    cli = OmegaConf.from_cli(sys.argv[1:])
    cfg = OmegaConf.merge(base, exp, cli)
    print(OmegaConf.to_yaml(cfg))
    return cfg


def build_model(cfg):
    model = AutoModelForCausalLM.from_pretrained(cfg.model.path)
    if cfg.model.lora.enabled:
        lora = LoraConfig(
            r=cfg.model.lora.r,
            lora_alpha=cfg.model.lora.alpha,
            lora_dropout=cfg.model.lora.get("dropout", 0.0),
            target_modules=list(cfg.model.lora.targets),
        )
        model = get_peft_model(model, lora)
    return model


def main():
    cfg = get_config()
    model = build_model(cfg)
    t = cfg.training
    args = TrainingArguments(
        output_dir=cfg.output_dir,
        run_name=cfg.run_name,
        learning_rate=t.lr,
        num_train_epochs=t.epochs,
        per_device_train_batch_size=t.batch_size,
        gradient_accumulation_steps=t.accum,
        bf16=t.bf16,
        lr_scheduler_type=t.scheduler,
        logging_steps=t.log_every,
        save_total_limit=1,
    )
    trainer = Trainer(model=model, args=args, train_dataset=[])
    trainer.train()


if __name__ == "__main__":
    main()
