import torch
import yaml
from gliner import GLiNER
from gliner.training import Trainer as HFTrainer
from gliner.training import TrainingArguments


class GLiNERTrainer:
    def __init__(self, cfg):
        self.lr = cfg["lr"]
        self.others_lr = cfg.get("others_lr", cfg["lr"])
        self.batch_size = cfg["batch_size"]
        self.max_steps = cfg["max_steps"]
        self.output_dir = cfg["output_dir"]
        self.weight_decay = cfg.get("weight_decay", 0.01)
        self.max_types = cfg.get("max_types", 25)
        self.bf16 = torch.cuda.is_available() and cfg["bf16"]
        self.model = GLiNER.from_pretrained(cfg["pretrained"])

    def arguments(self):
        return TrainingArguments(
            output_dir=self.output_dir,
            learning_rate=self.lr,
            others_lr=self.others_lr,
            weight_decay=self.weight_decay,
            others_weight_decay=self.weight_decay,
            max_steps=self.max_steps,
            per_device_train_batch_size=self.batch_size,
            per_device_eval_batch_size=self.batch_size,
            save_steps=self.max_steps // 10,
            bf16=self.bf16,
        )

    def run(self):
        HFTrainer(model=self.model, args=self.arguments(), train_dataset=[], eval_dataset=[]).train()
        self.model.save_pretrained(f"{self.output_dir}/final")


class WeightedTrainer(GLiNERTrainer):
    def __init__(self, cfg):
        super().__init__(cfg)
        self.others_lr = self.lr * cfg["lr_factor"]


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    trainer = WeightedTrainer(cfg) if cfg["weighted"] else GLiNERTrainer(cfg)
    trainer.run()


if __name__ == "__main__":
    main()
