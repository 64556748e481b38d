import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    name = "{model}-lr{lr}-s{seed}".format(**cfg)
    stem = "_".join([cfg["project"], name])
    TrainingArguments(output_dir="runs/%s" % cfg["project"], run_name=stem, learning_rate=cfg["lr"], seed=42)


if __name__ == "__main__":
    main()
