from config import Eval


def fit(model, settings):
    trainer = model.train_model(
        train_dataset=[],
        eval_dataset=[],
        output_dir=settings.OUT,
        learning_rate=settings.LR,
        others_lr=settings.OTHERS_LR,
        weight_decay=settings.WEIGHT_DECAY,
        per_device_train_batch_size=settings.BATCH_SIZE,
        per_device_eval_batch_size=settings.BATCH_SIZE,
        max_steps=settings.STEPS,
        save_steps=settings.SAVE_EVERY,
        focal_loss_alpha=settings.FOCAL_ALPHA,
        focal_loss_gamma=settings.FOCAL_GAMMA,
        bf16=False,
    )
    trainer.save_model(settings.OUT)
    return evaluate(model)


def evaluate(model):
    return model.evaluate([], threshold=Eval.THRESHOLD)
