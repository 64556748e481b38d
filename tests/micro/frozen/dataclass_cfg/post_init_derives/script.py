from dataclasses import dataclass, field

from transformers import TrainingArguments


@dataclass
class TrainSettings:
    global_batch: int = 64
    micro_batch: int = 8
    base_lr: float = 1e-5
    run_name: str = "exp"
    lr: float = field(init=False)
    accumulation: int = field(init=False)

    def __post_init__(self):
        self.accumulation = self.global_batch // self.micro_batch
        self.lr = self.base_lr * self.global_batch / 32

    @property
    def output_dir(self):
        return f"runs/{self.run_name}"


def main():
    s = TrainSettings()
    TrainingArguments(
        output_dir=s.output_dir,
        per_device_train_batch_size=s.micro_batch,
        gradient_accumulation_steps=s.accumulation,
        learning_rate=s.lr,
    )


if __name__ == "__main__":
    main()
