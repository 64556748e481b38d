from transformers import TrainingArguments


class Base:
    OUT = "out"
    LR = 1e-4
    EPOCHS = 3
    CLIP = 1.0

    @classmethod
    def arguments(cls):
        return TrainingArguments(output_dir=cls.OUT, learning_rate=cls.LR, num_train_epochs=cls.EPOCHS)


class Short(Base):
    STEPS = 50


def main():
    args = Short.arguments()
    args.max_steps = Short.STEPS


if __name__ == "__main__":
    main()
