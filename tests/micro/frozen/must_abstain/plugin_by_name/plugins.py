from gliner import GLiNER


def spans(model, out, lr, steps=100, **rest):
    return GLiNER.from_pretrained(model).train_model([], [], output_dir=out, learning_rate=lr, max_steps=steps)


def relations(model, out, **rest):
    return GLiNER.from_pretrained(model).train_model([], [], output_dir=out, others_lr=rest["lr"])
