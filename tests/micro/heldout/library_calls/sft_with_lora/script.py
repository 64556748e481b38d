import json

from peft import LoraConfig
from trl import SFTConfig, SFTTrainer


def main(path="config.json"):
    cfg = json.load(open(path))
    peft_config = LoraConfig(**cfg["peft"]) if cfg["use_peft"] else None
    trainer = SFTTrainer(
        model=cfg["model"],
        args=SFTConfig(**{**cfg["sft"], "packing": False}),
        peft_config=peft_config,
    )
    trainer.train(resume_from_checkpoint=cfg.get("resume"))


if __name__ == "__main__":
    main()
