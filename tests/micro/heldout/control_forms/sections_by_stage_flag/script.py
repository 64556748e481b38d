import yaml
from transformers import TrainingArguments
from trl import SFTConfig


def main(stage):
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    section = cfg[stage]
    if stage == "sft":
        SFTConfig(output_dir=section["out"], max_length=section["max_length"], packing=section["packing"])
    else:
        TrainingArguments(output_dir=section["out"], learning_rate=section["lr"])


if __name__ == "__main__":
    for name in ("sft", "reward"):
        main(name)
