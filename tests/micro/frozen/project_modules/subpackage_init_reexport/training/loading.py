import yaml

from .run import TrainRun


def load_run(path):
    with open(path) as handle:
        document = yaml.safe_load(handle)
    return TrainRun(document["hyper"], **document["io"])
