"""Paper repeats what the books say, in columns that fit the roll."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.money import Money
from kiosk.domain.tariff_text import tariff_hash
from kiosk.services.paper import COLUMNS, plain, spaced
from tests.fakes.stage import EXIT, Stage, Wallet


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(1250, "EUR"), "EUR 12.50"),
        (Money(5, "EUR"), "EUR 0.05"),
        (Money(-120, "EUR"), "EUR -1.20"),
        (Money(700, "JPY"), "JPY 700"),
        (Money(1250, "KWD"), "KWD 1.250"),
        (Money(0, "EUR"), "EUR 0.00"),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(money: Money, text: str) -> None:
    assert plain(money) == text


def test_a_short_code_is_read_in_two_groups() -> None:
    assert spaced("abcdefgh") == "abcd efgh"


def test_no_line_is_wider_than_the_roll(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof, plate="B ABCD 1234")
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=136))
    stage.pay_due(ticket.reservation_id, ada.proof)

    lines = [line for printed in stage.site.papers for line in printed.paper.lines]

    assert [line for line in lines if len(line) > COLUMNS] == []


def test_the_receipt_shows_where_every_cent_went(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))

    assert [" ".join(line.split()) for line in stage.site.papers[-1].paper.lines] == [
        "RECEIPT 1",
        "Space Courtyard A01",
        "Plate BAB1",
        "From 2026-06-01 14:00",
        "Until 2026-06-01 14:50",
        "Parking: 2 x 30 min at 1.20",
        "EUR 2.40",
        "TOTAL EUR 2.40",
        "of it tax EUR 0.38",
        "Paid EUR 4.80",
        "Refund EUR 2.40",
        "Where it goes",
        "Owner EUR 1.74",
        "Manager EUR 0.24",
        "Commission EUR 0.35",
        "VAT on it EUR 0.07",
        f"Tariff {tariff_hash(stage.reservation(ticket.reservation_id).tariff)[:12]}",
        "Supplied by",
        "Always",
    ]
