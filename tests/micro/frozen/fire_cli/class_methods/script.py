import fire
from gliner import GLiNER


class Finetuner:
    """python script.py run --lr 1e-5 --steps 500"""

    def __init__(self, model="urchade/gliner_base", out="models", device="cpu"):
        self.model_id = model
        self.out = out
        self.device = device

    def run(self, lr=1e-5, steps=1000, bs=8):
        model = GLiNER.from_pretrained(self.model_id)
        model.to(self.device)
        model.train_model([], [], output_dir=self.out, learning_rate=lr, max_steps=steps,
                          per_device_train_batch_size=bs)


if __name__ == "__main__":
    fire.Fire(Finetuner)
