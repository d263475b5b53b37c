"""When a desk asks for a new picture: at once, then at most four times a second, never twice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.services import limits


class Refresher(QObject):
    """Turns any number of events into few questions; a question that was lost is asked again."""

    def __init__(self, ask: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._ask = ask
        self._is_asking = self._must_ask = False
        self.pause = QTimer(self, interval=limits.DESK_REFRESH_MS, singleShot=True)
        self.pause.timeout.connect(self._go_on)
        self.patience = QTimer(self, interval=int(limits.DESK_ANSWER_S * 1000), singleShot=True)
        self.patience.timeout.connect(self.now)

    def soon(self) -> None:
        """Something changed: ask now, or as soon as answer and pause allow."""
        if self._is_asking or self.pause.isActive():
            self._must_ask = True
        else:
            self.now()

    @Slot()
    def now(self) -> None:
        """Ask at once."""
        self._must_ask, self._is_asking = False, True
        self.pause.start()
        self.patience.start()
        self._ask()

    def answered(self) -> None:
        """The picture came."""
        self._is_asking = False
        self.patience.stop()
        self._go_on()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._must_ask = self._is_asking = False
        self.pause.stop()
        self.patience.stop()

    @Slot()
    def _go_on(self) -> None:
        if self._must_ask and not self._is_asking and not self.pause.isActive():
            self.now()
