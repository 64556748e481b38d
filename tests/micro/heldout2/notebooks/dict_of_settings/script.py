import torch
from gliner import GLiNER
from gliner.training import Trainer, TrainingArguments

config = {
    "model": "gliner-community/gliner_small-v2.5",
    "num_steps": 500,
    "batch_size": 8,
    "data_size": 10000,
    "lr": 5e-6,
    "weight_decay": 0.01,
    "others_lr": 1e-5,
    "scheduler": "linear",
    "warmup_ratio": 0.1,
    "focal_alpha": 0.75,
    "focal_gamma": 2,
    "save_steps": 100,
    "device": "cuda",
    "output": "models",
    "labels": ["person", "org"],
    "threshold": 0.4,
}

device = torch.device("cuda:0") if torch.cuda.is_available() else torch.device("cpu")
model = GLiNER.from_pretrained(config["model"])
model.to(device)

num_batches = config["data_size"] // config["batch_size"]
num_epochs = max(1, config["num_steps"] // num_batches)

training_args = TrainingArguments(
    output_dir=config["output"],
    learning_rate=config["lr"],
    weight_decay=config["weight_decay"],
    others_lr=config["others_lr"],
    others_weight_decay=config["weight_decay"],
    lr_scheduler_type=config["scheduler"],
    warmup_ratio=config["warmup_ratio"],
    per_device_train_batch_size=config["batch_size"],
    per_device_eval_batch_size=config["batch_size"],
    focal_loss_alpha=config["focal_alpha"],
    focal_loss_gamma=config["focal_gamma"],
    num_train_epochs=num_epochs,
    save_steps=config["save_steps"],
    dataloader_num_workers=0,
    use_cpu=False,
    report_to="none",
)
trainer = Trainer(model=model, args=training_args, train_dataset=[], eval_dataset=[])
trainer.train()

text = "Ada Lovelace worked with Charles Babbage."
for entity in model.predict_entities(text, config["labels"]):
    print(entity["text"], "=>", entity["label"])
