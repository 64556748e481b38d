from store import CFG, get
from transformers import TrainingArguments


def fit():
    return TrainingArguments(
        output_dir=CFG["output"],
        learning_rate=get("lr", 1e-5),
        gradient_accumulation_steps=get("accum", 1),
    )
