import argparse
from dataclasses import dataclass, fields
from typing import Optional


@dataclass
class Arguments:
    base: str = "gpt2"
    output_dir: str = "out"
    learning_rate: float = 5e-5
    batch_size: int = 8
    warmup_steps: int = 0
    warmup_ratio: float = 0.0
    gradient_checkpointing: bool = False
    report_to: str = "none"
    resume: Optional[str] = None
    num_beams: int = 1


def parse_arguments() -> Arguments:
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", default="gpt2")
    parser.add_argument("--output_dir", default="out")
    parser.add_argument("--learning_rate", type=float, default=5e-5)
    parser.add_argument("--batch_size", type=int, default=8)
    parser.add_argument("--warmup_steps", type=int, default=0)
    parser.add_argument("--warmup_ratio", type=float, default=0.0)
    parser.add_argument("--gradient_checkpointing", action="store_true")
    parser.add_argument("--report_to", default="none")
    parser.add_argument("--resume", default=None)
    parser.add_argument("--num_beams", type=int, default=1)
    parser.add_argument("--local_rank", type=int, default=-1)
    ns = parser.parse_args()
    names = {f.name for f in fields(Arguments)}
    return Arguments(**{k: v for k, v in vars(ns).items() if k in names})
