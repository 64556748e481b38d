"""Fine-tuning of causal models with adapters."""
