import yaml
from transformers import TrainingArguments

SCHEDULES = {"cosine": "cosine", "linear": "linear"}


def schedule(name):
    return SCHEDULES.get(str(name).lower(), "linear")


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    clip = cfg["clip"]
    clip = 1.0 if clip is None or clip > 1.0 else clip
    TrainingArguments(output_dir=cfg["out"], lr_scheduler_type=schedule(cfg["schedule"]), max_grad_norm=clip)


if __name__ == "__main__":
    main()
