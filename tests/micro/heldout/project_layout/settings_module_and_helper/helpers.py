import settings as s


def options():
    return dict(per_device_train_batch_size=s.BATCH, per_device_eval_batch_size=s.BATCH * 2)
