import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    kwargs = {"output_dir": cfg["out"]}
    if cfg.get("warmup_steps"):
        kwargs["warmup_steps"] = cfg["warmup_steps"]
    if cfg.get("save_total_limit") is not None:
        kwargs["save_total_limit"] = cfg["save_total_limit"]
    kwargs["max_grad_norm"] = cfg["clip"] if cfg["clip"] else 1.0
    kwargs["dataloader_pin_memory"] = cfg.get("pin", True)
    TrainingArguments(**kwargs)


if __name__ == "__main__":
    main()
