import os

from gliner import GLiNER

MODEL = os.environ["MODEL_ID"]
LR = float(os.environ.get("LEARNING_RATE", "1e-5"))
BATCH = int(os.getenv("BATCH_SIZE", 8))


def main():
    model = GLiNER.from_pretrained(MODEL)
    model.train_model(
        [],
        [],
        output_dir=os.path.join(os.getenv("WORKDIR", "."), "models"),
        learning_rate=LR,
        per_device_train_batch_size=BATCH,
        bf16=os.getenv("USE_BF16") == "1",
    )
    if "HF_TOKEN" in os.environ:
        model.push_to_hub("me/ner", token=os.environ["HF_TOKEN"])


if __name__ == "__main__":
    main()
