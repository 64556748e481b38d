import yaml
from lib.builders import build_optimizer, build_scheduler
from lib.common import dig
from transformers import AutoModelForCausalLM


def main():
    with open("experiment.yaml") as f:
        exp = yaml.safe_load(f)
    model = AutoModelForCausalLM.from_pretrained(dig(exp, "model", "path"))
    optimizer = build_optimizer(model, exp["optimizer"])
    scheduler = build_scheduler(optimizer, exp["scheduler"])
    for _ in range(dig(exp, "train", "epochs", default=1)):
        optimizer.step()
        scheduler.step()
    model.save_pretrained(dig(exp, "train", "out", default="out"))


if __name__ == "__main__":
    main()
