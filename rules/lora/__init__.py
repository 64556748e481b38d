"""Rules on peft's LoraConfig and LoftQConfig."""
