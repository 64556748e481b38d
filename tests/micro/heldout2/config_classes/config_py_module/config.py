"""All settings live here."""

GPU = "0"
MODEL_PATH = "urchade/gliner_medium-v2.1"
DATA_PATH = "data/train.json"


class Train:
    SEED = 42
    OUT = "models/ner"
    LR = 5e-6
    OTHERS_LR = 1e-5
    WEIGHT_DECAY = 0.01
    BATCH_SIZE = 8
    STEPS = 3000
    SAVE_EVERY = 500
    FOCAL_ALPHA = 0.75
    FOCAL_GAMMA = 2
    USE_AMP = True


class Eval:
    BATCH_SIZE = 12
    THRESHOLD = 0.5
