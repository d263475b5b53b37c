"""Paints what a tariff costs over a day and over a week; the numbers come from kiosk.app."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from kiosk.ui.chart_frame import Chart, Frame, frame_of, step_corners
from kiosk.ui.chart_labels import Wish, along, around, leader, line_rects, placed
from kiosk.ui.format import digits
from kiosk.ui.stage import FONT_FAMILY

WIDTH = 1440
_LEFT, _RIGHT = 110, 1370
DAY_PLOT = QRectF(_LEFT, 212, _RIGHT - _LEFT, 440)
WEEK_PLOT = QRectF(_LEFT, 776, _RIGHT - _LEFT, 230)
_LEGEND_TOP, _LEGEND_STEP, _LEGEND_GAP, _SAMPLE = 1096, 38, 44, 50
_STRIP = 32  # height of the bands' names above the day

_GROUND, _INK, _QUIET, _GRID = "#ffffff", "#0b1b2b", "#47566a", "#cfd6de"
LINE_COLOURS = ("#00367a", "#8a3c00")
FREE_COLOUR = "#00703c"
TINTS = ("#eef3f9", "#d9e3f0", "#fbf3df", "#e3f1e8", "#f1e7f3", "#e7e9ec")
_HATCH = "#8794a1"
_TITLE, _TEXT, _SMALL = 34, 22, 20
_MARGIN = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class BandWords:
    """A band by its name above the day, and with its hours in the legend."""

    name: str
    hours: str
    is_unstated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffPicture:
    """What the picture says: a day above, a week below, the bands in words."""

    title: str
    subtitle: str
    currency: str
    bands: Sequence[BandWords]
    day: Chart
    week: Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words with their place, and the point of a line that they speak of, if any."""

    words: str
    place: QRectF = field(default_factory=QRectF)
    colour: str = _INK
    point: QPointF | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the legend explains: a line by its number, a band by its number, or a word alone."""

    words: str
    line: int | None = None
    band: int | None = None
    is_free: bool = False


def paint_tariff(picture: TariffPicture, target: Path) -> None:
    """Write the picture as PNG; needs a QGuiApplication with the bundled fonts.

    OSError when it cannot be written; what the target holds then is not defined.
    """
    groups = _samples(picture)
    samples = [sample for group in groups for sample in group]
    places = flowed(
        [[text_width(sample.words, size=_SMALL) for sample in group] for group in groups]
    )
    image = QImage(WIDTH, int(places[-1].y()) + 36, QImage.Format.Format_RGB32)
    image.fill(QColor(_GROUND))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    strong = QFont.Weight.DemiBold
    _write(painter, QPointF(_LEFT, 60), picture.title, size=_TITLE, weight=strong)
    _write(painter, QPointF(_LEFT, 100), picture.subtitle, colour=_QUIET)
    _paint_day(painter, picture)
    _paint_week(painter, picture)
    for sample, place in zip(samples, places, strict=True):
        _paint_sample(painter, picture, sample, place)
    painter.end()
    if not image.save(str(target)):
        raise OSError(errno.EIO, "there may be no room", str(target))


def flowed(groups: Sequence[Sequence[float]]) -> list[QPointF]:
    """Where the samples of the legend begin, by the widths of their words.

    From left to right, and in a new row where one is full or another group begins.
    """
    places: list[QPointF] = []
    y = float(_LEGEND_TOP) - _LEGEND_STEP
    for group in groups:
        x = float(_RIGHT)
        for width in group:
            if x + _SAMPLE + width > _RIGHT:
                x, y = float(_LEFT), y + _LEGEND_STEP
            places.append(QPointF(x, y))
            x += _SAMPLE + width + _LEGEND_GAP
    return places


def labels_of(chart: Chart, frame: Frame) -> list[Label]:
    """The words within a plot, each with its place; one that has no room is left out."""
    lines = [step_corners(line, frame) for line in chart.lines]
    points = [frame.at(mark.minute, mark.total_minor) for mark in chart.marks]
    taken = [rect for corners in lines for rect in line_rects(corners, width=6)]
    taken += [QRectF(point.x() - 7, point.y() - 7, 14, 14) for point in points]
    labels, wishes = [], []
    for cap in chart.caps:
        start = frame.at(max(0, cap.from_minute), cap.total_minor)
        end = frame.at(min(frame.minutes, cap.until_minute), cap.total_minor)
        taken += line_rects([start, end], width=2)
        if cap.words:
            labels.append(Label(words=cap.words))
            wishes.append(Wish(along(start, end, _size(cap.words))))
    for mark, point in zip(chart.marks, points, strict=True):
        labels.append(Label(words=mark.words, colour=LINE_COLOURS[mark.line], point=point))
        wishes.append(Wish(around(point, _size(mark.words)), point))
    places = placed(wishes, within=frame.plot, taken=taken)
    return [
        replace(label, place=place)
        for label, place in zip(labels, places, strict=True)
        if place is not None
    ]


def text_width(words: str, *, size: int) -> float:
    """How many pixels the words are wide."""
    return QFontMetricsF(_font(size, QFont.Weight.Normal)).horizontalAdvance(words)


def _size(words: str) -> QSizeF:
    return QSizeF(text_width(words, size=_SMALL), _SMALL + 4)


def _samples(picture: TariffPicture) -> list[list[Sample]]:
    lines = [
        Sample(words=line.words, line=number) for number, line in enumerate(picture.day.lines)
    ]
    if picture.day.free_minutes:
        lines.append(Sample(words="free minutes", is_free=True))
    if picture.day.caps or picture.week.caps:
        lines.append(Sample(words="limit of a cap"))
    bands = [
        Sample(words=f"{band.name}: {band.hours}", band=number)
        for number, band in enumerate(picture.bands)
    ]
    return [lines, bands]


def _paint_day(painter: QPainter, picture: TariffPicture) -> None:
    chart = picture.day
    frame = frame_of(chart, DAY_PLOT, picture.currency)
    _ground(painter, picture, frame, chart, above=DAY_PLOT.top() - _STRIP)
    for span in chart.bands:
        _strip(painter, picture, frame.span(span.from_minute, span.until_minute), span.band)
    for tick in chart.ticks:
        at = frame.at(tick.minute, 0)
        painter.setPen(QPen(QColor(_QUIET), 2))
        painter.drawLine(at, at + QPointF(0, 8))
        _write_centred(painter, at + QPointF(0, 34), tick.words)
    _curves(painter, frame, chart)


def _paint_week(painter: QPainter, picture: TariffPicture) -> None:
    chart = picture.week
    frame = frame_of(chart, WEEK_PLOT, picture.currency)
    _ground(painter, picture, frame, chart, above=WEEK_PLOT.top())
    ends = [*(tick.minute for tick in chart.ticks[1:]), chart.minutes]
    for tick, end in zip(chart.ticks, ends, strict=True):
        at = frame.at(tick.minute, 0)
        painter.setPen(QPen(QColor(_HATCH), 2))
        x = float(round(at.x()))  # on whole pixels: two columns of one colour
        painter.drawLine(QPointF(x, frame.plot.top()), QPointF(x, frame.plot.bottom() + 12))
        if text_width(tick.words, size=_SMALL) + 8 < frame.span(tick.minute, end).width():
            middle = frame.at((tick.minute + end) / 2, 0)
            _write_centred(painter, middle + QPointF(0, 34), tick.words)
    _curves(painter, frame, chart)


def _ground(
    painter: QPainter, picture: TariffPicture, frame: Frame, chart: Chart, *, above: float
) -> None:
    """Heading, bands in their colours, hours without a price hatched, and the grid of money."""
    _write(painter, QPointF(_LEFT, above - 16), chart.heading, weight=QFont.Weight.DemiBold)
    for span in chart.bands:
        place = frame.span(span.from_minute, span.until_minute)
        for brush in _brushes(picture, span.band):
            painter.fillRect(place, brush)
    for minor in range(0, frame.top_minor + 1, frame.step_minor):
        at = frame.at(0, minor)
        painter.setPen(QPen(QColor(_GRID), 1))
        painter.drawLine(at, frame.at(frame.minutes, minor))
        words = digits(minor, picture.currency)
        left = at.x() - 14 - text_width(words, size=_SMALL)
        _write(painter, QPointF(left, at.y() + 7), words, size=_SMALL, colour=_QUIET)


def _strip(painter: QPainter, picture: TariffPicture, below: QRectF, band: int) -> None:
    """The band's name above its hours, where it fits; the legend has it in any case."""
    strip = QRectF(below.left(), below.top() - _STRIP, below.width(), _STRIP)
    painter.fillRect(strip, _brushes(picture, band)[0].color().darker(108))
    painter.setPen(QPen(QColor(_GROUND), 2))
    painter.drawLine(strip.bottomLeft(), strip.topLeft())
    name = picture.bands[band].name
    if text_width(name, size=_SMALL) + 16 <= strip.width():
        _write_centred(painter, strip.center() + QPointF(0, 7), name, colour=_INK)


