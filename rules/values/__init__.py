"""Rules on values that the library's own schema refuses."""
