from .loading import load_run
from .run import TrainRun

__all__ = ["TrainRun", "load_run"]
