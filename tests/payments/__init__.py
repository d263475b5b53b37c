"""Adapters: one promise, kept by each of them, with a real process where there is one."""
