import argparse

import yaml
from peft import LoraConfig
from trl import SFTConfig, SFTTrainer

PRESETS = {
    "debug": {"train": {"max_steps": 5, "logging_steps": 1}},
    "full": {"train": {"max_steps": -1}},
}


def deep_update(base, other):
    for k, v in other.items():
        if isinstance(v, dict) and isinstance(base.get(k), dict):
            deep_update(base[k], v)
        else:
            base[k] = v
    return base


def load(path, preset):
    with open(path) as f:
        cfg = yaml.safe_load(f)
    if preset:
        deep_update(cfg, PRESETS[preset])
    return cfg


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("config", nargs="?", default="config.yaml")
    ap.add_argument("--preset", choices=PRESETS, default=None)
    args = ap.parse_args()
    cfg = load(args.config, args.preset)
    t, lo = cfg["train"], cfg["lora"]
    sft = SFTConfig(
        output_dir=t["output_dir"],
        max_steps=t["max_steps"],
        logging_steps=t["logging_steps"],
        learning_rate=t["lr"],
        max_length=cfg["data"]["max_length"],
        dataset_text_field=cfg["data"]["field"],
    )
    peft_config = LoraConfig(r=lo["r"], lora_alpha=lo["alpha"], target_modules=lo["modules"]) if lo["use"] else None
    SFTTrainer(model=cfg["model"], args=sft, train_dataset=[], peft_config=peft_config).train()


if __name__ == "__main__":
    main()
