from settings import CFG, DEVICE
from trainers import get_trainer


def main():
    trainer = get_trainer(CFG["task"])
    trainer(CFG, device=DEVICE)


if __name__ == "__main__":
    main()
