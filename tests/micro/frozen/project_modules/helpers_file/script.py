import helpers as h
from gliner import GLiNER


def main():
    cfg = h.read_config()
    model = GLiNER.from_config(h.model_section(cfg))
    model.train_model([], [], **h.train_kwargs(cfg, out="models"))


if __name__ == "__main__":
    main()
