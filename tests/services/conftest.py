"""Gives the use cases a small site in virtual time."""

from tests.fakes.stage import ada, authorising, founded, stage

__all__ = ["ada", "authorising", "founded", "stage"]
