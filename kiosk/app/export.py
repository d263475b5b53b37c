"""`kiosk export`: the books of a site, or one receipt of it, read without disturbing it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from kiosk.app.config import read_site_file
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, REFUSED
from kiosk.app.places import folders_of
from kiosk.app.site_store import site_snapshot
from kiosk.services.books_text import AssertEvery, BooksFormat, books_lines, books_of
from kiosk.services.receipt_file import receipt_of
from kiosk.services.terms import terms_of

if TYPE_CHECKING:
    from db.store import Tx

_NO_BOOKS = "; These books are empty: nothing has been posted.\n"
"""A comment for each of the programs that read them."""


def export_ledger(options: argparse.Namespace, *, site: Path) -> int:
    """Write journals and balances: of all time, a day or a month, local to the site.

    One consistent view of a running site too.
    """
    zone = read_site_file(site).to_site().zone
    since, until = _span(options.day, options.month, zone)
    with snapshot(site, options.db) as tx:
        lines = books_lines(
            books_of(tx, since, until),
            zone=zone,
            format_=BooksFormat(options.format),
            every=AssertEvery(options.balances),
        )
        _write("".join(f"{line}\n" for line in lines) or _NO_BOOKS, options.out)
    return DONE


def _span(
    day: date | None, month: date | None, zone: ZoneInfo
) -> tuple[datetime | None, datetime | None]:
    """[since, until) of a local day or month; (None, None) is all time."""
    if day is not None and month is not None:
        raise ConfigError("export ledger: --day or --month, not both")
    first = day or month
    if first is None:
        return None, None
    last = first + (relativedelta(days=1) if day else relativedelta(months=1))
    since, until = (datetime.combine(each, time(), zone).astimezone(UTC) for each in (first, last))
    return since, until


def export_receipt(*, site: Path, database: str | None, number: int, out: Path | None) -> int:
    """Write one receipt with all that its price depends on; `kiosk replay` prices it again."""
    with snapshot(site, database) as tx:
        receipt = tx.ledger.receipt(number)
        if receipt is None:
            raise ConfigError(f"export receipt: there is no receipt {number}")
        reservation = tx.reservations.get(receipt.reservation_id)
        assert reservation is not None, "a receipt belongs to a reservation"
        tariff = terms_of(tx, reservation).tariff
    if receipt.facts is None:
        print(
            f"receipt {number}: was written before receipts kept what their price rests on",
            file=sys.stderr,
        )
        return REFUSED
    table = receipt_of(
        tariff,
        receipt.facts,
        receipt.charge,
        free_consideration=receipt.free_consideration,
        supplier=receipt.supplier,
    )
    _write(json.dumps(table, indent=2, ensure_ascii=False) + "\n", out)
    return DONE


@contextmanager
def snapshot(site: Path, database: str | None) -> Iterator[Tx]:
    """One consistent view of a site's books, of a running one too; ConfigError without any."""
    file = read_site_file(site)
    folders = folders_of(database, site_number=file.site.number)
    with site_snapshot(folders.database, file.to_site()) as tx:
        yield tx


def _write(text: str, out: Path | None) -> None:
    if out is None:
        print(text, end="")
    else:
        out.write_text(text, encoding="utf-8")
