"""What stands on a paper of full pages: statements and invoices as text, before anyone paints it.

All words, numbers and dates are ready texts in one language; kiosk.ui.pdf_pages makes pages of
them and computes nothing but places.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

PAGE_WORDS = {"en": "Page {page} of {pages}", "zh_CN": "第 {page} 页，共 {pages} 页"}
"""How a page is numbered in each language."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand at its right edge and are never broken."""

    title: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a head that every page repeats; each row has a text for each column.

    A table without rows says `empty` instead.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...] = ()
    """A last row in bold, or none."""
    empty: str = ""

    def __post_init__(self) -> None:
        width = len(self.columns)
        assert all(len(row) == width for row in self.rows), "a row has a text for each column"
        assert len(self.sums) in (0, width)


@dataclass(frozen=True, slots=True)
class Line:
    """A name and its value: a fact beside the address, or a line of the totals."""

    name: str
    value: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A QR to be cut out, with what people read below it."""

    qr: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One paper, from the sender at its head to the notes at its end."""

    title: str
    sender: tuple[str, ...]
    """Who writes: the first line is the name."""
    address: tuple[str, ...]
    """To whom."""
    facts: tuple[Line, ...] = ()
    """Number, date, span, tax number: beside the address."""
    tables: tuple[Table, ...] = ()
    codes: tuple[Code, ...] = ()
    """Side by side below the tables."""
    totals: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    page_words: str = PAGE_WORDS["en"]


ToPdf = Callable[[Document], bytes]
"""How a document becomes the bytes of a PDF; kiosk.app hands it down."""
