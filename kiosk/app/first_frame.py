"""Puts the first frame on the glass before anything else of the program is even imported.

A site file, the view-models and their pages take a second or more to load on a small machine;
meanwhile the glass shows the sign of a car park. What comes next is left to run.py.
"""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.app.placing import (
    DESK_GLASS,
    DESK_PAGE,
    DRIVERS_GLASS,
    DRIVERS_PAGE,
    Placing,
    open_window,
    rooms_of,
)

LIMIT_MS = 2000
"""A screen that is switched off takes no frame; the program starts all the same."""


class FirstFrame:
    """The application with its sign, until `close`; returns from its making once it is seen."""

    def __init__(self, *, is_for_desk: bool) -> None:
        self.application = QGuiApplication([])
        self.application.setApplicationName("sharedpark-kiosk")
        placing = Placing(rooms_of(self.application.screens()))
        self._engine: QQmlApplicationEngine | None
        self._engine, window = open_window(
            placing.beside(DESK_PAGE) if is_for_desk else placing.for_drivers(DRIVERS_PAGE),
            glass=DESK_GLASS if is_for_desk else DRIVERS_GLASS,
            module="First",
            root="FirstFrame",
            properties={},
        )
        self._wait_for(window)

    def close(self) -> None:
        """Take the sign away: the first page stands there now, or the program ends."""
        if self._engine is not None:
            self._engine.rootObjects()[0].close()  # type: ignore[attr-defined]  # it is a window
            self._engine.deleteLater()
            self._engine = None

    def _wait_for(self, window: QQuickWindow) -> None:
        loop, limit = QEventLoop(), QTimer()
        limit.setSingleShot(True)
        limit.timeout.connect(loop.quit)
        window.frameSwapped.connect(loop.quit)
        limit.start(LIMIT_MS)
        loop.exec()
        window.frameSwapped.disconnect(loop.quit)
