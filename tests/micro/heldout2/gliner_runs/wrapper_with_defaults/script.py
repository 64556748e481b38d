import click
from gliner import GLiNER


class NerFinetuner:
    DEFAULTS = {"max_steps": 1000, "learning_rate": 1e-5, "others_lr": 5e-5, "warmup_ratio": 0.1}

    def __init__(self, base="urchade/gliner_small", out="models", **options):
        self.base = base
        self.out = out
        self.options = {**self.DEFAULTS, **options}

    def finetune(self, train, dev, batch_size=8, eval_batch_size=None):
        model = GLiNER.from_pretrained(self.base)
        return model.train_model(
            train_dataset=train,
            eval_dataset=dev,
            output_dir=self.out,
            per_device_train_batch_size=batch_size,
            per_device_eval_batch_size=eval_batch_size or batch_size,
            **self.options,
        )


@click.command()
@click.option("--base", default="urchade/gliner_medium")
@click.option("--out", default="out")
@click.option("--steps", default=500)
@click.option("--lr", default=5e-6)
@click.option("--head-lr", default=1e-5)
@click.option("--warmup", default=0.05)
@click.option("--batch-size", default=4)
@click.option("--eval-batch-size", default=16)
@click.option("--freeze/--no-freeze", default=False)
def main(base, out, steps, lr, head_lr, warmup, batch_size, eval_batch_size, freeze):
    tuner = NerFinetuner(base, out, max_steps=steps, learning_rate=lr, warmup_ratio=warmup)
    tuner.finetune([], [], batch_size=batch_size, eval_batch_size=eval_batch_size)


if __name__ == "__main__":
    main()
