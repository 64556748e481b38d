"""Rules on transformers' TrainingArguments."""
