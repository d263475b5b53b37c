"""Waits until the site is up, then opens the toy window; its needs are imported only then."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from kiosk.app.clocks import SkippingClock
    from kiosk.app.config import SiteFile
    from kiosk.app.toy_window import ToyWindow
    from kiosk.app.windows import Windows
    from kiosk.app.wiring import SiteAtWork

LOOK_MS = 200


class Toys:
    """The toy window to come, if the site has simulated lanes; `close` it before the others."""

    def __init__(
        self,
        site: Callable[[], SiteAtWork | None],
        *,
        application: QGuiApplication,
        file: SiteFile,
        clock: SkippingClock,
        windows: Windows,
    ) -> None:
        self._site = site
        self._application = application
        self._file = file
        self._clock = clock
        self._windows = windows
        self.open: ToyWindow | None = None
        self._waiting = QTimer(windows)
        self._waiting.timeout.connect(self._look)
        self._waiting.start(LOOK_MS)

    def close(self) -> None:
        """Take the window down while its lanes still stand; open none any more."""
        self._waiting.stop()
        if self.open is not None:
            self.open.close()
            self.open = None

    def _look(self) -> None:
        site = self._site()
        if site is None:
            return
        self._waiting.stop()
        from kiosk.app.toy_window import open_toy_window

        self.open = open_toy_window(
            site,
            application=self._application,
            file=self._file,
            clock=self._clock,
            windows=self._windows,
        )
