"""How the commands speak and how they end: lines of text, and exit codes."""

from __future__ import annotations

import sys
from typing import Final

from hardware.errors import HardwareError, NotReady

DONE: Final = 0
FAILED: Final = 1
WRONG_INPUT: Final = 2


class WrongInput(Exception):
    """What was typed cannot be meant; the text says why, in an installer's words."""


def say(text: str) -> None:
    """One answer, seen at once even when somebody reads it through a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """One line about what went wrong."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def words_of(fault: HardwareError) -> str:
    """What went wrong and what mends it; a board that is not ready has named that itself."""
    return str(fault) if isinstance(fault, NotReady) else f"{fault}\n{fault.remedy}"
