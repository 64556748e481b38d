import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    scheduler = dict(cfg["scheduler"])
    TrainingArguments(
        output_dir=cfg["out"],
        lr_scheduler_type=scheduler.pop("type"),
        warmup_steps=scheduler.pop("warmup_steps", 0),
        lr_scheduler_kwargs=scheduler,
        gradient_checkpointing_kwargs={"use_reentrant": cfg["reentrant"]},
        optim_args=f"rank={cfg['galore']['rank']}, scale={cfg['galore']['scale']}",
    )


if __name__ == "__main__":
    main()
