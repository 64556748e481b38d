import json
import os

from gliner import GLiNER

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    with open(os.path.join(HERE, "train_config.json")) as fp:
        conf = json.load(fp)
    model = GLiNER.from_config(conf["model"])
    os.makedirs(conf["log_dir"], exist_ok=True)
    model.train_model([], [], output_dir=conf["save_dir"], max_grad_norm=conf["clip"], save_steps=conf["save_every"],
                      logging_steps=conf["log_every"])


if __name__ == "__main__":
    main()
