from transformers import Trainer, TrainingArguments


def make_arguments(cfg):
    train = cfg["train"]
    return TrainingArguments(
        output_dir=cfg.get("output_dir", "out"),
        learning_rate=train["lr"],
        num_train_epochs=train["epochs"],
        per_device_train_batch_size=train["batch_size"],
        gradient_accumulation_steps=train.get("grad_accum", 1),
        warmup_ratio=train.get("warmup_ratio", 0.0),
        seed=cfg["seed"],
    )


def run_training(cfg, model, tokenizer):
    trainer = Trainer(model=model, args=make_arguments(cfg), train_dataset=[], processing_class=tokenizer)
    trainer.train()
    trainer.save_model()
