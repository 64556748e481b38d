"""The console script: `gliner-audit` and `python -m gliner_audit`."""

import sys


def main() -> int:
    """Run the command line; returns the exit code (0 clean, 1 findings, 2 usage, 3 internal error)."""
    from .cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
