# %% settings
import json

from gliner import GLiNER
from gliner.training import Trainer, TrainingArguments

with open("nb.json") as f:
    params = json.load(f)

num_steps = params["num_steps"]
batch_size = params["batch_size"]
data_size = params["data_size"]
num_batches = data_size // batch_size
num_epochs = max(1, num_steps // num_batches)

# %% model
model = GLiNER.from_pretrained(params["model"])

# %% train
training_args = TrainingArguments(
    output_dir="models",
    learning_rate=params["lr"],
    weight_decay=0.01,
    others_lr=1e-5,
    lr_scheduler_type="linear",
    per_device_train_batch_size=batch_size,
    num_train_epochs=num_epochs,
    save_steps=100,
)
Trainer(model=model, args=training_args, train_dataset=[], eval_dataset=[]).train()
