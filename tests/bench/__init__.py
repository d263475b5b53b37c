"""Measures of speed; `make bench` runs them."""
