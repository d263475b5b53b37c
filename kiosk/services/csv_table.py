"""Tables for other programs as CSV, where no cell of ours is a formula.

A name that begins like a formula would be run by whoever opens the table (CWE-1236).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def csv_table(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """One head and its rows by RFC 4180 in UTF-8; numbers stay numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_defused(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")


def _defused(cell: str | int) -> str | int:
    """An apostrophe makes text of a formula, as spreadsheets have it."""
    if isinstance(cell, str) and cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
