import yaml
from gliner.training import TrainingArguments


class ArgsBuilder:
    def __init__(self, output_dir):
        self._kw = {"output_dir": output_dir}

    def optim(self, lr, decay):
        self._kw["learning_rate"] = lr
        self._kw["weight_decay"] = decay
        return self

    def schedule(self, **kw):
        self._kw.update(kw)
        return self

    def build(self):
        return TrainingArguments(**self._kw)


def main():
    with open("config.yaml") as f:
        c = yaml.safe_load(f)
    builder = ArgsBuilder(c["out"]).optim(c["lr"], c["decay"])
    builder.schedule(lr_scheduler_type=c["schedule"], warmup_ratio=c["warmup"]).build()


if __name__ == "__main__":
    main()
