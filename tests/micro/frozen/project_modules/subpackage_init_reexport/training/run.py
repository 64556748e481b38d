from typing import Any

from gliner import GLiNER

from .defaults import HYPER


class TrainRun:
    def __init__(self, hyper: dict[str, Any], out: str, base: str, push: bool = False):
        self.hyper = {**HYPER, **hyper}
        self.out = out
        self.base = base

    def start(self):
        model = GLiNER.from_pretrained(self.base)
        model.train_model([], [], output_dir=self.out, **self.hyper)
