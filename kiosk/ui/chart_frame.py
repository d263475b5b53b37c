"""What a price chart shows, and where its minutes and amounts lie in pixels; paints nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from kiosk.ui.format import decimals

MOST_GRID_LINES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceLine:
    """What a car that came at `entered_minute` of the chart pays after each minute of its stay."""

    words: str
    entered_minute: int
    totals_minor: Sequence[int]
    """From the first minute of the stay on; ends where no price is stated any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BandSpan:
    """Minutes of the chart in one band; `band` counts the bands of the picture from 0."""

    from_minute: int
    until_minute: int
    band: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CapLine:
    """A cap over the minutes in which it holds, at the total that it keeps."""

    from_minute: int
    until_minute: int
    total_minor: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point of a line that says its price in words."""

    line: int
    minute: int
    total_minor: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """An hour, or the beginning of a day, on the lower edge."""

    minute: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One span of time with everything that is drawn in it."""

    heading: str
    minutes: int
    ticks: Sequence[Tick]
    bands: Sequence[BandSpan]
    lines: Sequence[PriceLine]
    caps: Sequence[CapLine] = ()
    marks: Sequence[Mark] = ()
    free_minutes: int = 0
    """From the first line's entry on."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where minutes and amounts lie in a plot."""

    plot: QRectF
    minutes: int
    step_minor: int
    """Between two grid lines."""
    top_minor: int

    def at(self, minute: float, minor: float) -> QPointF:
        """The pixel of an amount at a minute of the chart."""
        return QPointF(
            self.plot.left() + minute / self.minutes * self.plot.width(),
            self.plot.bottom() - minor / self.top_minor * self.plot.height(),
        )

    def span(self, from_minute: float, until_minute: float) -> QRectF:
        """The plot's whole height between two minutes, cut at its edges."""
        left = self.at(max(0, from_minute), 0).x()
        right = self.at(min(self.minutes, until_minute), 0).x()
        return QRectF(left, self.plot.top(), right - left, self.plot.height())


def frame_of(chart: Chart, plot: QRectF, currency: str) -> Frame:
    """A frame that shows all lines and caps of the chart, with air above them for a label."""
    totals = [max(line.totals_minor, default=0) for line in chart.lines]
    highest = max([*totals, *(cap.total_minor for cap in chart.caps)], default=0)
    unit: int = 10 ** decimals(currency)
    aired = -(-highest * 8 // 7) or unit
    step = _grid_step(aired)
    return Frame(plot, chart.minutes, step, -(-aired // step) * step)


def _grid_step(highest_minor: int) -> int:
    """1, 2 or 5 with zeros, so that few lines reach the amount."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if highest_minor <= MOST_GRID_LINES * step:
                return step
        power *= 10


def step_corners(line: PriceLine, frame: Frame) -> list[QPointF]:
    """The corners of a line: level while the price stays, upright where a minute begins to cost.

    The price after n minutes holds for every stay longer than n - 1 minutes.
    """
    corners = [frame.at(line.entered_minute, 0)]
    height = 0
    last = min(len(line.totals_minor), frame.minutes - line.entered_minute)
    for minute, total in enumerate(line.totals_minor[:last], start=line.entered_minute):
        if total != height:
            corners += [frame.at(minute, height), frame.at(minute, total)]
            height = total
    return [*corners, frame.at(line.entered_minute + last, height)]
