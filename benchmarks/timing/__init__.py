"""The parts of speed.py: a place to measure in, files to measure with, and the stopwatch."""
