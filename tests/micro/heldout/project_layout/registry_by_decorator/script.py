import yaml
from registry import BUILDERS
import builders  # noqa: F401


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    BUILDERS[cfg["trainer"]](cfg[cfg["trainer"]])


main()
