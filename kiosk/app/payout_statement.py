"""`kiosk payout statement`: an owner's statement as PDF or CSV, of a running site too."""

from __future__ import annotations

import argparse
import json
import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from kiosk.app.config import read_site_file
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE
from kiosk.app.import_calendar import core_at_rest
from kiosk.app.local_times import instant_of
from kiosk.domain.payee import Payee
from kiosk.domain.time import Window
from kiosk.services.paper import plain
from kiosk.services.statement_papers import statement_csv, statement_document
from kiosk.services.statements import statement_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kiosk.services.documents import Document

_FORMATS = (".pdf", ".csv")


def statement(options: argparse.Namespace) -> int:
    """Write the statement of one owner and one span; ConfigError for what cannot be meant."""
    if options.out.suffix not in _FORMATS:
        raise ConfigError(f"{options.out}: a statement ends in .pdf or .csv")
    file = read_site_file(options.site)
    zone = file.to_site().zone
    span = _span(options, zone)
    with core_at_rest(file, options.db, is_dry_run=True) as core, core.store.reading() as tx:
        owner_id = tx.library.owner_named(options.owner)
        if owner_id is None:
            raise ConfigError(f"{options.owner}: there is no such owner")
        owner = tx.payees.of_owner(owner_id) or Payee(name=options.owner)
        operator = tx.payees.operator() or Payee(name=core.site.name)
        made = statement_of(
            tx,
            owner_id,
            owner=owner,
            span=span,
            currency=core.site.currency,
            now=core.clock.now(),
        )
    if options.out.suffix == ".csv":
        content = statement_csv(made, zone)
    else:
        language = file.site.language
        content = pdf_of(statement_document(made, operator=operator, zone=zone, language=language))
    try:
        options.out.write_bytes(content)
    except OSError as error:
        raise ConfigError(f"{options.out}: cannot be written: {error.strerror}") from error
    at = None if made.so_far_at is None else made.so_far_at.astimezone(zone)
    if options.json:
        so_far_at = None if at is None else at.isoformat()
        table = {"lines": len(made.lines), "closing_minor": made.closing.minor}
        print(json.dumps({**table, "so_far_at": so_far_at}))
        return DONE
    balance = "closing balance" if at is None else f"so far, as of {at:%Y-%m-%d %H:%M}, balance"
    print(f"{options.out}: {len(made.lines)} lines, {balance} {plain(made.closing)}")
    return DONE


def pdf_of(document: Document) -> bytes:
    """The document as a PDF; makes the application that painting needs, without a display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from kiosk.ui.pdf_pages import to_pdf
    from kiosk.ui.stage import load_fonts

    application = QGuiApplication.instance() or QGuiApplication([])
    assert isinstance(application, QGuiApplication)
    load_fonts(application)
    return to_pdf(document)


def _span(options: argparse.Namespace, zone: ZoneInfo) -> Window:
    if options.month is not None:
        if options.until is not None:
            raise ConfigError("payout statement: --until belongs to --from, not to --month")
        first: date = options.month
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return Window(_midnight(first, zone), _midnight(following, zone))
    if options.until is None:
        raise ConfigError("payout statement: --from takes --until")
    from_, until = instant_of(options.from_, zone), instant_of(options.until, zone)
    if until <= from_:
        raise ConfigError("payout statement: --until should be later than --from")
    return Window(from_, until)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
