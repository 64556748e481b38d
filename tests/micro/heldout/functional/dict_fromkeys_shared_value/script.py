import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    kwargs = dict.fromkeys(["per_device_train_batch_size", "per_device_eval_batch_size"], cfg["batch"])
    kwargs["eval_strategy"] = kwargs["save_strategy"] = cfg["every"]
    TrainingArguments(output_dir=cfg["out"], **kwargs)


main()
