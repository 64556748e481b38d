import argparse

from . import build
from .config import load


def main(argv=None):
    parser = argparse.ArgumentParser(prog="trainer")
    parser.add_argument("config")
    build.trainer(load(parser.parse_args(argv).config)).train()
