from transformers import AutoModelForTokenClassification, Trainer, TrainingArguments

MODEL_NAME = "bert-base-multilingual-cased"
OUTPUT_DIR = "./ner-model"
LEARNING_RATE = 3e-5
BATCH_SIZE = 16
EPOCHS = 5
WARMUP_STEPS = 500
MAX_LENGTH = 256
SEED = 2024


def main():
    model = AutoModelForTokenClassification.from_pretrained(MODEL_NAME)
    args = TrainingArguments(
        OUTPUT_DIR,
        learning_rate=LEARNING_RATE,
        per_device_train_batch_size=BATCH_SIZE,
        per_device_eval_batch_size=2 * BATCH_SIZE,
        num_train_epochs=EPOCHS,
        seed=SEED,
    )
    Trainer(model, args, train_dataset=[]).train()


if __name__ == "__main__":
    main()
