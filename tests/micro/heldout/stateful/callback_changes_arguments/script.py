import yaml
from transformers import Trainer, TrainerCallback, TrainingArguments


class RaiseDecay(TrainerCallback):
    def __init__(self, decay, after):
        self.decay = decay
        self.after = after

    def on_step_end(self, args, state, control, **kwargs):
        if state.global_step == self.after:
            args.weight_decay = self.decay


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    args = TrainingArguments(output_dir=cfg["out"], learning_rate=cfg["lr"])
    trainer = Trainer(model=None, args=args, callbacks=[RaiseDecay(cfg["late_decay"], cfg["late_step"])])
    trainer.train()


main()
