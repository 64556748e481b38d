"""The project around a config: settings, the versions that a lint is against, and the files to look at."""
