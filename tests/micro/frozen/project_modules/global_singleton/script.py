import store
from engine import fit


def main():
    store.init("config.yaml")
    fit()


if __name__ == "__main__":
    main()
