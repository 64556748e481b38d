"""Rules on GLiNER's model, loss and optimiser settings."""
