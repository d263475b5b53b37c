"""Prices and bills in words: what is said of a tariff is true of it, and every line has words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import quote_for
from kiosk.domain.pricing.charge_lines import Charge, ChargeLine, LineKind
from kiosk.domain.tariff import (
    BlockPolicy,
    Cap,
    CapScope,
    Overstay,
    Rounding,
    RoundingMode,
    Row,
    RowKind,
    Surcharge,
    SurchargeAt,
    Tariff,
    Tax,
)
from kiosk.domain.time import Window
from kiosk.ui.desk.bill_lines import line_detail
from kiosk.ui.desk.texts import DeskTexts
from kiosk.ui.format import Language, percent, price
from kiosk.ui.screens.bill import line_rows
from kiosk.ui.screens.bill_words import line_words
from kiosk.ui.screens.say import Say
from kiosk.ui.screens.tariff_words import cap_words, overstay_words, rate_words
from kiosk.ui.translate import Translations
from tests.fakes.tariffs import many_lines, simple_tariff

BERLIN = ZoneInfo("Europe/Berlin")
HALF_HOURS = simple_tariff("simple", block_minutes=30, price_minor=120, cap_minor=1400)
DESK_WORDS = Path("resources/qml/Desk/DeskMoneyWords.qml")
SPACE = "\u00a0"

TAX_ADDED = replace(HALF_HOURS, tax=Tax(rate=Fraction(19, 100), is_included=False))
PRO_RATA = replace(HALF_HOURS, policy=BlockPolicy.PRO_RATA)
EVENT = Surcharge(name="Event", price=Fraction(500), at=SurchargeAt.EXIT)


def say(language: Language = "en") -> Say:
    return Say(zone=BERLIN, language=lambda: language)


@pytest.fixture
def in_chinese(qapp: QCoreApplication) -> Iterator[None]:
    translations = Translations(qapp, qapp)
    translations.speak("zh_CN", [])
    yield
    translations.speak("en", [])


def plain(text: str) -> str:
    return text.replace(SPACE, " ")


def with_row(tariff: Tariff, **changes: object) -> Tariff:
    """The tariff of one band with its one row changed."""
    (band,) = tariff.bands
    row: Row = replace(band.rows[0], **changes)  # type: ignore[arg-type]
    return replace(tariff, bands=(replace(band, rows=(row,)),))


def with_flat_first_hour(tariff: Tariff) -> Tariff:
    (band,) = tariff.bands
    first = Row(kind=RowKind.FLAT, price=Fraction(200))
    later = replace(band.rows[0], from_minutes=60)
    return replace(tariff, bands=(replace(band, rows=(first, later)),))


@pytest.mark.parametrize(
    ("minor", "text"),
    [
        (Fraction(120), "€1.20"),
        (Fraction(167, 100), "€0.0167"),
        (Fraction(-5, 2), "−€0.025"),
        (Fraction(1, 3), "€0.0033"),
        (Fraction(0), "€0.00"),
    ],
)
def test_a_price_has_the_places_that_it_needs(minor: Fraction, text: str) -> None:
    assert price(minor, "EUR", "en") == text


@pytest.mark.parametrize(
    ("part", "text"),
    [(Fraction(3, 2), "150 %"), (Fraction(1), "100 %"), (Fraction(1, 3), "33.33 %")],
)
def test_a_part_is_said_in_percent(part: Fraction, text: str) -> None:
    assert plain(percent(part)) == text


RATES = {
    "half hours": (HALF_HOURS, "€1.20 per started 30 min"),
    "hours": (with_row(HALF_HOURS, block_minutes=60, per_minutes=60), "€1.20 per started hour"),
    "tens of an hour's price": (
        with_row(HALF_HOURS, price=Fraction(600), per_minutes=60, block_minutes=10),
        "€1.00 per started 10 min",
    ),
    "minutes": (
        with_row(HALF_HOURS, price=Fraction(5), per_minutes=1, block_minutes=1),
        "€3.00 per hour, by the minute",
    ),
    "two rows": (
        with_flat_first_hour(HALF_HOURS),
        "from €1.20 per started 30 min, by how long you stay",
    ),
    "three bands": (
        many_lines(),
        "from €1.002 per hour, by the minute, by the time of day, plus surcharges",
    ),
    "flat": (with_row(HALF_HOURS, kind=RowKind.FLAT), "fixed prices by the time of day"),
    "tax added": (TAX_ADDED, "€1.428 per started 30 min"),
    "a row's own tax added": (
        with_row(TAX_ADDED, tax=Fraction(7, 100)),
        "€1.284 per started 30 min",
    ),
    "a row's own tax inside": (
        with_row(HALF_HOURS, tax=Fraction(7, 100)),
        "€1.20 per started 30 min",
    ),
    "to the second": (
        PRO_RATA,
        "€1.20 per 30 min, by the second",
    ),
    "an hour's price to the second": (
        with_row(PRO_RATA, per_minutes=60, block_minutes=15),
        "€1.20 per hour, by the second",
    ),
    "a minute's price to the second": (
        with_row(PRO_RATA, price=Fraction(5), per_minutes=1, block_minutes=1),
        "€3.00 per hour, by the second",
    ),
    "with a minimum": (
        replace(TAX_ADDED, minimum=Fraction(600)),
        "from €1.428 per started 30 min, at least €7.14",
    ),
    "with a surcharge": (
        replace(HALF_HOURS, surcharges=(EVENT,)),
        "from €1.20 per started 30 min, plus surcharges",
    ),
}


@pytest.mark.parametrize(("tariff", "words"), RATES.values(), ids=RATES)
def test_a_rate_is_exact_for_one_row_and_else_from_the_cheapest(
    qtbot: QtBot, tariff: Tariff, words: str
) -> None:
    assert plain(rate_words(tariff, say())) == words


def test_a_day_cap_is_named_only_when_it_holds_on_every_day(qtbot: QtBot) -> None:
    calendar = Cap(scope=CapScope.CALENDAR_DAY, price=Fraction(1000))
    sundays = replace(calendar, days=("sunday",))

    assert plain(cap_words(HALF_HOURS, say())) == "at most €14.00 in 24 h"
    assert plain(cap_words(replace(HALF_HOURS, caps=(calendar,)), say())) == "at most €10.00 a day"
    assert cap_words(replace(HALF_HOURS, caps=(sundays,)), say()) == ""


MOSTS = {
    "tax added": (TAX_ADDED, "at most €16.66 in 24 h"),
    "rows of two rates": (with_row(TAX_ADDED, tax=Fraction(1, 4)), "at most €17.50 in 24 h"),
    "a minimum over the cap": (
        replace(HALF_HOURS, minimum=Fraction(2000)),
        "at most €20.00 in 24 h",
    ),
    "a total of whole halves": (
        replace(TAX_ADDED, rounding=Rounding(step_minor=50, mode=RoundingMode.UP)),
        "at most €17.00 in 24 h",
    ),
    "a surcharge": (replace(HALF_HOURS, surcharges=(EVENT,)), ""),
}


@pytest.mark.parametrize(("tariff", "words"), MOSTS.values(), ids=MOSTS)
def test_a_day_costs_no_more_than_is_said(qtbot: QtBot, tariff: Tariff, words: str) -> None:
    day = Window(datetime(2026, 6, 1, 12, tzinfo=UTC), datetime(2026, 6, 2, 12, tzinfo=UTC))
    quote = quote_for(tariff, day)

    assert plain(cap_words(tariff, say())) == words
    assert isinstance(quote, Charge)
    assert not words or say().money(quote.total) in words


def test_the_price_of_half_an_hour_is_what_is_paid_for_it(qtbot: QtBot) -> None:
    start = datetime(2026, 6, 1, 12, tzinfo=UTC)
    quote = quote_for(TAX_ADDED, Window(start, start + timedelta(minutes=30)))

    assert isinstance(quote, Charge)
    assert quote.total == Money(143, "EUR")
    assert rate_words(TAX_ADDED, say()).startswith("€1.428")


OVERSTAYS = {
    "tax added": (
        TAX_ADDED,
        "later also €1.428 per started 30 min from your booked end on, at most €16.66 in 24 h",
    ),
    "tax added, capped": (
        replace(TAX_ADDED, overstay=Overstay(cap=Fraction(4000))),
        "later also €1.428 per started 30 min from your booked end on, at most €47.60",
    ),
    "with a surcharge": (
        replace(HALF_HOURS, surcharges=(EVENT,), overstay=Overstay(cap=Fraction(4000))),
        "later also €1.20 per started 30 min from your booked end on",
    ),
    "to the second": (
        PRO_RATA,
        (
            "later also €1.20 per 30 min, by the second from your booked end on,"
            " at most €14.00 in 24 h"
        ),
    ),
    "to the second, later by blocks": (
        replace(PRO_RATA, overstay=Overstay(block_minutes=60)),
        "later also €2.40 per started hour from your booked end on, at most €14.00 in 24 h",
    ),
    "as usual": (
        HALF_HOURS,
        "later also €1.20 per started 30 min from your booked end on, at most €14.00 in 24 h",
    ),
    "dearer hours": (
        replace(HALF_HOURS, overstay=Overstay(multiplier=Fraction(3, 2), block_minutes=60)),
        "later also €3.60 per started hour from your booked end on, at most €21.00 in 24 h",
    ),
    "capped, after the grace": (
        replace(HALF_HOURS, overstay=Overstay(cap=Fraction(4000), is_from_grace_end=True)),
        "later also €1.20 per started 30 min from then on, at most €40.00",
    ),
    "many prices": (
        many_lines(),
        "later also 150 % of the price of that time from your booked end on",
    ),
    "many prices, as usual": (
        replace(many_lines(), overstay=Overstay()),
        "later also the price of that time from your booked end on",
    ),
}


@pytest.mark.parametrize(("tariff", "words"), OVERSTAYS.values(), ids=OVERSTAYS)
def test_what_an_overstay_costs_is_said_before_it_is_booked(
    qtbot: QtBot, tariff: Tariff, words: str
) -> None:
    assert plain(overstay_words(tariff, say())) == words


def line(kind: LineKind, **changes: object) -> ChargeLine:
    common = ChargeLine(
        kind=kind,
        amount=Money(240, "EUR"),
        name="Night",
        count=2,
        seconds=5400,
        block_minutes=10,
        price=Fraction(400),
        per_minutes=60,
    )
    return replace(common, **changes)  # type: ignore[arg-type]


WORDS = {
    LineKind.BLOCK: "Night: 2 × 10 min at €0.6667",
    LineKind.TIME: "Night: 1 h 30 min at €4.00 per hour",
    LineKind.FLAT: "Night: 2 × fixed price €4.00",
    LineKind.PER_ENTRY: "Night: 2 × price per entry €4.00",
    LineKind.CAP: "2 × highest price of Night €4.00",
    LineKind.BAND_MINIMUM: "Night: 2 × price per entry €4.00",
    LineKind.FREE: "Free time: 1 h 30 min",
    LineKind.VALIDATION: "Paid by a shop: 1 h 30 min",
    LineKind.MINIMUM: "Up to the lowest price of a stay",
    LineKind.PROMISE: "Not more than was promised to you",
    LineKind.DISCOUNT: "Discount: Night",
    LineKind.SURCHARGE: "Night",
    LineKind.EARLY: "Before your reserved time: 1 h 30 min",
    LineKind.OVERSTAY: "After your reserved time: 1 h 30 min",
    LineKind.OVERSTAY_SURCHARGE: "Surcharge for staying longer than booked",
    LineKind.LOST_TICKET: "Lost ticket",
    LineKind.TAX: "Tax",
    LineKind.ROUNDING: "Rounding",
    LineKind.CASH_ROUNDING: "Rounding for cash",
    LineKind.WAIVED: "Waived by an attendant",
}


@pytest.mark.parametrize("kind", LineKind)
def test_every_kind_of_line_says_what_it_is_for(qtbot: QtBot, kind: LineKind) -> None:
    shown = line(kind)
    if kind is LineKind.OVERSTAY_SURCHARGE:
        shown = replace(shown, price=Fraction(0))

    assert plain(line_words(shown, say(), with_band=True)) == WORDS[kind]


@pytest.mark.parametrize("kind", [kind for kind in LineKind if kind is not LineKind.SURCHARGE])
def test_every_kind_of_line_has_chinese_words(in_chinese: None, kind: LineKind) -> None:
    words = line_words(line(kind, name="夜间"), say("zh_CN"), with_band=True)

    assert not any(word in words for word in ("at", "price", "free", "your", "Tax", "ound"))
    assert any("\u4e00" <= sign <= "\u9fff" for sign in words)


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ("calendar-day", "2 × day price €4.00"),
        ("rolling-24h", "2 × day price €4.00"),
        ("week", "2 × week price €4.00"),
        ("month", "2 × month price €4.00"),
        ("session", "2 × highest price of a stay €4.00"),
    ],
)
def test_a_cap_is_named_by_what_it_limits(qtbot: QtBot, scope: str, words: str) -> None:
    assert plain(line_words(line(LineKind.CAP, name=scope), say(), with_band=False)) == words


@pytest.mark.parametrize("kind", LineKind)
def test_the_desk_has_words_for_every_kind_of_line(kind: LineKind) -> None:
    name = "added-tax" if kind is LineKind.TAX else kind.value

    assert f'case "{name}":' in DESK_WORDS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("shown", "detail"),
    [
        (line(LineKind.BLOCK, seconds=0), "Night · 2 × €0.6667"),
        (line(LineKind.TIME), "Night · 1 h 30 min · €4.00 / 60 min"),
        (line(LineKind.CAP, seconds=0, per_minutes=0, block_minutes=0), "2 × €4.00"),
        (line(LineKind.OVERSTAY, name="", price=Fraction(0)), "1 h 30 min"),
        (line(LineKind.OVERSTAY_SURCHARGE, name="", seconds=0, price=Fraction(1, 2)), "50 %"),
        (line(LineKind.TAX, name="", seconds=0, price=Fraction(19, 100)), ""),
    ],
)
def test_the_desk_shows_how_many_times_how_much(shown: ChargeLine, detail: str) -> None:
    texts = DeskTexts(zone=BERLIN, currency="EUR", language="en")

    assert plain(line_detail(shown, texts)) == detail


def test_a_duration_is_that_of_the_line(qtbot: QtBot) -> None:
    late = line(LineKind.OVERSTAY, seconds=int(timedelta(minutes=16).total_seconds()))

    assert plain(line_words(late, say(), with_band=False)) == "After your reserved time: 16 min"


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"block_minutes": 60, "per_minutes": 30}, "2 started hours at €8.00"),
        ({"block_minutes": 60, "count": 1}, "1 started hour at €4.00"),
        ({"block_minutes": 30}, "2 × started 30 min at €2.00"),
        ({"block_minutes": 0}, ""),
    ],
)
def test_late_time_says_in_which_unit_it_is_counted(
    qtbot: QtBot, changes: dict[str, object], note: str
) -> None:
    late = replace(line(LineKind.OVERSTAY), **changes)  # type: ignore[arg-type]
    window = Window(datetime(2026, 6, 9, 9, tzinfo=UTC), datetime(2026, 6, 9, 12, tzinfo=UTC))
    rows = line_rows(Charge(window, (late,), late.amount, Money.zero("EUR")), say())

    assert plain(rows[-1].note) == note


def test_a_surcharge_that_no_cap_has_cut_says_how_much_more_it_is(qtbot: QtBot) -> None:
    more = line(LineKind.OVERSTAY_SURCHARGE, price=Fraction(1, 2))

    assert plain(line_words(more, say(), with_band=False)) == "Surcharge for that: 50 % more"


@pytest.mark.parametrize(
    ("left", "late_for"), [((11, 22, 23), "1 h 10 min"), ((11, 23, 5), "1 h 11 min")]
)
def test_late_time_agrees_with_the_times_beside_it(
    qtbot: QtBot, left: tuple[int, int, int], late_for: str
) -> None:
    booked_until = datetime(2026, 6, 9, 10, 12, 50, tzinfo=UTC)
    left_at = datetime(2026, 6, 9, *left, tzinfo=UTC)
    window = Window(datetime(2026, 6, 9, 9, 12, 50, tzinfo=UTC), left_at)
    late = line(LineKind.OVERSTAY, seconds=int((left_at - booked_until).total_seconds()))
    charge = Charge(window, (late,), late.amount, Money.zero("EUR"))

    said = [plain(row.label) for row in line_rows(charge, say())]
    assert said[1:] == [f"After your reserved time: {late_for}"]
