"""Rules on files that cannot be read as a config."""
