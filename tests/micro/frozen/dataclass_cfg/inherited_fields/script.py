from dataclasses import dataclass

from gliner import GLiNER


@dataclass
class CommonArgs:
    output_dir: str = "out"
    seed: int = 42
    learning_rate: float = 5e-6


@dataclass
class GlinerArgs(CommonArgs):
    learning_rate: float = 1e-5
    others_lr: float = 5e-5
    focal_loss_gamma: float = 2.0
    max_types: int = 25


def main():
    args = GlinerArgs()
    model = GLiNER.from_pretrained("urchade/gliner_base")
    model.train_model(
        [], [], output_dir=args.output_dir, learning_rate=args.learning_rate, others_lr=args.others_lr,
        focal_loss_gamma=args.focal_loss_gamma, seed=args.seed,
    )


if __name__ == "__main__":
    main()
