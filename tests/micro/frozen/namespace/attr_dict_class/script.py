import yaml
from transformers import TrainingArguments


class AttrDict(dict):
    def __getattr__(self, name):
        try:
            value = self[name]
        except KeyError as err:
            raise AttributeError(name) from err
        return AttrDict(value) if isinstance(value, dict) else value


def main():
    cfg = AttrDict(yaml.safe_load(open("config.yaml")))
    TrainingArguments(
        output_dir=cfg.out_dir,
        learning_rate=cfg.optim.lr,
        warmup_steps=cfg.optim.warmup,
        save_total_limit=cfg["keep"],
    )


if __name__ == "__main__":
    main()
