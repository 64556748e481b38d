import yaml
from gliner import GLiNER
from peft import LoraConfig, get_peft_model


def load(path):
    with open(path) as f:
        return yaml.safe_load(f)


def add_lora(model, rank=8, alpha=16, dropout=0.1, **unused):
    config = LoraConfig(r=alpha, lora_alpha=rank, lora_dropout=dropout, target_modules=["query_proj", "value_proj"])
    model.model = get_peft_model(model.model, config)
    return model


def main():
    cfg = load("gliner_lora.yaml")
    model = GLiNER.from_pretrained(cfg["model"]["id"])
    if cfg["lora"].pop("use", False):
        model = add_lora(model, **cfg["lora"])
    train = {k: v for k, v in cfg["train"].items() if v is not None}
    model.train_model(train_dataset=[], eval_dataset=[], **train)


if __name__ == "__main__":
    main()
