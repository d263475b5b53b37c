"""The English words of every kind of line, and of every answer that stands instead of a price."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge_lines import (
    ChargeLine,
    DiscountUnknown,
    EntryTooLongAgo,
    ExitBeforeEntry,
    LineKind,
    NoPrice,
    NotValidThen,
    PriceNotStated,
    ValidationTooLong,
    WindowTooLong,
)
from kiosk.services.charge_words import (
    amount_text,
    duration_text,
    line_text,
    no_price_name,
    no_price_text,
    price_text,
)


def line(
    kind: LineKind,
    name: str = "Day",
    *,
    count: int = 1,
    price: Fraction | int = 400,
    seconds: int = 0,
    block_minutes: int = 0,
    per_minutes: int = 0,
) -> ChargeLine:
    """A line of four euros."""
    return ChargeLine(
        kind=kind,
        amount=Money(400, "EUR"),
        name=name,
        count=count,
        price=Fraction(price),
        seconds=seconds,
        block_minutes=block_minutes,
        per_minutes=per_minutes,
    )


BLOCK = LineKind.BLOCK


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (
            line(BLOCK, count=3, block_minutes=10, per_minutes=60),
            "Day: 3 x 10 min at 4.00 per 60 min",
        ),
        (line(BLOCK, block_minutes=60, per_minutes=60), "Day: 60 min at 4.00"),
        (line(BLOCK, count=2, block_minutes=1440, per_minutes=1440), "Day: 2 x 24 h at 4.00"),
        (line(BLOCK, block_minutes=90, per_minutes=120), "Day: 90 min at 4.00 per 2 h"),
        (
            line(LineKind.TIME, seconds=5430, per_minutes=60),
            "Day: 1 h 30 min 30 s at 4.00 per 60 min",
        ),
        (line(LineKind.FLAT), "Day: 4.00 flat"),
        (line(LineKind.FLAT, count=2), "Day: 2 x 4.00 flat"),
        (line(LineKind.PER_ENTRY, "Night"), "Night: 4.00 per entry"),
        (line(LineKind.BAND_MINIMUM, "Night"), "Night: at most 4.00"),
        (line(LineKind.CAP, "rolling-24h", count=2, price=1400), "Day maximum 2 x 14.00"),
        (line(LineKind.CAP, "calendar-day"), "Day maximum 4.00"),
        (line(LineKind.CAP, "reset-day"), "Day maximum 4.00"),
        (line(LineKind.CAP, "week"), "Week maximum 4.00"),
        (line(LineKind.CAP, "month"), "Month maximum 4.00"),
        (line(LineKind.CAP, "session"), "Maximum 4.00"),
        (line(LineKind.CAP, "Night"), "Night: maximum 4.00"),
        (line(LineKind.FREE, seconds=1200), "First 20 min free"),
        (line(LineKind.VALIDATION, seconds=7200), "2 h validated"),
        (line(LineKind.MINIMUM), "Up to the minimum"),
        (line(LineKind.PROMISE), "Down to the promised price"),
        (line(LineKind.DISCOUNT, "Staff"), "Staff"),
        (line(LineKind.SURCHARGE, "Exit after 22:00"), "Exit after 22:00"),
        (line(LineKind.EARLY, seconds=4227), "Early entry, 1 h 11 min"),
        (line(LineKind.OVERSTAY, seconds=2400), "Overstay, 40 min"),
        (
            line(LineKind.OVERSTAY, seconds=4200, count=2, block_minutes=60, per_minutes=30),
            "Overstay, 1 h 10 min: 2 x 60 min at 8.00",
        ),
        (
            line(LineKind.OVERSTAY, seconds=1200, count=2, block_minutes=10, per_minutes=60),
            "Overstay, 20 min: 2 x 10 min at 4.00 per 60 min",
        ),
        (line(LineKind.OVERSTAY_SURCHARGE, price=0), "Overstay surcharge"),
        (line(LineKind.OVERSTAY_SURCHARGE, price=Fraction(1, 2)), "Overstay surcharge 50 %"),
        (line(LineKind.LOST_TICKET, price=0), "Lost ticket"),
        (line(LineKind.LOST_TICKET, count=2), "Lost ticket: 2 x 4.00"),
        (line(LineKind.TAX, price=Fraction(77, 1000)), "Tax 7.7 %"),
        (line(LineKind.TAX, price=Fraction(1, 6)), "Tax 16.6667 %"),
        (line(LineKind.ROUNDING), "Rounding"),
        (line(LineKind.CASH_ROUNDING), "Cash rounding"),
        (line(LineKind.WAIVED), "Waived"),
    ],
)
def test_a_line_says_what_it_is_for(shown: ChargeLine, words: str) -> None:
    assert line_text(shown) == words


@pytest.mark.parametrize("kind", LineKind)
def test_every_kind_of_line_has_words(kind: LineKind) -> None:
    assert line_text(line(kind))


@pytest.mark.parametrize(
    ("answer", "name", "sentence"),
    [
        (ExitBeforeEntry(), "exit-before-entry", "The exit is not after the entry."),
        (
            EntryTooLongAgo(timedelta(days=366)),
            "entry-too-long-ago",
            "The stay is longer than 366 days: somebody has to look at it.",
        ),
        (
            NotValidThen(date(2026, 1, 1), None),
            "not-valid-then",
            "The tariff does not hold at the entry, but from 2026-01-01.",
        ),
        (
            NotValidThen(None, date(2027, 1, 1)),
            "not-valid-then",
            "The tariff does not hold at the entry, but until the day before 2027-01-01.",
        ),
        (
            PriceNotStated("Night", "The board is silent."),
            "price-not-stated",
            "The price board does not state a price for Night: The board is silent.",
        ),
        (
            WindowTooLong(timedelta(hours=24)),
            "window-too-long",
            "The booked window is longer than the maximum stay of 24 h.",
        ),
        (
            ValidationTooLong(0),
            "validation-too-long",
            "The tariff has no discount by validated minutes.",
        ),
        (
            ValidationTooLong(60),
            "validation-too-long",
            "The tariff allows at most 60 validated minutes.",
        ),
        (
            DiscountUnknown("Staff"),
            "discount-unknown",
            'The tariff has no discount by percent or amount named "Staff".',
        ),
    ],
)
def test_an_answer_without_price_has_a_name_and_a_sentence(
    answer: NoPrice, name: str, sentence: str
) -> None:
    assert (no_price_name(answer), no_price_text(answer)) == (name, sentence)


def test_amounts_have_the_places_of_their_currency_and_prices_those_they_need() -> None:
    assert amount_text(Money(-1250, "EUR")) == "-12.50"
    assert amount_text(Money(-5, "EUR")) == "-0.05"
    assert amount_text(Money(0, "EUR")) == "0.00"
    assert amount_text(Money(1250, "JPY")) == "1250"
    assert price_text(Fraction(167, 100), "EUR") == "0.0167"
    assert price_text(Fraction(100, 3), "EUR") == "0.333333"
    assert price_text(Fraction(3, 2), "JPY") == "1.5"


def test_durations_leave_out_what_is_nothing() -> None:
    assert duration_text(0) == "0 min"
    assert duration_text(45) == "45 s"
    assert duration_text(261_030) == "72 h 30 min 30 s"
