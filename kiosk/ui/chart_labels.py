"""Finds places for the small labels of a chart, so that none covers a line, a point or another.

Plain geometry in pixels: what the labels say, and how they are painted, is tariff_picture.py's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import hypot

from PySide6.QtCore import QPointF, QRectF, QSizeF

AIR_PX = 6
"""What stays empty around each label."""
_GAPS_PX = (10, 24, 42, 66, 96, 132, 176, 230)
_OVER = (0.5, 0.15, 0.85)
_SHARES = (0.0, 0.5, 1.0, 0.25, 0.75)
_OFF_LINE_PX = AIR_PX + 4
_COARSE_PX = 10
_POINT_PX, _PIECE_PX = 12, 4


def around(point: QPointF, size: QSizeF) -> Iterator[QRectF]:
    """Places for a label beside a point, near ones first; below right is where prices rise not."""
    for across, down in sorted(product(_GAPS_PX, repeat=2), key=lambda gaps: hypot(*gaps)):
        right, left = point.x() + across, point.x() - across - size.width()
        below, above = point.y() + down, point.y() - down - size.height()
        for x, y in ((right, below), (left, above), (right, above), (left, below)):
            yield QRectF(QPointF(x, y), size)
        if across == down:
            middle = point.y() - size.height() / 2
            yield QRectF(QPointF(right, middle), size)
            yield QRectF(QPointF(left, middle), size)
            for share in _OVER:
                x = point.x() - share * size.width()
                yield QRectF(QPointF(x, above), size)
                yield QRectF(QPointF(x, below), size)


def along(start: QPointF, end: QPointF, size: QSizeF) -> Iterator[QRectF]:
    """Places for a label on or under a level line: at its left end, its middle, its right end."""
    above, below = start.y() - size.height() - _OFF_LINE_PX, start.y() + _OFF_LINE_PX
    room = end.x() - start.x() - size.width() - 2 * AIR_PX
    for y in (above, below):
        for share in _SHARES:
            yield QRectF(QPointF(start.x() + AIR_PX + share * room, y), size)


@dataclass(frozen=True, slots=True)
class Wish:
    """A label that wants a place, the best first; its leader line goes to the point, if any."""

    places: Iterable[QRectF]
    point: QPointF | None = None


def placed(
    wishes: Iterable[Wish], *, within: QRectF, taken: Iterable[QRectF]
) -> list[QRectF | None]:
    """The first free place of each wish, in their order; None for a label without room.

    Promises that no place leaves `within`, that none touches another or one of `taken`, and that
    no leader line crosses a label or one of `taken` that is not at its own point.
    """
    full, result = list(taken), []
    for wish in wishes:
        place = next((each for each in wish.places if _is_free(each, wish, within, full)), None)
        if place is not None:
            full += [place, *_leader_rects(wish, place)]
        result.append(place)
    return result


def line_rects(corners: Sequence[QPointF], *, width: float) -> list[QRectF]:
    """The pieces of a line as rectangles that labels keep clear of; tiny ones are put together."""
    half = width / 2
    rects: list[QRectF] = []
    for start, end in pairwise(corners):
        rect = QRectF(start, end).normalized().adjusted(-half, -half, half, half)
        both = rects[-1].united(rect) if rects else rect
        if rects and both.width() < _COARSE_PX + width and both.height() < _COARSE_PX + width:
            rects[-1] = both
        else:
            rects.append(rect)
    return rects


def leader(point: QPointF, place: QRectF) -> QPointF:
    """The spot of a label's edge that is nearest to its point."""
    return QPointF(
        min(max(point.x(), place.left()), place.right()),
        min(max(point.y(), place.top()), place.bottom()),
    )


def _is_free(place: QRectF, wish: Wish, within: QRectF, full: Sequence[QRectF]) -> bool:
    aired = place.adjusted(-AIR_PX, -AIR_PX, AIR_PX, AIR_PX)
    if not within.contains(place) or any(aired.intersects(each) for each in full):
        return False
    pieces = _leader_rects(wish, place)
    return not any(piece.intersects(each) for piece in pieces for each in full)


def _leader_rects(wish: Wish, place: QRectF) -> list[QRectF]:
    """The leader line in small pieces, from where it has left its point."""
    if wish.point is None:
        return []
    end = leader(wish.point, place)
    way = end - wish.point
    length = hypot(way.x(), way.y())
    reached = range(_POINT_PX, int(length), _PIECE_PX)
    spots = [wish.point + way * (far / length) for far in reached]
    return [QRectF(spot.x() - 1, spot.y() - 1, 2, 2) for spot in spots]
