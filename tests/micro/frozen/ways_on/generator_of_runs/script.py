import yaml
from transformers import TrainingArguments


def stages(config):
    lr = config["lr"]
    for index in range(config["stages"]):
        yield f"{config['out']}/stage{index}", lr * config["decay"] ** index


def main():
    with open("config.yaml") as f:
        config = yaml.safe_load(f)
    for where, lr in stages(config):
        TrainingArguments(output_dir=where, learning_rate=lr, max_steps=config["steps_per_stage"])


if __name__ == "__main__":
    main()
