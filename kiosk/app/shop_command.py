"""`kiosk shop`: shops that pay a part of the stays of those who buy there, and their vouchers."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.arguments import capitalised, number_argument
from kiosk.app.debtor_command import (
    add_invoices,
    add_subcommand,
    money_of,
    note,
    random_code,
    refused,
    to_pdf,
    writing,
)
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE
from kiosk.services import limits

if TYPE_CHECKING:
    from datetime import datetime

    from db.shops import ShopRecord
    from db.store import Tx
    from kiosk.app.config import SiteFile
    from kiosk.domain.validation import Given
    from kiosk.services.core import Core

_LINE_END = ";"
_MOST_VOUCHERS = 10_000
_MOST_DAYS = 3_660


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `shop` with its subcommands."""
    about = "list shops that pay for drivers, add them, make vouchers, and send their bills"
    shop = commands.add_parser("shop", help=about, description=f"{capitalised(about)}.")
    subcommands = shop.add_subparsers(required=True, metavar="COMMAND")
    lists = add_subcommand(
        subcommands, "list", "list shops and what they owe", default_site=default_site
    )
    lists.set_defaults(command=_list)
    add = add_subcommand(subcommands, "add", "add a shop", default_site=default_site)
    add.add_argument("name")
    add.add_argument("--address", default="", help=f"its lines, with {_LINE_END} between them")
    add.add_argument("--tax-number", default="")
    add.set_defaults(command=_add)
    for name, about in (
        ("stop", "a shop takes part no more"),
        ("resume", "a shop that was stopped takes part again"),
    ):
        command = add_subcommand(subcommands, name, about, default_site=default_site)
        command.add_argument("name")
        command.set_defaults(command=_set_active, is_active=name == "resume")
    about = "make vouchers, each good once, and write their codes into a PDF or a CSV file"
    vouchers = add_subcommand(subcommands, "vouchers", about, default_site=default_site)
    vouchers.add_argument("name")
    vouchers.add_argument("--count", type=number_argument, required=True)
    worth = vouchers.add_mutually_exclusive_group(required=True)
    worth.add_argument("--amount", help="each pays so much, for example 3.00")
    worth.add_argument("--minutes", type=number_argument, help="each pays for so many minutes")
    worth.add_argument("--percent", type=number_argument, help="each pays so much of the charge")
    vouchers.add_argument(
        "--days", type=number_argument, default=90, help="good for so long (default 90)"
    )
    vouchers.add_argument(
        "--out",
        type=Path,
        required=True,
        help="a new file: .pdf with QR codes to cut out, or .csv",
    )
    vouchers.set_defaults(command=_vouchers)
    add_invoices(subcommands, "shop", default_site=default_site)


def _list(options: argparse.Namespace) -> int:
    from kiosk.app.config import read_site_file
    from kiosk.app.export import snapshot
    from kiosk.domain.ledger import receivable_shop
    from kiosk.services.paper import plain

    currency = read_site_file(options.site).site.currency
    with snapshot(options.site, options.db) as tx:
        shops = tx.shops.all()
        for shop in shops:
            owed = -tx.ledger.balance(receivable_shop(shop.id), currency).owed
            stopped = "" if shop.is_active else ", STOPPED"
            print(f"{shop.name}: owes {plain(owed)}{stopped}")
    if not shops:
        print("There is no shop.")
    return DONE


def _add(options: argparse.Namespace) -> int:
    if not options.name.strip():
        raise ConfigError("a shop has a name")
    with writing(options) as (core, tx):
        if tx.shops.by_name(options.name) is not None:
            return refused(f"{options.name}: there is a shop with this name already")
        address = "\n".join(line.strip() for line in options.address.split(_LINE_END))
        shop_id = tx.shops.add(name=options.name, address=address, tax_number=options.tax_number)
        note(core, tx, "shop.added", str(shop_id))
    print(f"{options.name}: is shop {shop_id}.")
    return DONE


