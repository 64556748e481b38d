import argparse

from transformers import TrainingArguments


def drop_none(mapping):
    return {k: v for k, v in mapping.items() if v is not None}


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--lr", type=float)
    ap.add_argument("--warmup-steps", type=int)
    ap.add_argument("--scheduler", choices=["linear", "cosine", "constant"])
    ap.add_argument("--stage", default="one")
    a = ap.parse_args()
    optional = drop_none(
        dict(learning_rate=a.lr, warmup_steps=a.warmup_steps, lr_scheduler_type=a.scheduler)
    )
    TrainingArguments(output_dir="stage-" + a.stage, **optional)


if __name__ == "__main__":
    main()