def _brushes(picture: TariffPicture, band: int) -> list[QBrush]:
    if picture.bands[band].is_unstated:
        return [QBrush(QColor(_GROUND)), QBrush(QColor(_HATCH), Qt.BrushStyle.BDiagPattern)]
    return [QBrush(QColor(TINTS[band % len(TINTS)]))]


def _curves(painter: QPainter, frame: Frame, chart: Chart) -> None:
    """Caps, free minutes, lines and their labels, in this order."""
    for cap in chart.caps:
        painter.setPen(QPen(QColor(_INK), 2, Qt.PenStyle.DashLine))
        painter.drawLine(
            frame.at(max(0, cap.from_minute), cap.total_minor),
            frame.at(min(frame.minutes, cap.until_minute), cap.total_minor),
        )
    for number in reversed(range(len(chart.lines))):
        painter.setPen(_line_pen(number))
        painter.drawPolyline(QPolygonF(step_corners(chart.lines[number], frame)))
    if chart.free_minutes:
        entered = chart.lines[0].entered_minute
        painter.setPen(_free_pen())
        painter.drawLine(frame.at(entered, 0), frame.at(entered + chart.free_minutes, 0))
    for label in labels_of(chart, frame):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255, 190))
        painter.drawRoundedRect(label.place.adjusted(-4, -1, 4, 1), 6, 6)
        if label.point is not None:
            painter.setPen(QPen(QColor(label.colour), 1.5))
            painter.drawLine(label.point, leader(label.point, label.place))
            painter.setPen(QPen(QColor(label.colour), 3))
            painter.setBrush(QColor(_GROUND))
            painter.drawEllipse(label.point, 6, 6)
        base = label.place.bottomLeft() + QPointF(0, -6)
        _write(painter, base, label.words, size=_SMALL, colour=label.colour)


