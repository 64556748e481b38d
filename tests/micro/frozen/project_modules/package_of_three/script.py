from trainer_pkg.cli import main

if __name__ == "__main__":
    main()
