import yaml
from gliner import GLiNER


class BaseRunner:
    def __init__(self, config):
        self.config = config
        self.out = config["output"]

    @property
    def steps(self):
        return self.config["epochs"] * self.config["steps_per_epoch"]

    def arguments(self):
        return {"output_dir": self.out, "max_steps": self.steps}

    def run(self):
        model = GLiNER.from_pretrained(self.config["model"])
        return model.train_model([], [], **self.arguments())


class LoraRunner(BaseRunner):
    def __init__(self, config):
        super().__init__(config)
        self.lr = config["lr"]

    def arguments(self):
        return {**super().arguments(), "learning_rate": self.lr, "bf16": self.config["bf16"]}


def main():
    with open("config.yaml") as f:
        LoraRunner(yaml.safe_load(f)).run()


if __name__ == "__main__":
    main()
