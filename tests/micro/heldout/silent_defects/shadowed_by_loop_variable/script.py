import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    lr, seed = cfg["lr"], cfg["seed"]
    for seed in range(3):
        TrainingArguments(output_dir=f"{cfg['out']}/{seed}", learning_rate=lr, seed=seed)


if __name__ == "__main__":
    main()
