"""Rules on training code: what becomes of a key between the config and the library."""
