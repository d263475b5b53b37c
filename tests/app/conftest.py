"""Gives what stands around a site a small one in virtual time."""

from tests.fakes.stage import ada, founded, stage

__all__ = ["ada", "founded", "stage"]
