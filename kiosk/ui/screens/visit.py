"""Questions of the one person at a screen: an answer for somebody who has left is told apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from kiosk.services.commands import Command
from kiosk.ui.bridge import Asker

Answer = TypeVar("Answer")


class Visit:
    """Asks the core; `too_late` gets every answer that comes after `end`."""

    def __init__(self, asker: Asker, *, too_late: Callable[[object], None]) -> None:
        self._asker = asker
        self._too_late = too_late
        self._number = 0
        self.is_asking = False
        """True while a question is handed over: an overload that comes then is about it."""

    def ask(self, command: Command[Answer], then: Callable[[Answer], None]) -> None:
        """Queue the command; `then` gets its outcome if the person is still there."""
        number = self._number

        def deliver(answer: Answer) -> None:
            if number == self._number:
                then(answer)
            else:
                self._too_late(answer)

        self.is_asking = True
        self._asker.ask(command, deliver)
        self.is_asking = False

    def end(self) -> None:
        """The person has left."""
        self._number += 1
