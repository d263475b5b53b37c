"""Paints a document on A4 pages as the bytes of a PDF; every word and number is given to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QBuffer, QIODevice, QLineF, QMarginsF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from kiosk.services.documents import Code, Column, Document, Line, Table
from kiosk.ui.images import QUIET_ZONE_MODULES, qr_modules
from kiosk.ui.stage import FONT_FAMILY

_DPI = 1200
_MM = _DPI / 25.4
_POINT = _DPI / 72
_WIDTH, _HEIGHT = 210 * _MM, 297 * _MM
_LEFT, _RIGHT, _TOP = 20 * _MM, 190 * _MM, 18 * _MM
_BOTTOM = 275 * _MM
_PAGE_NUMBER = 281 * _MM
_FACTS_LEFT = 110 * _MM
_TOTALS_LEFT = 100 * _MM
_COLUMN_GAP = 3 * _MM
_ROW_PAD = 1.1 * _MM
_CODES_A_ROW = 4
_CODE_WIDTH, _CODE_SIDE = (_RIGHT - _LEFT) / _CODES_A_ROW, 34 * _MM
_CODE_PAD = 3 * _MM
_RULE, _STRONG_RULE = 0.15 * _MM, 0.4 * _MM

_INK, _QUIET, _ACCENT, _GRID = "#0b1b2b", "#47566a", "#00367a", "#cfd6de"
_TITLE, _HEADING, _TEXT, _CELL, _SMALL = 20.0, 11.0, 9.5, 8.5, 8.0
_SMALLEST = 5.0

_LEFTWARD, _RIGHTWARD = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_CENTRED = Qt.AlignmentFlag.AlignHCenter
_WRAP = Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    points: float
    colour: str = _INK
    is_strong: bool = False
    side: Qt.AlignmentFlag = _LEFTWARD

    @property
    def font(self) -> QFont:
        font = QFont(FONT_FAMILY)
        font.setPixelSize(round(self.points * _POINT))
        font.setWeight(QFont.Weight.DemiBold if self.is_strong else QFont.Weight.Normal)
        return font

    def width(self, text: str) -> float:
        return QFontMetricsF(self.font).horizontalAdvance(text)

    def height(self, text: str, width: float) -> float:
        """How high the text stands when it is broken at this width."""
        metrics = QFontMetricsF(self.font)
        room = QRectF(0, 0, width, _HEIGHT)
        return max(metrics.boundingRect(room, int(_WRAP), text).height(), metrics.height())


@dataclass(frozen=True, slots=True)
class _Words:
    place: QRectF
    text: str
    style: _Style


@dataclass(frozen=True, slots=True)
class _Rule:
    place: QLineF
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class _Qr:
    """Its square with the quiet zone around it."""

    place: QRectF
    text: str


_Page = list[_Words | _Rule | _Qr]


def to_pdf(document: Document) -> bytes:
    """The document as a PDF of A4 pages, page numbers below; from any thread.

    Needs a QGuiApplication with the bundled fonts loaded (stage.load_fonts); no display.
    """
    pages = _Layout(document).pages
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()
        )
    )
    writer.setTitle(document.title)
    writer.setCreator(document.sender[0])
    painter = QPainter(writer)
    for number, page in enumerate(pages, start=1):
        if number > 1:
            writer.newPage()
        words = document.page_words.format(page=number, pages=len(pages))
        _paint(painter, [*page, *_foot(document.sender[0], words)])
    painter.end()
    return bytes(buffer.data().data())


def _foot(sender: str, number: str) -> _Page:
    room = QRectF(_LEFT, _PAGE_NUMBER, _RIGHT - _LEFT, 6 * _MM)
    quiet = _Style(points=_SMALL, colour=_QUIET)
    right = _Style(points=_SMALL, colour=_QUIET, side=_RIGHTWARD)
    return [_Words(room, sender, quiet), _Words(room, number, right)]


def _paint(painter: QPainter, page: _Page) -> None:
    for each in page:
        if isinstance(each, _Rule):
            painter.setPen(QPen(QColor(each.colour), each.width))
            painter.drawLine(each.place)
        elif isinstance(each, _Qr):
            _paint_qr(painter, each)
        else:
            painter.setFont(each.style.font)
            painter.setPen(QColor(each.style.colour))
            painter.drawText(each.place, int(each.style.side | _WRAP), each.text)


def _paint_qr(painter: QPainter, code: _Qr) -> None:
    """Whole dots of the printer a module, so that all are of one size."""
    modules = qr_modules(code.text)
    dots = int(code.place.width() / (len(modules) + 2 * QUIET_ZONE_MODULES))
    middle = code.place.center()
    left, top = (round(each - dots * len(modules) / 2) for each in (middle.x(), middle.y()))
    for row, cells in enumerate(modules):
        for column, is_dark in enumerate(cells):
            if is_dark:
                place = QRect(left + column * dots, top + row * dots, dots, dots)
                painter.fillRect(place, QColor("black"))


@dataclass(slots=True)
class _Layout:
    """Puts the parts of a document on pages from top to bottom."""

    document: Document
    pages: list[_Page] = field(default_factory=lambda: [[]])
    y: float = _TOP

    def __post_init__(self) -> None:
        self._head()
        for table in self.document.tables:
            self._table(table)
        for start in range(0, len(self.document.codes), _CODES_A_ROW):
            self._codes(self.document.codes[start : start + _CODES_A_ROW])
        self._totals()
        for note in self.document.notes:
            self._note(note)

    def _words(self, text: str, style: _Style, *, left: float, width: float) -> float:
        """Put a text at the present height; how high it stands."""
        height = style.height(text, width)
        self.pages[-1].append(_Words(QRectF(left, self.y, width, height), text, style))
        return height

    def _rule(self, *, left: float = _LEFT, is_strong: bool = False) -> None:
        colour, width = (_ACCENT, _STRONG_RULE) if is_strong else (_GRID, _RULE)
        self.pages[-1].append(_Rule(QLineF(left, self.y, _RIGHT, self.y), colour, width))

    def _turn_unless(self, height: float) -> bool:
        """Begin a new page where the present one has no room for this; whether it did."""
        if self.y + height <= _BOTTOM or not self.pages[-1]:
            return False
        self.pages.append([])
        self.y = _TOP
        return True

    def _head(self) -> None:
        full = _RIGHT - _LEFT
        name, *more = self.document.sender
        self.y += self._words(
            name, _Style(points=_HEADING, colour=_ACCENT, is_strong=True), left=_LEFT, width=full
        )
        for line in more:
            self.y += self._words(
                line, _Style(points=_SMALL, colour=_QUIET), left=_LEFT, width=full
            )
        self.y += 2.5 * _MM
        self._rule(is_strong=True)
        self.y += 7 * _MM
        top = self.y
        for line in self.document.address:
            self.y += self._words(
                line, _Style(points=_TEXT), left=_LEFT, width=_FACTS_LEFT - _LEFT - _COLUMN_GAP
            )
        below_address, self.y = self.y, top
        for fact in self.document.facts:
            self.y += self._line(fact, left=_FACTS_LEFT, points=_TEXT, name_colour=_QUIET)
        self.y = max(self.y, below_address) + 9 * _MM
        self.y += self._words(
            self.document.title, _Style(points=_TITLE, is_strong=True), left=_LEFT, width=full
        )
        self.y += 2 * _MM

    def _line(self, line: Line, *, left: float, points: float, name_colour: str = _INK) -> float:
        """A name to the left and its value to the right; the name breaks, the value never does."""
        value = _Style(points=points, is_strong=line.is_strong, side=_RIGHTWARD)
        width = min(value.width(line.value) + _MM, (_RIGHT - left) * 0.7)
        name = _Style(points=points, colour=name_colour, is_strong=line.is_strong)
        return max(
            self._words(line.value, value, left=_RIGHT - width, width=width),
            self._words(line.name, name, left=left, width=_RIGHT - left - width - _COLUMN_GAP),
        )

    def _table(self, table: Table) -> None:
        self.y += 5 * _MM
        points, widths = _fitted(table)
        title = _Style(points=_HEADING, colour=_ACCENT, is_strong=True)
        first = table.rows[:1] or ((),)
        needed = title.height(table.title, _RIGHT - _LEFT) + 3 * _MM
        needed += _row_height([column.title for column in table.columns], widths, points)
        self._turn_unless(needed + _row_height(first[0], widths, points))
        self.y += self._words(table.title, title, left=_LEFT, width=_RIGHT - _LEFT) + _MM
        if not table.rows:
            style = _Style(points=_TEXT, colour=_QUIET)
            self.y += self._words(table.empty, style, left=_LEFT, width=_RIGHT - _LEFT)
            return
        self._table_head(table.columns, widths, points)
        last = len(table.rows) - 1
        for number, row in enumerate(table.rows):
            height = _row_height(row, widths, points)
            # The sums never stand alone on a page: the last row goes with them.
            with_sums = table.sums if number == last else ()
            if self._turn_unless(height + _row_height(with_sums, widths, points)):
                self._table_head(table.columns, widths, points)
            self._row(row, table.columns, widths, points=points)
            self._rule()
        if table.sums:
            self._row(table.sums, table.columns, widths, points=points, is_strong=True)

    def _table_head(
        self, columns: Sequence[Column], widths: Sequence[float], points: float
    ) -> None:
        titles = [column.title for column in columns]
        self._row(titles, columns, widths, points=points, is_strong=True, colour=_QUIET)
        self._rule(is_strong=True)

    def _row(
        self,
        texts: Sequence[str],
        columns: Sequence[Column],
        widths: Sequence[float],
        *,
        points: float,
        is_strong: bool = False,
        colour: str = _INK,
    ) -> None:
        self.y += _ROW_PAD
        left, highest = _LEFT, 0.0
        for text, column, width in zip(texts, columns, widths, strict=True):
            side = _RIGHTWARD if column.is_number else _LEFTWARD
            style = _Style(points=points, colour=colour, is_strong=is_strong, side=side)
            highest = max(highest, self._words(text, style, left=left, width=width))
            left += width + _COLUMN_GAP
        self.y += highest + _ROW_PAD

    def _codes(self, codes: Sequence[Code]) -> None:
        """One row of codes to be cut out along its rule, never broken by a page."""
        name, detail = _Style(points=_CELL, is_strong=True), _Style(points=_SMALL, colour=_QUIET)
        width = _CODE_WIDTH - _COLUMN_GAP
        below = max(
            name.height(code.name, width) + detail.height(code.detail, width) for code in codes
        )
        self._turn_unless(_CODE_SIDE + below + 2 * _CODE_PAD)
        top, left = self.y + _CODE_PAD, _LEFT
        for code in codes:
            square = QRectF(left + (width - _CODE_SIDE) / 2, top, _CODE_SIDE, _CODE_SIDE)
            self.pages[-1].append(_Qr(square, code.qr))
            self.y = top + _CODE_SIDE
            self.y += self._words(code.name, replace(name, side=_CENTRED), left=left, width=width)
            self._words(code.detail, replace(detail, side=_CENTRED), left=left, width=width)
            left += _CODE_WIDTH
        self.y = top + _CODE_SIDE + below + _CODE_PAD
        self._rule()

    def _totals(self) -> None:
        """All totals on one page, with a rule above each that is strong."""
        totals = self.document.totals
        each = _Style(points=_TEXT).height("", _WIDTH) + 2 * _ROW_PAD
        self.y += 7 * _MM
        self._turn_unless(each * len(totals))
        for total in totals:
            if total.is_strong:
                self._rule(left=_TOTALS_LEFT, is_strong=True)
            self.y += _ROW_PAD
            self.y += self._line(total, left=_TOTALS_LEFT, points=_TEXT) + _ROW_PAD

    def _note(self, note: str) -> None:
        style, width = _Style(points=_SMALL, colour=_QUIET), _RIGHT - _LEFT
        self.y += 4 * _MM
        self._turn_unless(style.height(note, width))
        self.y += self._words(note, style, left=_LEFT, width=width)


def _row_height(texts: Sequence[str], widths: Sequence[float], points: float) -> float:
    style = _Style(points=points, is_strong=True)
    heights = [style.height(text, width) for text, width in zip(texts, widths, strict=False)]
    return max(heights, default=0.0) + 2 * _ROW_PAD


def _fitted(table: Table) -> tuple[float, list[float]]:
    """The size of the letters and the widths of the columns, so that no number is broken.

    Columns of numbers are as wide as their longest number, or word of their title; the others
    share what is left by the length of their texts. The letters shrink where that is too little.
    """
    full = _RIGHT - _LEFT - _COLUMN_GAP * (len(table.columns) - 1)
    points = _CELL
    while True:
        style = _Style(points=points, is_strong=True)
        least = [_least(table, number, style) for number in range(len(table.columns))]
        left = full - sum(least)
        if left >= 0 or points <= _SMALLEST:
            break
        points -= 0.25
    wishes = [
        max(0.0, _longest(table, number, style) - width) for number, width in enumerate(least)
    ]
    shared = min(1.0, max(0.0, left) / sum(wishes)) if sum(wishes) else 0.0
    widths = [width + wish * shared for width, wish in zip(least, wishes, strict=True)]
    # What nobody needs goes to the texts, so that the numbers end at the right edge.
    spare = max(0.0, full - sum(widths))
    growing = [n for n, column in enumerate(table.columns) if not column.is_number] or [0]
    for number in growing:
        widths[number] += spare / len(growing)
    return points, widths


def _texts(table: Table, number: int) -> list[str]:
    rows = [*table.rows, table.sums] if table.sums else table.rows
    return [row[number] for row in rows]


def _least(table: Table, number: int, style: _Style) -> float:
    """The width that a column must have: its longest word, its longest number."""
    column = table.columns[number]
    texts = _texts(table, number)
    words = [word for text in texts for word in ([text] if column.is_number else text.split(" "))]
    return max(style.width(word) for word in [*words, *column.title.split(" ")]) + 0.3 * _MM


def _longest(table: Table, number: int, style: _Style) -> float:
    texts = [*_texts(table, number), table.columns[number].title]
    return max(style.width(text) for text in texts) + 0.3 * _MM
