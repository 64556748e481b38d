from operator import attrgetter, itemgetter
from types import SimpleNamespace

import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        raw = yaml.safe_load(f)
    lr, epochs = itemgetter("lr", "epochs")(raw)
    ns = SimpleNamespace(**raw)
    seed = attrgetter("seed")(ns)
    low, high = map(float, raw["betas"])
    TrainingArguments(output_dir="out", learning_rate=lr, num_train_epochs=epochs, seed=seed, adam_beta1=low,
                      adam_beta2=high)


if __name__ == "__main__":
    main()
