"""Gives the machine a founded small site to begin its lives with."""

from tests.fakes.stage import founded

__all__ = ["founded"]
