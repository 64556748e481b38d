# %% [markdown]
# # Fine-tune DistilBERT on our tickets

# %%
import os
import random

import torch
from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer, Trainer, TrainingArguments

# %% config
MODEL_NAME = "distilbert-base-uncased"
DATA_FILE = "tickets.csv"
MAX_LEN = 128
TEST_SIZE = 0.2
BATCH_SIZE = 16
EPOCHS = 3
LR = 2e-5
WARMUP = 0.06
WEIGHT_DECAY = 0.01
OUTPUT_DIR = "ticket-model"
SEED = 42
NUM_LABELS = 5

# %%
random.seed(SEED)
torch.manual_seed(SEED)
os.environ["WANDB_DISABLED"] = "true"

# %%
ds = load_dataset("csv", data_files=DATA_FILE)["train"].train_test_split(test_size=TEST_SIZE, seed=SEED)
tokenizer = AutoTokenizer.from_pretrained(MODEL_NAME)


def tokenize(batch):
    return tokenizer(batch["text"], truncation=True, max_length=MAX_LEN)


tokenized = tokenize(ds)

# %%
model = AutoModelForSequenceClassification.from_pretrained(MODEL_NAME, num_labels=NUM_LABELS)

# %%
args = TrainingArguments(
    OUTPUT_DIR,
    eval_strategy="epoch",
    save_strategy="epoch",
    learning_rate=LR,
    per_device_train_batch_size=BATCH_SIZE,
    per_device_eval_batch_size=BATCH_SIZE,
    num_train_epochs=EPOCHS,
    weight_decay=0.01,
    load_best_model_at_end=True,
)

# %%
trainer = Trainer(model, args, train_dataset=tokenized["train"], eval_dataset=tokenized["test"])
trainer.train()
trainer.save_model(f"{OUTPUT_DIR}/best")
