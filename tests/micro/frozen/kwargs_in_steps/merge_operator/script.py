import json

from gliner import GLiNER

DEFAULTS = {"max_steps": 10_000, "save_total_limit": 3, "report_to": "none", "bf16": False}


def main():
    with open("user.json") as f:
        user = json.load(f)
    options = DEFAULTS | user["train"]
    options |= {"output_dir": user["out"]}
    options.pop("notes", None)
    GLiNER.from_pretrained(user["model"]).train_model([], [], **options)


if __name__ == "__main__":
    main()
