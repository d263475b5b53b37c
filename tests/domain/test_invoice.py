"""A month is the site's own, tax goes with its part, and a fleet's credit counts every promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.ids import ReservationId
from kiosk.domain.invoice import FleetCredit, InvoiceLine, Month, part_of_tax, tax_rate_of
from kiosk.domain.money import Money
from kiosk.domain.tariff import Surcharge, SurchargeAt, Tariff, Tax
from kiosk.domain.time import Window
from tests.fakes.tariffs import priced, simple_tariff

BERLIN = ZoneInfo("Europe/Berlin")


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def test_a_month_begins_and_ends_at_midnight_on_the_clock_of_the_site() -> None:
    window = Month(2026, 3).window(BERLIN)  # summer time begins within it

    assert window.from_ == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert window.until == datetime(2026, 3, 31, 22, tzinfo=UTC)


def test_december_ends_with_the_year() -> None:
    assert Month(2026, 12).window(BERLIN).until == Month(2027, 1).window(BERLIN).from_


def test_a_month_is_read_as_it_is_written() -> None:
    assert Month.read("2026-06") == Month(2026, 6)
    assert str(Month(2026, 6)) == "2026-06"


@pytest.mark.parametrize("text", ["", "2026-6", "2026-13", "2026-00", "1969-12", "2026-06-01"])
def test_a_text_that_is_no_month_is_none(text: str) -> None:
    assert Month.read(text) is None


@pytest.mark.parametrize(
    ("amount", "tax", "total", "part"),
    [(800, 128, 800, 128), (300, 128, 800, 48), (-300, 128, 800, -48), (1, 1, 2, 1), (0, 0, 0, 0)],
)
def test_a_part_of_an_amount_has_its_part_of_the_tax(
    amount: int, tax: int, total: int, part: int
) -> None:
    assert part_of_tax(euro(amount), tax=euro(tax), total=euro(total)) == euro(part)


def test_a_line_has_its_tax_within_its_amount() -> None:
    line = InvoiceLine(
        at=datetime(2026, 6, 1, tzinfo=UTC),
        reservation_id=ReservationId(1),
        receipt_number=1,
        space="A01",
        minutes=60,
        amount=euro(119),
        tax=euro(19),
    )

    assert line.net == euro(100)


def test_credit_counts_what_is_unbilled_unpaid_and_authorised() -> None:
    credit = FleetCredit(
        limit=euro(1000), unbilled=euro(300), invoiced=euro(200), authorised=euro(600)
    )

    assert credit.used == euro(1100)
    assert credit.left == euro(-100)


def two_rates(own: str, of_the_rows: str) -> Tariff:
    """A tariff whose rows have another rate than its surcharge and all else."""
    base = simple_tariff("two", block_minutes=30, price_minor=119, cap_minor=9000)
    (band,) = base.bands
    row = replace(band.rows[0], tax=Fraction(of_the_rows))
    at_exit = Surcharge(name="Late", price=Fraction(500), at=SurchargeAt.EXIT, from_minute=720)
    return replace(
        base,
        tax=Tax(rate=Fraction(own)),
        bands=(replace(band, rows=(row,)),),
        surcharges=(at_exit,),
    )


@pytest.mark.parametrize(
    ("own", "of_the_rows", "hour", "rate"),
    [
        ("0.19", "0.19", 8, "0.19"),
        ("0.19", "0.07", 7, "0.07"),  # no surcharge in the morning: the rows alone
        ("0.19", "0.07", 13, None),  # both in one charge
        ("0", "0", 13, "0"),
    ],
)
def test_a_charge_has_the_rate_that_gave_its_tax_and_none_when_several_did(
    own: str, of_the_rows: str, hour: int, rate: str | None
) -> None:
    tariff = two_rates(own, of_the_rows)
    start = datetime(2026, 6, 1, hour, tzinfo=UTC)

    charge = priced(tariff, Window(start, start + timedelta(hours=2)))

    assert tax_rate_of(charge, tariff) == (None if rate is None else Fraction(rate))
