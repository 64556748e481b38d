import yaml
from transformers import TrainingArguments


def launch(run, defaults):
    return TrainingArguments(
        output_dir=run["dir"],
        learning_rate=run["lr"],
        num_train_epochs=run.get("epochs", defaults["epochs"]),
        seed=defaults["seed"],
    )


def main():
    with open("config.yaml") as f:
        sweep = yaml.safe_load(f)
    for run in sweep["runs"]:
        launch(run, sweep["defaults"])


if __name__ == "__main__":
    main()
