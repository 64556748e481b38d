"""Example configs that the rules of this room share."""

MODEL = "model:\n  model_name: microsoft/deberta-v3-small\n  span_mode: markerV0\n"
TOKEN = "model:\n  model_name: microsoft/deberta-v3-small\n  span_mode: token_level\n"
BIENCODER = MODEL + "  labels_encoder: sentence-transformers/all-MiniLM-L6-v2\n"
DECODER = MODEL + "  labels_decoder: openai-community/gpt2\n"
TRAINING = MODEL + "training:\n"
EVAL = MODEL + "data:\n  train_data: train.json\n  val_data_dir: val.json\ntraining:\n"
