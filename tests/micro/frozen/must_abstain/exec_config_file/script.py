from transformers import TrainingArguments

learning_rate = 5e-5
max_iters = 1000
out_dir = "out"
dropout = 0.0

exec(open("overrides.py").read())

config = {k: v for k, v in globals().items() if not k.startswith("_") and isinstance(v, (int, float, str))}


def main():
    TrainingArguments(output_dir=out_dir, learning_rate=learning_rate, max_steps=config["max_iters"])


if __name__ == "__main__":
    main()
