import importlib

import yaml


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    module_name, _, function = cfg["trainer"].partition(":")
    build = getattr(importlib.import_module(module_name), function)
    build(**cfg["args"])


if __name__ == "__main__":
    main()
