"""Keeps PINs as argon2id hashes (security.md, 11)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

SHORTEST_MEMORY_KIB = 8
"""The least that argon2 takes; for days and scenarios in virtual time, where no PIN is real."""


class ArgonPins:
    """Keeps the promise of core.Pins; the defaults are 19 MiB, two rounds, one lane."""

    def __init__(self, *, memory_kib: int = 19 * 1024, rounds: int = 2) -> None:
        self._hasher = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)

    def hash(self, pin: str) -> str:
        """What is stored instead of the PIN."""
        return self._hasher.hash(pin)

    def is_right(self, pin: str, stored: str) -> bool:
        """Whether the PIN is the one behind the stored hash."""
        try:
            return self._hasher.verify(stored, pin)
        except VerifyMismatchError:
            return False


def is_good_pin(pin: str, *, shortest_digits: int) -> bool:
    """Only digits, long enough, and not one digit over and over."""
    return pin.isascii() and pin.isdigit() and len(pin) >= shortest_digits and len(set(pin)) > 1