def _paint_sample(painter: QPainter, picture: TariffPicture, sample: Sample, at: QPointF) -> None:
    """A piece of what it explains, and the words beside it."""
    start, end = at + QPointF(0, -7), at + QPointF(_SAMPLE - 12, -7)
    if sample.band is not None:
        box = QRectF(start - QPointF(0, 12), QSizeF(_SAMPLE - 12, 24))
        for brush in _brushes(picture, sample.band):
            painter.fillRect(box, brush)
        painter.setPen(QPen(QColor(_HATCH), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
    else:
        pen = QPen(QColor(_INK), 2, Qt.PenStyle.DashLine)
        if sample.line is not None:
            pen = _line_pen(sample.line)
        elif sample.is_free:
            pen = _free_pen()
        painter.setPen(pen)
        painter.drawLine(start, end)
    _write(painter, at + QPointF(_SAMPLE, 0), sample.words, size=_SMALL)


def _line_pen(number: int) -> QPen:
    pen = QPen(QColor(LINE_COLOURS[number]), 4)
    if number:
        pen.setDashPattern([1.5, 0.8])  # never colour alone (ux 8)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def _free_pen() -> QPen:
    pen = QPen(QColor(FREE_COLOUR), 10)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _write_centred(painter: QPainter, at: QPointF, words: str, *, colour: str = _QUIET) -> None:
    left = at - QPointF(text_width(words, size=_SMALL) / 2, 0)
    _write(painter, left, words, size=_SMALL, colour=colour)


def _write(
    painter: QPainter,
    at: QPointF,
    words: str,
    *,
    size: int = _TEXT,
    colour: str = _INK,
    weight: QFont.Weight = QFont.Weight.Normal,
) -> None:
    font = _font(size, weight)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    room = WIDTH - _MARGIN - at.x()
    fitting = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.drawText(at, fitting)


def _font(size: int, weight: QFont.Weight) -> QFont:
    font = QFont(FONT_FAMILY)
    font.setPixelSize(size)
    font.setWeight(weight)
    return font
