"""`kiosk tariff ...`: its subcommands; price and schema stand here, the others beside it.

Amounts, lines and words come from the layers below; here they are only asked for and printed.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app import tariff_chart, tariff_check, tariff_sources
from kiosk.app.arguments import capitalised
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, REFUSED

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from kiosk.domain.pricing.charge import StayFacts
    from kiosk.domain.pricing.charge_lines import NoPrice
    from kiosk.domain.tariff import Tariff


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `tariff` with its subcommands."""
    about = "price, check and draw price boards"
    tariff = commands.add_parser("tariff", help=about, description=f"{capitalised(about)}.")
    subcommands = tariff.add_subparsers(required=True, metavar="COMMAND")
    _add_price(subcommands)
    _add_schema(subcommands)
    tariff_check.add_to(subcommands)
    tariff_chart.add_to(subcommands)
    tariff_sources.add_to(subcommands)


def _add_price(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = "price one stay and show why"
    price = subcommands.add_parser(
        "price",
        help=about,
        description=f"{capitalised(about)}. Times are ISO 8601; without an offset they are "
        "on the clock of the tariff's zone.",
    )
    price.add_argument("file", type=Path, metavar="FILE", help="the tariff (TOML or JSON)")
    price.add_argument("--enter", required=True, metavar="T", help="2026-03-02T17:57")
    price.add_argument("--leave", required=True, metavar="T", help="2026-03-02T18:24")
    price.add_argument("--booked-from", metavar="T", help="start of the booked window")
    price.add_argument("--booked-until", metavar="T", help="end of the booked window")
    price.add_argument(
        "--validation",
        type=_minutes,
        default=0,
        metavar="MINUTES",
        help="minutes that a merchant has validated",
    )
    price.add_argument(
        "--discount", action="append", default=[], metavar="NAME", help="may stand several times"
    )
    price.add_argument("--lost", action="store_true", help="the ticket is lost")
    price.add_argument("--cash", action="store_true", help="it is paid in cash")
    price.add_argument(
        "--free-used", action="store_true", help="the plate has used its free minutes"
    )
    price.add_argument("--json", action="store_true", help="a receipt that `kiosk replay` takes")
    price.set_defaults(command=_price)


def _add_schema(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = "print the JSON Schema of tariff files, for editors"
    schema = subcommands.add_parser(
        "schema", help=about, description="Print the JSON Schema of tariff files, for editors."
    )
    schema.add_argument("--out", type=Path, help="a file instead of stdout")
    schema.set_defaults(command=_schema)


def _minutes(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise argparse.ArgumentTypeError("should be a whole number of minutes")
    return int(text)


def _price(options: argparse.Namespace) -> int:
    from zoneinfo import ZoneInfo

    from kiosk.app.bill_text import bill_text
    from kiosk.domain.pricing.charge import charge_for
    from kiosk.domain.pricing.charge_lines import Charge
    from kiosk.services.charge_words import no_price_name, no_price_text
    from kiosk.services.receipt_file import receipt_of
    from kiosk.services.tariff_files.file import read_tariff_file

    tariff = read_tariff_file(options.file).tariff
    facts = _facts(options, ZoneInfo(tariff.zone))
    charge = charge_for(tariff, facts)
    if not isinstance(charge, Charge):
        print(no_price_text(charge) + _remedy(tariff, charge), file=sys.stderr)
        if options.json:
            refusal = {"refused": no_price_name(charge), "text": no_price_text(charge)}
            print(json.dumps(refusal, ensure_ascii=False, indent=2))
        return REFUSED
    if options.json:
        print(json.dumps(receipt_of(tariff, facts, charge), ensure_ascii=False, indent=2))
    else:
        print(bill_text(tariff, facts, charge))
    return DONE


def _remedy(tariff: Tariff, answer: NoPrice) -> str:
    """How the tariff file could answer, where that is not plain."""
    from kiosk.domain.pricing.charge_lines import DiscountUnknown, LostTicketNotStated
    from kiosk.domain.tariff import DiscountKind

    match answer:
        case LostTicketNotStated():
            return (
                " Add a table [lost_ticket] to it, for example with "
                'rule = "flat" and price = 20.00.'
            )
        case DiscountUnknown():
            kinds = {DiscountKind.PERCENT, DiscountKind.AMOUNT}
            names = [each.name for each in tariff.discounts if each.kind in kinds]
            return f" There are: {', '.join(names)}." if names else " There are none."
        case _:
            return ""


def _facts(options: argparse.Namespace, zone: ZoneInfo) -> StayFacts:
    from kiosk.domain.pricing.charge import StayFacts
    from kiosk.domain.time import Window

    if (options.booked_from is None) != (options.booked_until is None):
        raise ConfigError("--booked-from and --booked-until go together; give both or none")
    booked = None
    if options.booked_from is not None:
        booked_from = _instant("--booked-from", options.booked_from, zone)
        booked_until = _instant("--booked-until", options.booked_until, zone)
        if booked_from >= booked_until:
            raise ConfigError("--booked-until should be after --booked-from")
        booked = Window(booked_from, booked_until)
    return StayFacts(
        entered_at=_instant("--enter", options.enter, zone),
        left_at=_instant("--leave", options.leave, zone),
        booked=booked,
        is_free_used=options.free_used,
        validation_minutes=options.validation,
        discounts=tuple(options.discount),
        is_lost_ticket=options.lost,
        is_cash=options.cash,
    )


def _instant(option: str, text: str, zone: ZoneInfo) -> datetime:
    from kiosk.services.instants import read_instant

    try:
        return read_instant(text, zone)
    except ValueError as error:
        raise ConfigError(f"{option}: {error}") from error


def _schema(options: argparse.Namespace) -> int:
    from kiosk.services.tariff_files.file import tariff_schema

    text = json.dumps(tariff_schema(), ensure_ascii=False, indent=2)
    if options.out is None:
        print(text)
    else:
        options.out.write_text(f"{text}\n", encoding="utf-8")
    return DONE
