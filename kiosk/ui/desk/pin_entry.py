"""A PIN while it is typed: QML sees only how many digits there are."""

from __future__ import annotations

MOST_DIGITS = 12


class PinEntry:
    """Digits from a keyboard or a keypad, in memory until they are taken once."""

    def __init__(self) -> None:
        self._digits = ""

    @property
    def length(self) -> int:
        """How many digits are typed."""
        return len(self._digits)

    def type(self, digits: str) -> None:
        """Add digits; anything else is ignored."""
        if digits.isascii() and digits.isdigit():
            self._digits = (self._digits + digits)[:MOST_DIGITS]

    def erase(self) -> None:
        """Take the last digit back."""
        self._digits = self._digits[:-1]

    def take(self) -> str:
        """The PIN, and forget it here."""
        pin, self._digits = self._digits, ""
        return pin
