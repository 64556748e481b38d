import yaml
from peft import LoraConfig


def clamp(value, low, high):
    return max(low, min(high, value))


def main():
    with open("config.yaml") as f:
        lora = yaml.safe_load(f)["lora"]
    assert lora["r"] & (lora["r"] - 1) == 0, "rank should be a power of two"
    assert lora["bias"] in ("none", "all", "lora_only")
    LoraConfig(
        r=lora["r"],
        lora_alpha=clamp(lora["alpha"], 1, 256),
        lora_dropout=clamp(lora["dropout"], 0.0, 0.5),
        bias="none",
    )


if __name__ == "__main__":
    main()
