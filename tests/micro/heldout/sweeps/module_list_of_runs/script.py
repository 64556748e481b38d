from transformers import TrainingArguments

SEED = 7
EPOCHS = 3
RUNS = [
    dict(output_dir="a", learning_rate=1e-4),
    dict(output_dir="b", learning_rate=1e-5, weight_decay=0.1),
]


def main():
    for run in RUNS:
        run.setdefault("weight_decay", 0.0)
        TrainingArguments(seed=SEED, num_train_epochs=1, **run)


if __name__ == "__main__":
    main()
