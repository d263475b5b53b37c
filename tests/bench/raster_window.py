"""The least that Qt can show: an empty QRasterWindow; prints when, at what cost, and ends."""

from __future__ import annotations

import os

from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QRasterWindow

from tests.bench.first_frame import note


class EmptyWindow(QRasterWindow):
    """One colour."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), self.height(), QColor("white"))
        painter.end()
        note("shown")
        os._exit(0)


application = QGuiApplication([])
window = EmptyWindow()
window.resize(1080, 1920)
window.show()
application.exec()
