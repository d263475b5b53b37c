"""The rules of shared parking as plain Python: no clock, no input or output."""
