import importlib

import yaml


def instantiate(node):
    node = dict(node)
    module, _, name = node.pop("_target_").rpartition(".")
    return getattr(importlib.import_module(module), name)(**node)


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    for node in cfg["parts"].values():
        instantiate(node)


main()
