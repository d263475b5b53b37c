"""Gives the fault a small site in virtual time."""

from tests.fakes.stage import ada, founded, stage
from tests.fault_killed.afterlife import kill

__all__ = ["ada", "founded", "kill", "stage"]
