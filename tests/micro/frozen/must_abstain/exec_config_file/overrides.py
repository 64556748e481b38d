weight_decay = 0.1
