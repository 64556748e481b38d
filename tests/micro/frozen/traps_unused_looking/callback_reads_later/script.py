import yaml
from transformers import EarlyStoppingCallback, Trainer, TrainerCallback, TrainingArguments


class Unfreeze(TrainerCallback):
    def __init__(self, settings):
        self.settings = settings

    def on_step_begin(self, args, state, control, **kwargs):
        if state.global_step == self.settings["unfreeze_at"]:
            kwargs["model"].requires_grad_(True)


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    callbacks = [Unfreeze(cfg)]
    if cfg["patience"]:
        callbacks.append(EarlyStoppingCallback(early_stopping_patience=cfg["patience"]))
    args = TrainingArguments(output_dir=cfg["out"], load_best_model_at_end=bool(cfg["patience"]))
    Trainer(model=None, args=args, callbacks=callbacks).train()


if __name__ == "__main__":
    main()
