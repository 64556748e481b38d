"""What is wrong: one rule, one file; the engine that runs them; findings."""
