import yaml

CFG = {}


def init(path):
    with open(path) as f:
        CFG.update(yaml.safe_load(f))


def get(name, default=None):
    return CFG.get(name, default)
