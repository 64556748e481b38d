from enum import Enum
from pathlib import Path
from typing import Annotated, Optional

import typer
from transformers import TrainingArguments


class Schedule(str, Enum):
    linear = "linear"
    cosine = "cosine"
    constant = "constant"


def main(
    out: Annotated[Path, typer.Option()] = Path("out"),
    schedule: Annotated[Schedule, typer.Option()] = Schedule.linear,
    lr: Annotated[float, typer.Option("--learning-rate")] = 5e-5,
    warmup: Annotated[Optional[int], typer.Option()] = None,
    device: Annotated[str, typer.Option()] = "cuda",
):
    TrainingArguments(
        output_dir=str(out),
        lr_scheduler_type=schedule.value,
        learning_rate=lr,
        warmup_steps=warmup or 50,
    )


if __name__ == "__main__":
    typer.run(main)
