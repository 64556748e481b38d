import fire
from transformers import Trainer, TrainingArguments


def train(
    base_model: str = "",
    output_dir: str = "./lora-out",
    batch_size: int = 128,
    micro_batch_size: int = 4,
    num_epochs: int = 3,
    learning_rate: float = 3e-4,
    cutoff_len: int = 256,
    group_by_length: bool = False,
):
    assert base_model, "Please specify a --base_model"
    gradient_accumulation_steps = batch_size // micro_batch_size
    trainer = Trainer(
        model=None,
        args=TrainingArguments(
            per_device_train_batch_size=micro_batch_size,
            gradient_accumulation_steps=gradient_accumulation_steps,
            num_train_epochs=num_epochs,
            learning_rate=learning_rate,
            output_dir=output_dir,
            group_by_length=group_by_length,
        ),
    )
    trainer.train()


if __name__ == "__main__":
    fire.Fire(train)
