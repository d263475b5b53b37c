"""Stands in for the bridge: answers each command at once from what the test laid ready."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any, TypeVar

from kiosk.services.commands import Command

Answer = TypeVar("Answer")


class FakeAsker:
    """Keeps the promise of kiosk.ui.bridge.Asker without a core.

    `answers(PayDue, outcome, ...)` lays outcomes ready, oldest first; an outcome may be a
    function of the command. A command without one is only recorded: its answer never comes.
    """

    def __init__(self) -> None:
        self.asked: list[Command[Any]] = []
        self._ready: defaultdict[type[object], deque[object]] = defaultdict(deque)

    def answers(self, command_type: type[object], *outcomes: object) -> None:
        """Lay these outcomes ready for the next commands of this type."""
        self._ready[command_type].extend(outcomes)

    def ask(self, command: Command[Answer], then: Callable[[Answer], None]) -> None:
        """Record the command and answer it with the next outcome for its type."""
        self.asked.append(command)
        if self._ready[type(command)]:
            outcome: Any = self._ready[type(command)].popleft()
            then(outcome(command) if callable(outcome) else outcome)