def _set_active(options: argparse.Namespace) -> int:
    with writing(options) as (core, tx):
        shop = _shop(tx, options.name)
        tx.shops.set_active(shop.id, is_active=options.is_active)
        note(core, tx, "shop.resumed" if options.is_active else "shop.stopped", str(shop.id))
    print(f"{options.name}: {'takes part again' if options.is_active else 'takes part no more'}.")
    return DONE


def _vouchers(options: argparse.Namespace) -> int:
    from kiosk.app.config import read_site_file
    from kiosk.services.vouchers import VOUCHER_LENGTH, make_vouchers

    file = read_site_file(options.site)
    given = _given(options, file.site.currency)
    if not 1 <= options.count <= _MOST_VOUCHERS:
        raise ConfigError(f"--count: should be 1 to {_MOST_VOUCHERS}")
    if not 1 <= options.days <= _MOST_DAYS:
        raise ConfigError(f"--days: should be 1 to {_MOST_DAYS}")
    if options.out.exists():
        raise ConfigError(f"--out {options.out}: is there already")
    if options.out.suffix.lower() not in {".pdf", ".csv"}:
        raise ConfigError(f"--out {options.out}: should end with .pdf or .csv")
    codes = tuple(random_code(VOUCHER_LENGTH) for _ in range(options.count))
    with writing(options) as (core, tx):
        expires_at = core.clock.now() + timedelta(days=options.days)
        shop = _shop(tx, options.name)
        make_vouchers(core, tx, shop.id, given=given, codes=codes, expires_at=expires_at)
        note(core, tx, "vouchers.made", f"{shop.id} {len(codes)}")
        # Inside the transaction: codes that cannot be written were never made.
        options.out.write_bytes(
            _sheet(core, tx, file, codes, given=given, shop=shop, expires_at=expires_at)
            if options.out.suffix.lower() == ".pdf"
            else _table(codes)
        )
    print(
        f"{shop.name}: {len(codes)} vouchers in {options.out}; their codes are kept nowhere else"
    )
    return DONE


def _sheet(
    core: Core,
    tx: Tx,
    file: SiteFile,
    codes: tuple[str, ...],
    *,
    given: Given,
    shop: ShopRecord,
    expires_at: datetime,
) -> bytes:
    from kiosk.domain.payee import Payee
    from kiosk.services.voucher_sheet import voucher_sheet

    document = voucher_sheet(
        codes,
        given,
        shop_name=shop.name,
        expires_at=expires_at,
        operator=tx.payees.operator() or Payee(name=core.site.name),
        currency=core.site.currency,
        language=file.site.language,
        zone=core.site.zone,
    )
    return to_pdf()(document)


def _table(codes: tuple[str, ...]) -> bytes:
    from kiosk.services.csv_table import csv_table
    from kiosk.services.vouchers import VOUCHER_PREFIX

    def spaced(code: str) -> str:
        return " ".join(code[start : start + 4] for start in range(0, len(code), 4))

    rows = (
        (number, spaced(code), VOUCHER_PREFIX + code.upper())
        for number, code in enumerate(codes, start=1)
    )
    return csv_table(("number", "code", "qr"), rows)


def _given(options: argparse.Namespace, currency: str) -> Given:
    from kiosk.domain.validation import Given, ValidationKind

    if options.amount is not None:
        kind, value = ValidationKind.AMOUNT, money_of(options.amount, currency, what="--amount")
        return Given(kind, _positive(value.minor, "--amount"))
    if options.minutes is not None:
        return Given(ValidationKind.MINUTES, _positive(options.minutes, "--minutes"))
    if not 1 <= options.percent <= 100:
        raise ConfigError("--percent: should be 1 to 100")
    return Given(ValidationKind.PERCENT, options.percent * 100)


def _positive(value: int, what: str) -> int:
    if value <= 0:
        raise ConfigError(f"{what}: should be more than nothing")
    if value > limits.AMOUNT_MOST:
        raise ConfigError(f"{what}: is more than any stay can cost")
    return value


def _shop(tx: Tx, name: str) -> ShopRecord:
    shop = tx.shops.by_name(name)
    if shop is None:
        raise ConfigError(f"{name}: there is no such shop")
    return shop
