HYPER = {"learning_rate": 1e-5, "max_steps": 1000, "masking": "none"}
