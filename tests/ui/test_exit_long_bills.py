"""Bills of many lines on the exit's pages: no words upon others, and what is shown adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from kiosk.domain.money import Money
from kiosk.domain.outcomes import Bill
from kiosk.domain.pricing.charge import StayFacts, charge_for, quote_for
from kiosk.domain.pricing.charge_lines import Charge, ChargeLine, LineKind
from kiosk.domain.settlement import split_charge
from kiosk.domain.time import Window
from kiosk.services.events import PaperFailed
from kiosk.services.tariff_files.file import read_tariff_file
from kiosk.ui.format import Language
from kiosk.ui.screens.bill import MOST_WRITTEN, LineRow, line_rows
from kiosk.ui.screens.say import Say
from kiosk.ui.translate import Translations
from tests.ui import glass_rules
from tests.ui.exit_stage import BOOKED, LANE, TERMS, ExitStage, covered, due, exit_stage

TARIFFS = Path("resources/tariffs/singapore")
BAND: dict[Language, str] = {"en": "Weekday daytime", "zh_CN": "工作日白天时段"}
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh_CN"])
PAGES = pytest.mark.parametrize("page", ["due", "help_offered", "receipt", "no_paper"])


@pytest.fixture
def speaking(qapp: QCoreApplication, language: Language) -> Iterator[Language]:
    translations = Translations(qapp, qapp)
    translations.speak(language, [])
    yield language
    translations.speak("en", [])


def line(kind: LineKind, minor: int, name: str = "") -> ChargeLine:
    return ChargeLine(
        kind=kind,
        name=name,
        count=3,
        seconds=2400,
        block_minutes=30,
        price=Fraction(120),
        per_minutes=30,
        amount=Money(minor, "EUR"),
    )


LATE = (
    line(LineKind.OVERSTAY, 361),
    line(LineKind.OVERSTAY_SURCHARGE, 181),
)


def charge(*lines: ChargeLine) -> Charge:
    total = sum((each.amount for each in lines), Money.zero("EUR"))
    return Charge(BOOKED, lines, total, Money(0, "EUR"))


def long_charge(bands: int, *, is_late: bool, name: str = "Day") -> Charge:
    """So many prices of bands, and every line that can stand beside them at an exit."""
    prices = [line(LineKind.BLOCK, 101 + number, f"{name} {number}") for number in range(bands)]
    return charge(
        *prices,
        line(LineKind.CAP, 907, "calendar-day"),
        line(LineKind.PROMISE, -53),
        line(LineKind.DISCOUNT, -31, "Shop"),
        line(LineKind.SURCHARGE, 150, "Exit before 14:00"),
        line(LineKind.SURCHARGE, 250, "Fair"),
        *(LATE if is_late else ()),
        line(LineKind.TAX, 313),
        line(LineKind.ROUNDING, 3),
    )


def show(stage: ExitStage, page: str, charged: Charge, *, stay: Window = BOOKED) -> None:
    outcome = due() if page in {"due", "help_offered"} else covered()
    zero = Money.zero(charged.total.currency)
    asked: Bill = replace(
        outcome.bill,
        charge=charged,
        booked=stay,
        entered_at=stay.from_,
        presented_at=stay.until + timedelta(hours=3),
        deposit=zero if page in {"due", "help_offered"} else charged.total,
        due=charged.total if page in {"due", "help_offered"} else zero,
        refund=zero,
        shares=split_charge(charged, TERMS),
    )
    stage.present(replace(outcome, bill=asked))
    if page == "help_offered":
        stage.screen.person.kept.emit()
    elif page != "due":
        stage.lane("open")
    if page == "no_paper":
        stage.screen.on_published(PaperFailed(LANE, "paper-out"))
    for _ in range(4):
        QGuiApplication.processEvents()
    stage.window.grabWindow()


@LANGUAGES
@PAGES
@pytest.mark.parametrize("is_late", [False, True], ids=["in_time", "late"])
@pytest.mark.parametrize("bands", [1, 5, 15])
def test_words_of_a_long_bill_stand_apart(
    speaking: Language, page: str, is_late: bool, bands: int
) -> None:
    with exit_stage(with_window=True, language=speaking) as stage:
        show(stage, page, long_charge(bands, is_late=is_late, name=BAND[speaking]))
        assert glass_rules.cut_off(stage.window) == []
        assert glass_rules.overlapping(stage.window) == []


@LANGUAGES
@PAGES
@pytest.mark.parametrize("code", ["112-katong", "parkway-parade"])
def test_a_published_tariff_of_many_prices_fits_a_late_exit_after_a_day(
    speaking: Language, page: str, code: str
) -> None:
    tariff = read_tariff_file(TARIFFS / f"{code}.toml").tariff
    entered_at = datetime(2026, 6, 7, 12, 7, tzinfo=UTC)
    booked = Window(entered_at, entered_at + timedelta(hours=24))
    quote = quote_for(tariff, booked)
    assert isinstance(quote, Charge)
    facts = StayFacts(
        entered_at=entered_at,
        left_at=booked.until + timedelta(hours=3),
        booked=booked,
        quote=quote.total,
    )
    charged = charge_for(tariff, facts)
    assert isinstance(charged, Charge)
    with exit_stage(with_window=True, language=speaking) as stage:
        show(stage, page, charged, stay=booked)
        assert glass_rules.cut_off(stage.window) == []
        assert glass_rules.overlapping(stage.window) == []


def rows_of(charged: Charge) -> tuple[LineRow, ...]:
    return line_rows(charged, Say(zone=ZoneInfo("Europe/Berlin"), language=lambda: "en"))


def minor(row: LineRow) -> int:
    value = int(re.sub(r"\D", "", row.amount))
    return -value if row.amount.startswith("−") else value


@pytest.mark.parametrize("is_late", [False, True], ids=["in_time", "late"])
@pytest.mark.parametrize("bands", [1, 2, 3, 4, 5, 15])
def test_the_rows_of_a_long_bill_add_up_and_are_few(
    qapp: QCoreApplication, bands: int, is_late: bool
) -> None:
    charged = long_charge(bands, is_late=is_late)
    rows = rows_of(charged)

    assert sum(minor(row) for row in rows) == charged.total.minor
    assert sum(1 + len(row.note.splitlines()) for row in rows) <= MOST_WRITTEN


def test_a_long_bill_sums_up_its_prices_and_keeps_the_rest_exact(qapp: QCoreApplication) -> None:
    prices = [line(LineKind.BLOCK, 100, f"Day {number}") for number in range(15)]
    surcharge = line(LineKind.SURCHARGE, 250, "Fair")
    tax = line(LineKind.TAX, 300)

    assert [
        (row.label, row.note, row.amount) for row in rows_of(charge(*prices, surcharge, tax))
    ] == [
        ("Parking", "15 prices; all of them are on the receipt", "€15.00"),
        ("Fair", "", "€2.50"),
        ("Tax", "", "€3.00"),
    ]


def test_a_long_late_bill_keeps_what_came_on_top_exact(qapp: QCoreApplication) -> None:
    prices = [line(LineKind.BLOCK, 100, f"Day {number}") for number in range(15)]

    assert [(row.key, row.note, row.amount) for row in rows_of(charge(*prices, *LATE))] == [
        ("inside", "15 prices; all of them are on the receipt", "€15.00"),
        ("overstay-15", "3 × started 30\u00a0min at €1.20", "€3.61"),
        ("overstay-surcharge-16", "", "€1.81"),
    ]


def test_a_bill_that_fits_has_every_line(qapp: QCoreApplication) -> None:
    lines = [line(LineKind.BLOCK, 100, f"Day {number}") for number in range(MOST_WRITTEN)]

    assert [row.key for row in rows_of(charge(*lines))] == [
        f"block-{number}" for number in range(MOST_WRITTEN)
    ]


def test_a_label_of_two_lines_of_text_counts_as_two(qapp: QCoreApplication) -> None:
    name = "Monday to Friday from the morning until late in the evening"
    lines = [line(LineKind.BLOCK, 100, f"{name} {number}") for number in range(4)]

    assert [row.label for row in rows_of(charge(*lines))] == ["Parking"]
