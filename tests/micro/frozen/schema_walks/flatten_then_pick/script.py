import yaml
from peft import LoraConfig
from transformers import TrainingArguments


def flatten(node, prefix=""):
    flat = {}
    for key, value in node.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            flat.update(flatten(value, name + "."))
        else:
            flat[name] = value
    return flat


def main():
    with open("config.yaml") as f:
        flat = flatten(yaml.safe_load(f))
    TrainingArguments(output_dir=flat["io.dir"], learning_rate=flat["optim.lr"], seed=flat.get("seed", 0))
    LoraConfig(r=flat["adapter.lora.r"], lora_alpha=flat["adapter.lora.alpha"])


if __name__ == "__main__":
    main()
