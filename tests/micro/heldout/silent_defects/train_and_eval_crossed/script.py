import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        t = yaml.safe_load(f)["training"]
    train_bs, eval_bs = t["eval_batch_size"], t["train_batch_size"]
    TrainingArguments(
        t["output_dir"],
        per_device_train_batch_size=train_bs,
        per_device_eval_batch_size=eval_bs,
        save_steps=t["eval_steps"],
        eval_steps=t["eval_steps"],
        logging_steps=50,
    )


main()
