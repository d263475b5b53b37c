"""The commands of `python -m hardware`, one file for what belongs together."""
