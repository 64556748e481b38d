import yaml
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForSequenceClassification


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    if not cfg["lora"]["enabled"]:
        return
    section = {k: v for k, v in cfg["lora"].items() if k != "enabled"}
    section.setdefault("bias", "none")
    section["target_modules"] = section.pop("targets")
    config = LoraConfig(task_type="SEQ_CLS", **section)
    model = AutoModelForSequenceClassification.from_pretrained(cfg["model"], num_labels=cfg["labels"])
    get_peft_model(model, config).print_trainable_parameters()


if __name__ == "__main__":
    main()
