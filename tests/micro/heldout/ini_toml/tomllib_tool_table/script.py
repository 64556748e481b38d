import tomllib

from transformers import TrainingArguments


def settings():
    with open("project.toml", "rb") as handle:
        return tomllib.load(handle)["training"]


def main():
    s = settings()
    TrainingArguments(
        s["output_dir"],
        learning_rate=s["learning_rate"],
        max_steps=s.get("max_steps") or 100,
        bf16=s.get("bf16", False),
    )


main()
