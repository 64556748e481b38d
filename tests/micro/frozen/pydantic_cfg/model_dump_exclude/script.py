import yaml
from pydantic import BaseModel
from transformers import TrainingArguments


class TrainConfig(BaseModel):
    output_dir: str = "out"
    learning_rate: float = 2e-5
    num_train_epochs: int = 3
    seed: int = 42
    dataset: str = "conll2003"
    notes: str = ""


def main():
    with open("config.yaml") as f:
        cfg = TrainConfig(**yaml.safe_load(f))
    args = TrainingArguments(**cfg.model_dump(exclude={"dataset", "notes"}), report_to="none")

    from datasets import load_dataset

    load_dataset(cfg.dataset, split="train")
    return args


if __name__ == "__main__":
    main()
