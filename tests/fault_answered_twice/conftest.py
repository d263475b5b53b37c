"""Gives the fault a small site in virtual time."""

from tests.fakes.stage import ada, founded, stage

__all__ = ["ada", "founded", "stage"]
