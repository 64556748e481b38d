import yaml
from gliner import GLiNER


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    run_name = "{project}-{model[short]}-lr{lr}".format(**cfg)
    model = GLiNER.from_pretrained(cfg["model"]["id"])
    model.train_model([], [], output_dir="out/%(project)s/%(seed)d" % cfg, learning_rate=cfg["lr"],
                      run_name=run_name)


if __name__ == "__main__":
    main()
