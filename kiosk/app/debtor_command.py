"""What `kiosk fleet` and `kiosk shop` have in common: monthly invoices and what is paid of them.

Who they are stands in fleet_command.py and shop_command.py, how they are billed in
kiosk.services.invoices. The site must not be at work while something is written.
"""

from __future__ import annotations

import argparse
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, assert_never

from kiosk.app.arguments import capitalised, number_argument
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, REFUSED
from kiosk.app.local_times import month_argument

if TYPE_CHECKING:
    from db.invoices import InvoiceRecord
    from db.store import Tx
    from kiosk.app.config import SiteFile
    from kiosk.domain.invoice import BilledLine, Month
    from kiosk.domain.money import Money
    from kiosk.services.core import Core
    from kiosk.services.documents import ToPdf
    from kiosk.services.invoices import Debtor, Files, MonthNotOver, NothingToBill

Kind = Literal["fleet", "shop"]
Commands = argparse._SubParsersAction

_AMOUNT = re.compile(r"(\d{1,12})(?:\.(\d+))?", re.ASCII)


def add_subcommand(
    subcommands: Commands[argparse.ArgumentParser], name: str, about: str, *, default_site: Path
) -> argparse.ArgumentParser:
    """One subcommand with --site and --db."""
    command = subcommands.add_parser(name, help=about, description=f"{capitalised(about)}.")
    command.add_argument("--site", type=Path, default=default_site, help="the site file")
    command.add_argument("--db", help="the database, for example sqlite:///var/site.db")
    return command


def add_invoices(
    subcommands: Commands[argparse.ArgumentParser], kind: Kind, *, default_site: Path
) -> None:
    """The subcommands `invoice`, `paid` and `show` of a kind of debtor."""
    about = f"issue the invoices of a month that is over, one for each {kind}"
    issue = add_subcommand(subcommands, "invoice", about, default_site=default_site)
    issue.add_argument("--month", type=month_argument, required=True, metavar="YYYY-MM")
    issue.add_argument("--name", help=f"only this {kind}")
    issue.set_defaults(command=_issue, kind=kind)
    about = "book what the bank has received for an invoice, all of it or a part"
    paid = add_subcommand(subcommands, "paid", about, default_site=default_site)
    paid.add_argument("number", type=number_argument, help="of the invoice")
    paid.add_argument("amount", help="for example 120.50")
    paid.set_defaults(command=_paid, kind=kind)
    about = "list the invoices, of a running site too, or write one as PDF and CSV"
    show = add_subcommand(subcommands, "show", about, default_site=default_site)
    show.add_argument("number", type=number_argument, nargs="?", help="of the invoice")
    show.add_argument("--out", type=Path, default=Path(), help="the folder for its files")
    show.set_defaults(command=_show, kind=kind)


def money_of(text: str, currency: str, *, what: str) -> Money:
    """An amount as people write it; ConfigError for anything else."""
    from kiosk.domain.money import EXPONENTS, Money
    from kiosk.services.paper import plain

    exponent, found = EXPONENTS[currency], _AMOUNT.fullmatch(text)
    if found is None or len(found[2] or "") not in {0, exponent}:
        example = plain(Money(12050, currency)).removeprefix(f"{currency} ")
        raise ConfigError(f"{what} {text}: should be an amount like {example}")
    return Money(int(found[1]) * 10**exponent + int(found[2] or "0"), currency)


def random_code(length: int) -> str:
    """So many unguessable signs of the alphabet of passes and vouchers."""
    from kiosk.domain.ticket import SHORT_CODE_ALPHABET

    return "".join(secrets.choice(SHORT_CODE_ALPHABET) for _ in range(length))


