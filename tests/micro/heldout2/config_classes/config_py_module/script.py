import os

import config
import torch
from engine import fit
from gliner import GLiNER


def main():
    torch.manual_seed(config.Train.SEED)
    os.environ["CUDA_VISIBLE_DEVICES"] = config.GPU
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    model = GLiNER.from_pretrained(config.MODEL_PATH)
    fit(model, config.Train)


if __name__ == "__main__":
    main()
