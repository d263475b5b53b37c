"""A receipt proves its bill: priced again it is equal; each change of it is named or refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.tariff import Band, Overstay, Row, RowKind, Tariff, Tax
from kiosk.domain.tariff_text import tariff_hash, tariff_text
from kiosk.domain.time import Window
from kiosk.services.receipt_file import read_receipt, receipt_of, replay
from kiosk.services.refused import ReceiptRefused
from tests.fakes.tariffs import waived
from tests.oracle.agreement import facts_of
from tests.oracle.random_stays import random_stay
from tests.oracle.random_tariffs import random_tariff

ENTERED = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOURLY = Row(kind=RowKind.BLOCK, price=Fraction(400), per_minutes=60, block_minutes=10)
TARIFF = Tariff(
    code="city",
    version=7,
    zone="Europe/Berlin",
    currency="EUR",
    bands=(Band(name="Day", from_minute=0, until_minute=1440, rows=(HOURLY,)),),
    tax=Tax(rate=Fraction(19, 100)),
    overstay=Overstay(multiplier=Fraction(3, 2)),
)
FACTS = StayFacts(
    entered_at=ENTERED,
    left_at=ENTERED + timedelta(hours=3),
    booked=Window(ENTERED, ENTERED + timedelta(hours=2)),
    quote=Money(0, "EUR"),
)


def charged(tariff: Tariff = TARIFF, facts: StayFacts = FACTS) -> Charge:
    charge = charge_for(tariff, facts)
    assert isinstance(charge, Charge)
    return charge


def receipt(**changes: Any) -> dict[str, Any]:
    """A true receipt with some keys changed."""
    return receipt_of(TARIFF, FACTS, charged()) | changes


def differences(table: dict[str, Any]) -> tuple[str, ...]:
    return replay(read_receipt(json.dumps(table))).differences


def refusal(text: str) -> tuple[str, ...]:
    with pytest.raises(ReceiptRefused) as refused:
        read_receipt(text)
    return refused.value.lines


def euros(minor: int) -> dict[str, Any]:
    return {"minor": minor, "currency": "EUR"}


def test_a_receipt_is_priced_again_to_the_cent() -> None:
    again = replay(read_receipt(json.dumps(receipt())))

    assert again.charge == charged()
    assert again.charge is not None
    assert again.charge.total == Money(600, "EUR")
    assert again.differences == ()


@pytest.mark.parametrize("seed", range(8))
def test_receipts_of_stays_at_random_are_priced_again_to_the_cent(seed: int) -> None:
    random = Random(seed)
    tariff = random_tariff(random, seed + 1)
    facts = facts_of(tariff, random_stay(random, tariff))
    charge = charge_for(tariff, facts)
    assert isinstance(charge, Charge)

    again = replay(read_receipt(json.dumps(receipt_of(tariff, facts, charge))))

    assert again.charge == charge
    assert again.differences == ()


def test_in_and_out_again_within_the_consideration_costs_nothing() -> None:
    facts = replace(FACTS, left_at=ENTERED + timedelta(minutes=5))
    nothing = Charge(Window(ENTERED, facts.left_at), (), Money(0, "EUR"), Money(0, "EUR"))
    consideration = timedelta(minutes=5)

    kept = receipt_of(TARIFF, facts, nothing, free_consideration=consideration)
    again = replay(read_receipt(json.dumps(kept)))

    assert again.differences == ()
    assert again.charge is not None
    assert again.charge.window == FACTS.booked
    assert differences(receipt_of(TARIFF, replace(facts, quote=None), nothing)) == (
        'line 1: the receipt says nothing, its tariff gives "Day: 10 min at 4.00 per 60 min" 0.67',
        "total: the receipt says 0.00, its tariff gives 0.67",
        "tax: the receipt says 0.00, its tariff gives 0.11",
    )


def test_a_car_that_is_presented_in_the_second_of_its_entry_costs_nothing() -> None:
    facts = replace(FACTS, left_at=ENTERED, booked=None, quote=None)
    moment = Window(ENTERED, ENTERED + timedelta(seconds=1))
    nothing = Charge(moment, (), Money(0, "EUR"), Money(0, "EUR"))
    kept = receipt_of(TARIFF, facts, nothing, free_consideration=timedelta(minutes=5))

    again = replay(read_receipt(json.dumps(kept)))

    assert (again.charge, again.differences) == (nothing, ())


def test_what_an_attendant_struck_off_stands_and_takes_its_part_of_the_tax() -> None:
    charge = charged()
    struck = Charge(
        charge.window, (*charge.lines, waived(300)), Money(300, "EUR"), Money(48, "EUR")
    )

    assert differences(receipt_of(TARIFF, FACTS, struck)) == ()


def test_nothing_is_added_under_the_name_of_a_waiver() -> None:
    charge = charged()
    more = Charge(charge.window, (*charge.lines, waived(-300)), Money(900, "EUR"), charge.tax)

    assert refusal(json.dumps(receipt_of(TARIFF, FACTS, more))) == (
        "lines: what is waived should be taken off, not added",
    )


def test_a_bill_of_nothing_has_no_tax_to_strike_off() -> None:
    facts = replace(FACTS, left_at=ENTERED + timedelta(hours=1))
    charge = charged(facts=facts)
    struck = Charge(charge.window, (*charge.lines, waived(0)), charge.total, charge.tax)

    assert charge.total == Money(0, "EUR")
    assert differences(receipt_of(TARIFF, facts, struck)) == ()


def test_a_changed_line_is_named() -> None:
    table = receipt()
    table["lines"][2]["amount"] = euros(1)

    assert differences(table) == (
        (
            'line 3: the receipt says "Overstay, 1 h: 6 x 10 min at 4.00 per 60 min" 0.01, '
            'its tariff gives "Overstay, 1 h: 6 x 10 min at 4.00 per 60 min" 4.00'
        ),
    )


def test_a_receipt_from_before_an_overstay_told_its_blocks_is_still_true() -> None:
    table = receipt()
    for line in table["lines"][2:4]:
        line.update(count=1, block_minutes=0, price="0", per_minutes=0)

    assert differences(table) == ()


def test_a_missing_line_is_named() -> None:
    table = receipt()
    last = table["lines"].pop()

    assert last["kind"] == "overstay-surcharge"
    assert differences(table) == (
        (
            f"line {len(table['lines']) + 1}: the receipt says nothing, "
            'its tariff gives "Overstay surcharge 50 %" 2.00'
        ),
    )


def test_a_changed_total_and_tax_are_named() -> None:
    assert differences(receipt(total=euros(599), tax=euros(97))) == (
        "total: the receipt says 5.99, its tariff gives 6.00",
        "tax: the receipt says 0.97, its tariff gives 0.96",
    )


def test_a_changed_time_shows_in_lines_and_total() -> None:
    table = receipt()
    table["facts"]["left_at"] = (ENTERED + timedelta(hours=2)).isoformat()

    assert "total: the receipt says 6.00, its tariff gives 0.00" in differences(table)


def test_a_stay_that_its_tariff_does_not_price_is_a_difference() -> None:
    table = receipt()
    table["facts"]["left_at"] = table["facts"]["entered_at"]

    again = replay(read_receipt(json.dumps(table)))

    assert again.charge is None
    assert again.differences == (
        "the tariff gives no price for this stay: The exit is not after the entry.",
    )


def test_a_changed_tariff_is_not_the_one_of_its_hash() -> None:
    table = receipt()
    table["tariff"]["version"] = 8

    assert refusal(json.dumps(table)) == (
        "tariff_hash: is not that of the tariff: one of them was changed",
    )


def test_another_hash_is_not_that_of_the_tariff() -> None:
    assert refusal(json.dumps(receipt(tariff_hash="0" * 64))) == (
        "tariff_hash: is not that of the tariff: one of them was changed",
    )


def test_a_tariff_that_is_not_whole_is_refused_even_with_its_hash() -> None:
    half = replace(TARIFF, bands=(replace(TARIFF.bands[0], until_minute=720),))
    table = receipt(tariff=json.loads(tariff_text(half)), tariff_hash=tariff_hash(half))

    assert refusal(json.dumps(table)) == (
        (
            "tariff.band: Monday 12:00 to 24:00 has no band; let a band reach over these hours, "
            "or add one that says unstated = why"
        ),
    )


def test_a_tariff_that_cannot_be_read_is_refused() -> None:
    assert refusal(json.dumps(receipt(tariff={}))) == ("tariff.code: is missing",)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('"total"', '"sum"', ("total: Field required", "sum: Extra inputs are not permitted")),
        ('"format": 1', '"format": 2', ("format: Input should be 1",)),
        ('"minor": 600', '"minor": 600.0', ("total.minor: Input should be a valid integer",)),
        ('"price": "0"', '"price": 0', ("lines.1.price: Value error, should be text",)),
        ('"price": "0"', '"price": "1e9"', ("lines.1.price: Value error, should be text",)),
        ('"price": "0"', '"price": "1/0"', ("lines.1.price: Value error, should be text",)),
        ('"seconds": 0', '"seconds": -1', ("lines.0.seconds: Input should be greater",)),
        ("T09:00:00+00:00", "T09", ("facts.entered_at: Value error",)),
        ('"entered_at": "', '"entered_at": 5, "x": "', ("facts.entered_at: Value error",)),
        (
            '600, "currency": "EUR"',
            '600, "currency": "USD"',
            ("total: all amounts should be in EUR",),
        ),
        ('"late_grace_minutes": 15', '"late_grace_minutes": -1', ("facts.late_grace_minutes",)),
        ("T09:00:00+00:00", "T25", ("facts.entered_at: Value error",)),
        ("T11:00:00", "T09:00:00", ("facts.booked_until: should be after booked_from",)),
        ("{", "", ("the receipt: is not JSON",)),
        ("{", '{"total": 1, ', ('the receipt: is not JSON: the key "total" stands twice',)),
    ],
)
def test_a_damaged_receipt_is_refused(before: str, after: str, words: tuple[str, ...]) -> None:
    text = json.dumps(receipt())
    assert before in text

    lines = refusal(text.replace(before, after, 1))

    assert [line.startswith(start) for line, start in zip(lines, words, strict=False)] == [
        True
    ] * len(words)


def test_a_receipt_from_before_early_entry_was_written_down_replays_as_it_was_priced() -> None:
    facts = replace(FACTS, entered_at=ENTERED - timedelta(hours=2))
    table = receipt_of(TARIFF, facts, charged(facts=facts))
    del table["facts"]["early_entry_minutes"]

    assert differences(table) == ()


def test_how_early_entering_was_free_is_part_of_the_proof() -> None:
    facts = replace(
        FACTS, entered_at=ENTERED - timedelta(hours=2), early_entry=timedelta(minutes=15)
    )
    table = receipt_of(TARIFF, facts, charged(facts=facts))
    assert differences(table) == ()

    table["facts"]["early_entry_minutes"] = 60

    assert differences(table) != ()


@pytest.mark.parametrize("end", ["booked_from", "booked_until"])
def test_a_booked_window_with_one_end_is_refused(end: str) -> None:
    table = receipt()
    table["facts"][end] = None

    assert refusal(json.dumps(table)) == ("facts.booked_until: should be after booked_from",)


def test_a_receipt_that_is_no_table_is_refused() -> None:
    assert refusal("[]")[0].startswith("the receipt: Input should be")
