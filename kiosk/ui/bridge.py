"""The only crossing between the threads of the core and Qt.

A view-model asks with `ask`; its call-back runs on the main thread. Events of the core come
as the signal `published`, on the main thread too. The bridge is made on the main thread:
a signal emitted elsewhere by an object born here is delivered here (architecture.md).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from kiosk.services.commands import Command
from kiosk.services.events import Published

Answer = TypeVar("Answer")


class Asker(Protocol):
    """What a view-model needs to reach the core; the tests' fake keeps the same promise."""

    def ask(self, command: Command[Answer], then: Callable[[Answer], None]) -> None:
        """Queue the command; `then` gets its outcome later, on the main thread."""
        ...


Submit = Callable[[Command[object], Callable[[object], None]], bool]


class Bridge(QObject):
    """Hands commands to the work thread, and outcomes and events to the main thread."""

    published = Signal(object)
    """An event of kiosk.services.events, for every screen."""
    overloaded = Signal()
    """The core took no more commands: the screen asks the driver to try again."""
    _answered = Signal(object, object)

    def __init__(self, submit: Submit) -> None:
        super().__init__()
        self._submit = submit
        self._is_closed = False
        self._answered.connect(self._deliver)

    def ask(self, command: Command[Answer], then: Callable[[Answer], None]) -> None:
        """Queue the command; `then` gets its outcome later, on the main thread."""
        if not self._submit(command, lambda outcome: self._answered.emit(then, outcome)):
            self.overloaded.emit()

    def publish(self, event: Published) -> None:
        """Tell all screens; called from any thread."""
        self.published.emit(event)

    def close(self) -> None:
        """The screens are gone: an answer that was still on its way reaches nobody."""
        self._is_closed = True

    def _deliver(self, then: Callable[[object], None], outcome: object) -> None:
        if not self._is_closed:
            then(outcome)
