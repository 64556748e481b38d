"""Entry point of the package."""

from finetune.cli import main

if __name__ == "__main__":
    main()
