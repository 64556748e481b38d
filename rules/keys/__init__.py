"""Rules on the names of keys."""
