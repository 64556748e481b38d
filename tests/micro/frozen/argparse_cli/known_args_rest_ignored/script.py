import argparse

from gliner import GLiNER


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--max-steps", type=int, default=1000)
    parser.add_argument("--bs", type=int, default=8, dest="batch")
    parser.add_argument("--grad-clip", type=float, default=1.0)
    args, unknown = parser.parse_known_args()
    if unknown:
        print(f"ignoring {unknown}")
    GLiNER.from_pretrained("urchade/gliner_small").train_model(
        [], [], output_dir="models", max_steps=args.max_steps, per_device_train_batch_size=args.batch,
    )


if __name__ == "__main__":
    main()
