import json
from pathlib import Path

from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

CONFIG_PATH = Path(__file__).parent / "lora.json"


def main():
    settings = json.loads(CONFIG_PATH.read_text())
    model = AutoModelForCausalLM.from_pretrained(settings["base_model"])
    lora = LoraConfig(
        r=settings["rank"],
        lora_alpha=settings["rank"] * 2,
        lora_dropout=settings["dropout"],
        target_modules=settings["targets"],
        task_type="CAUSAL_LM",
    )
    get_peft_model(model, lora)


if __name__ == "__main__":
    main()
