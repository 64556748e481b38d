# export of 03_train.ipynb
import torch
from transformers import AutoModelForTokenClassification, AutoTokenizer, Trainer, TrainingArguments

BASE = "bert-base-multilingual-cased"
LEARNING_RATE = 5e-5
lr = 3e-5  # TODO: remove
NUM_EPOCHS = 5
BATCH = 32
GRAD_ACC = 2
EVAL_EVERY = 200
OUT = "ner-ml"
FP16 = torch.cuda.is_available()
LABELS = ["O", "B-PER", "I-PER"]

id2label = dict(enumerate(LABELS))
label2id = {v: k for k, v in id2label.items()}

tokenizer = AutoTokenizer.from_pretrained(BASE)
model = AutoModelForTokenClassification.from_pretrained(BASE, id2label=id2label, label2id=label2id)

common = dict(
    output_dir=OUT,
    learning_rate=lr,
    num_train_epochs=NUM_EPOCHS,
    per_device_train_batch_size=BATCH // GRAD_ACC,
    gradient_accumulation_steps=GRAD_ACC,
    fp16=FP16,
)

# first try, without evaluation
# args = TrainingArguments(**common)

args = TrainingArguments(
    **common,
    eval_strategy="steps",
    eval_steps=EVAL_EVERY,
    save_steps=EVAL_EVERY,
    metric_for_best_model="f1",
)

trainer = Trainer(model=model, args=args, train_dataset=[], eval_dataset=[])
if __name__ == "__main__":
    trainer.train()
    tokenizer.save_pretrained(OUT)
