"""Everything one may want to change."""
OUT = "out"
LR = 1e-4
STEPS = 100
LORA_R = 8
LORA_ALPHA = 16
LORA_DROPOUT = 0.1
GRAD_CLIP = 1.0
