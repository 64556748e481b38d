import os

import yaml
from transformers import Trainer, TrainingArguments


def prepare_environment(env):
    os.environ["WANDB_PROJECT"] = env["project"]
    os.environ.setdefault("TOKENIZERS_PARALLELISM", str(env["tokenizer_threads"]).lower())
    if env.get("gpus"):
        os.environ["CUDA_VISIBLE_DEVICES"] = ",".join(str(g) for g in env["gpus"])
    os.environ.update({"HF_HOME": env["cache"]})


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    prepare_environment(cfg["environment"])
    Trainer(model=None, args=TrainingArguments(output_dir=cfg["output"], report_to=cfg["tracker"])).train()


if __name__ == "__main__":
    main()
