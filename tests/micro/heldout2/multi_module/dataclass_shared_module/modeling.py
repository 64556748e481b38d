from transformers import AutoModelForCausalLM


def create_model(a):
    model = AutoModelForCausalLM.from_pretrained(a.base)
    model.config.use_cache = not a.gradient_checkpointing
    return model
