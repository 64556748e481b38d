import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        t = yaml.safe_load(f)["training"]
    TrainingArguments(
        output_dir=t["output_dir"] or "out",
        learning_rate=t["lr"],
        max_grad_norm=t["clip"] if t["clip"] is not None else 1.0,
        weight_decay=t["wd"] or 0.01,
        warmup_steps=t["warmup"] if t["warmup"] else 500,
        save_total_limit=(limit := t["keep"]),
        load_best_model_at_end=limit is not None,
    )


if __name__ == "__main__":
    main()
