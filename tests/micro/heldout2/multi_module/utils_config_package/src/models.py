from transformers import AutoModelForSequenceClassification, AutoTokenizer


def build_model(model_cfg):
    name = model_cfg["name"]
    tokenizer = AutoTokenizer.from_pretrained(name, use_fast=model_cfg.get("fast_tokenizer", True))
    model = AutoModelForSequenceClassification.from_pretrained(name, num_labels=model_cfg["num_labels"])
    return model, tokenizer