def to_pdf() -> ToPdf:
    """The painter of PDF pages, with its fonts; it needs no display."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from kiosk.ui.pdf_pages import to_pdf as paint
    from kiosk.ui.stage import load_fonts

    application = QGuiApplication.instance() or QGuiApplication([])
    assert isinstance(application, QGuiApplication)
    load_fonts(application)
    return paint


@contextmanager
def writing(options: argparse.Namespace) -> Iterator[tuple[Core, Tx]]:
    """One transaction on a site that is not at work; StoreBusy while it is."""
    from kiosk.app.config import read_site_file
    from kiosk.app.import_calendar import core_at_rest

    file = read_site_file(options.site)
    with core_at_rest(file, options.db, is_dry_run=False) as core, core.store.transaction() as tx:
        yield core, tx


def note(core: Core, tx: Tx, action: str, detail: str) -> None:
    """Write into the audit what somebody at the command line did."""
    from kiosk.services.commands import Actor, ActorKind

    core.audit(tx, actor=Actor(ActorKind.CLOCK, "command line"), action=action, detail=detail)


def refused(*lines: str) -> int:
    """Say on stderr why nothing was done."""
    for line in lines:
        print(line, file=sys.stderr)
    return REFUSED


def _files(core: Core, file: SiteFile) -> Files:
    from kiosk.domain.payee import Payee
    from kiosk.services.invoice_paper import invoice_csv, invoice_document

    paint, zone, language = to_pdf(), core.site.zone, file.site.language
    with core.store.reading() as tx:
        operator = tx.payees.operator() or Payee(name=core.site.name)

    def files(
        debtor: Debtor, invoice: InvoiceRecord, lines: tuple[BilledLine, ...]
    ) -> tuple[bytes, bytes]:
        document = invoice_document(
            debtor, invoice, lines, operator=operator, language=language, zone=zone
        )
        return paint(document), invoice_csv(invoice, lines, zone=zone)

    return files


def _issue(options: argparse.Namespace) -> int:
    from kiosk.app.config import read_site_file
    from kiosk.app.import_calendar import core_at_rest
    from kiosk.app.local_times import time_text
    from kiosk.domain.invoice import Month
    from kiosk.services.invoices import debtors, issue_invoice

    file = read_site_file(options.site)
    month = Month(options.month.year, options.month.month)
    with core_at_rest(file, options.db, is_dry_run=False) as core:
        with core.store.reading() as tx:
            found = [each for each in debtors(tx) if _is(each, options.kind)]
        if options.name is not None:
            found = [each for each in found if each.name == options.name]
            if not found:
                raise ConfigError(f"--name {options.name}: there is no such {options.kind}")
        until = month.window(core.site.zone).until
        if found and core.clock.now() < until:
            names = ", ".join(each.name for each in found)
            over = time_text(until, core.site.zone)
            return refused(f"{names}: {month} is not over before {over}; nothing was billed")
        files, code = _files(core, file), DONE
        for debtor in found:
            outcome = issue_invoice(core, debtor, month, files=files)
            code = max(code, _said(core, debtor, month, outcome))
        if not found:
            print(f"There is no {options.kind}.")
        return code


def _said(
    core: Core, debtor: Debtor, month: Month, outcome: InvoiceRecord | MonthNotOver | NothingToBill
) -> int:
    from db.invoices import InvoiceRecord
    from kiosk.app.local_times import time_text
    from kiosk.services.invoices import MonthNotOver, NothingToBill
    from kiosk.services.paper import plain

    match outcome:
        case InvoiceRecord(number=number, amount=amount, due_at=due_at):
            due = f"{due_at.astimezone(core.site.zone):%Y-%m-%d}"
            print(f"{debtor.name}: invoice {number}, {plain(amount)}, payable by {due}")
            return DONE
        case NothingToBill(credit):
            kept = f"; {plain(credit)} lower a later invoice" if credit else ""
            print(f"{debtor.name}: nothing to bill until the end of {month}{kept}")
            return DONE
        case MonthNotOver(until):
            return refused(f"{month} is not over before {time_text(until, core.site.zone)}")
        case _:
            assert_never(outcome)


def _paid(options: argparse.Namespace) -> int:
    from kiosk.app.config import read_site_file
    from kiosk.app.import_calendar import core_at_rest
    from kiosk.services.invoices import PaymentRefused, pay_invoice
    from kiosk.services.paper import plain

    file = read_site_file(options.site)
    amount = money_of(options.amount, file.site.currency, what="the amount")
    with core_at_rest(file, options.db, is_dry_run=False) as core:
        with core.store.reading() as tx:
            invoice = tx.invoices.invoice(options.number)
        if invoice is None or not _is(invoice, options.kind):
            raise ConfigError(f"there is no invoice {options.number} of a {options.kind}")
        outcome = pay_invoice(core, invoice, amount)
    if isinstance(outcome, PaymentRefused):
        return refused(f"invoice {options.number}: {plain(outcome.open)} is open, nothing booked")
    print(f"invoice {options.number}: {plain(amount)} booked, {plain(outcome.open)} is open")
    return DONE


def _show(options: argparse.Namespace) -> int:
    from kiosk.app.clocks import SystemClock
    from kiosk.app.config import read_site_file
    from kiosk.app.export import snapshot
    from kiosk.services.invoices import debtors, is_overdue
    from kiosk.services.paper import plain

    if options.out.suffix in {".pdf", ".csv"}:
        raise ConfigError(f"--out {options.out}: name a folder; an invoice is two files")
    zone = read_site_file(options.site).to_site().zone
    with snapshot(options.site, options.db) as tx:
        names = {(each.fleet_id, each.shop_id): each.name for each in debtors(tx)}
        invoices = [each for each in tx.invoices.all() if _is(each, options.kind)]
        if options.number is not None:
            if options.number not in {each.number for each in invoices}:
                raise ConfigError(f"there is no invoice {options.number} of a {options.kind}")
            pdf, csv = tx.invoices.pdf_of(options.number), tx.invoices.csv_of(options.number)
            for suffix, content in (("pdf", pdf), ("csv", csv)):
                path = options.out / f"invoice-{options.number}.{suffix}"
                path.write_bytes(content)
                print(path)
            return DONE
    now = SystemClock().now()
    for each in invoices:
        due = f"{each.due_at.astimezone(zone):%Y-%m-%d}"
        state = f"{plain(each.open)} open until {due}" if each.open else "paid"
        late = ", OVERDUE" if is_overdue(each, now) else ""
        name = names[each.fleet_id, each.shop_id]
        print(f"{each.number:>6}  {each.month}  {plain(each.amount)}  {name}: {state}{late}")
    if not invoices:
        print("There is no invoice yet.")
    return DONE


def _is(record: Debtor | InvoiceRecord, kind: Kind) -> bool:
    return (record.fleet_id is not None) == (kind == "fleet")
