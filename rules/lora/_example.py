"""An example config that the rules of this room share."""

LORA = "num_train_epochs: 3\nlogging_steps: 10\nlora:\n"
