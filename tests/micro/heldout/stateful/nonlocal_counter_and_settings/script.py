import yaml
from transformers import TrainingArguments


def make_session(path):
    settings, built = None, 0

    def load():
        nonlocal settings
        with open(path) as f:
            settings = yaml.safe_load(f)

    def build(**extra):
        nonlocal built
        built += 1
        return TrainingArguments(
            output_dir=f"{settings['out']}/{built}", learning_rate=settings["lr"], **extra
        )

    return load, build


def main():
    load, build = make_session("config.yaml")
    load()
    build(max_steps=5)
    build(num_train_epochs=1)


if __name__ == "__main__":
    main()
