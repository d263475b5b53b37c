"""Paints the occupancy of a day beside the recorded one; the numbers come from kiosk.app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPolygonF

from kiosk.ui.stage import FONT_FAMILY

_WIDTH, _HEIGHT = 1440, 760
_PLOT = QRectF(110, 150, 1260, 500)
_GROUND, _INK, _QUIET, _GRID = "#ffffff", "#0b1b2b", "#47566a", "#dfe4ea"
_REAL, _OURS = "#47566a", "#00367a"


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Cars inside at a local time of day."""

    minute_of_day: int
    real: int
    ours: int


@dataclass(frozen=True, slots=True)
class DayPicture:
    """What the picture says besides its curves."""

    title: str
    subtitle: str
    capacity: int
    points: Sequence[CurvePoint]


def paint_day(picture: DayPicture, target: Path) -> None:
    """Write the picture as PNG; needs a QGuiApplication with the bundled fonts."""
    image = QImage(_WIDTH, _HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(_GROUND))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    first = min(point.minute_of_day for point in picture.points) // 60
    last = -(-max(point.minute_of_day for point in picture.points) // 60)
    top = -(-picture.capacity // 200) * 200

    def place(minute: float, cars: float) -> QPointF:
        across = (minute / 60 - first) / (last - first)
        return QPointF(
            _PLOT.left() + across * _PLOT.width(), _PLOT.bottom() - cars / top * _PLOT.height()
        )

    _write(painter, QPointF(110, 62), picture.title, size=34, weight=QFont.Weight.DemiBold)
    _write(painter, QPointF(110, 104), picture.subtitle, size=22, colour=_QUIET)
    for cars in range(0, top + 1, 200):
        painter.setPen(QPen(QColor(_GRID), 1))
        painter.drawLine(place(first * 60, cars), place(last * 60, cars))
        _write(
            painter, place(first * 60, cars) + QPointF(-70, 7), str(cars), size=18, colour=_QUIET
        )
    for hour in range(first, last + 1):
        at = place(hour * 60, 0) + QPointF(-26, 34)
        _write(painter, at, f"{hour:02d}:00", size=18, colour=_QUIET)
    painter.setPen(QPen(QColor(_INK), 2, Qt.PenStyle.DashLine))
    painter.drawLine(place(first * 60, picture.capacity), place(last * 60, picture.capacity))
    _write(
        painter,
        place(first * 60, picture.capacity) + QPointF(8, -10),
        f"{picture.capacity} spaces",
        size=18,
    )
    real = QPolygonF([place(point.minute_of_day, point.real) for point in picture.points])
    ours = QPolygonF([place(point.minute_of_day, point.ours) for point in picture.points])
    painter.setPen(QPen(QColor(_REAL), 3, Qt.PenStyle.DotLine))
    painter.drawPolyline(real)
    painter.setPen(QPen(QColor(_OURS), 5))
    painter.drawPolyline(ours)
    _legend(painter, QPointF(110, 722), _REAL, Qt.PenStyle.DotLine, "recorded that day")
    _legend(
        painter, QPointF(430, 722), _OURS, Qt.PenStyle.SolidLine, "reserved, paid and parked here"
    )
    painter.end()
    target.parent.mkdir(parents=True, exist_ok=True)
    assert image.save(str(target)), f"{target} cannot be written"


def _legend(painter: QPainter, at: QPointF, colour: str, style: Qt.PenStyle, words: str) -> None:
    painter.setPen(QPen(QColor(colour), 5, style))
    painter.drawLine(at + QPointF(0, -7), at + QPointF(50, -7))
    _write(painter, at + QPointF(64, 0), words, size=20)


def _write(
    painter: QPainter,
    at: QPointF,
    words: str,
    *,
    size: int,
    colour: str = _INK,
    weight: QFont.Weight = QFont.Weight.Normal,
) -> None:
    font = QFont(FONT_FAMILY)
    font.setPixelSize(size)
    font.setWeight(weight)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(at, words)
