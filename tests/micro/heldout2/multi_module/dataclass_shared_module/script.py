import json
from dataclasses import asdict

from arguments import Arguments, parse_arguments
from modeling import create_model
from transformers import Trainer, TrainingArguments


def hf_arguments(a: Arguments) -> TrainingArguments:
    extra = {}
    if a.warmup_steps:
        extra["warmup_steps"] = a.warmup_steps
    else:
        extra["warmup_ratio"] = a.warmup_ratio
    if a.gradient_checkpointing:
        extra["gradient_checkpointing_kwargs"] = {"use_reentrant": False}
    return TrainingArguments(
        output_dir=a.output_dir,
        learning_rate=a.learning_rate,
        per_device_train_batch_size=a.batch_size,
        gradient_checkpointing=a.gradient_checkpointing,
        report_to=a.report_to,
        **extra,
    )


def main():
    a = parse_arguments()
    print(json.dumps(asdict(a), indent=1))
    model = create_model(a)
    trainer = Trainer(model=model, args=hf_arguments(a), train_dataset=[])
    trainer.train(resume_from_checkpoint=a.resume)


if __name__ == "__main__":
    main()
