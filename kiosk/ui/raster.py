"""Paints a line of text that a receipt printer has no letters for, as black dots."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QImage, QPainter

from hardware.escpos import Raster
from kiosk.ui.stage import FONT_FAMILY

WIDTH_DOTS = 384
"""The print width of a 58 mm roll at 8 dots a millimetre."""
HEIGHT_DOTS = 32
TEXT_DOTS = 24


def paint_line(text: str) -> Raster:
    """The text as one row of the roll, in the bundled fonts; from any thread.

    Needs a QGuiApplication with the fonts loaded. What does not fit is cut off at the edge.
    """
    image = QImage(WIDTH_DOTS, HEIGHT_DOTS, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    font = QFont(FONT_FAMILY)
    font.setPixelSize(TEXT_DOTS)
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.black)
    painter.drawText(
        QRect(0, 0, WIDTH_DOTS, HEIGHT_DOTS),
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        text,
    )
    painter.end()
    dots = image.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)
    width_bytes = WIDTH_DOTS // 8
    rows = bytes(dots.constBits())
    stride = dots.bytesPerLine()
    return Raster(
        width_bytes=width_bytes,
        rows=b"".join(
            rows[row * stride : row * stride + width_bytes] for row in range(HEIGHT_DOTS)
        ),
    )
