from gliner import GLiNER


class CFG:
    checkpoint = "urchade/gliner_small-v2.1"
    encoder_lr = 1e-5
    others_lr = 5e-5
    steps = 500
    eval_every = 100
    batch = 8
    fold = 0

    @classmethod
    def save_steps(cls):
        return cls.eval_every * 2


def main():
    model = GLiNER.from_pretrained(CFG.checkpoint)
    model.train_model(
        [], [], output_dir=f"fold{CFG.fold}", learning_rate=CFG.encoder_lr, others_lr=CFG.others_lr,
        max_steps=CFG.steps, save_steps=CFG.save_steps(), per_device_train_batch_size=CFG.batch,
    )


if __name__ == "__main__":
    main()
