"""Cash is taken and given in coins that there are; the books keep the exact amounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.cash import DENOMINATIONS, counted, smallest_coin
from kiosk.domain.life_outcomes import DuePriced, DueTaken
from kiosk.domain.money import EXPONENTS, Money
from kiosk.domain.outcomes import ExitCovered, RefundPaid, TicketIssued
from kiosk.domain.till_outcomes import WalletPaidOut
from tests.fakes.stage import DRIVER_PIN, EXIT, Stage, Wallet, euro
from tests.services.cash import price, take
from tests.services.till import Till, stage_with_shifts

PRICES = {119: 120, 117: 115}
"""A started half hour costs the first; the second of them is what coins can pay."""


def swiss(folder: Path, half_hour: str) -> Stage:
    """The small site in francs, at this price for a half hour; coins go down to 0.05."""
    stage = stage_with_shifts(folder, currency="CHF", cash_step="0.05", half_hour=half_hour)
    Till(stage).opened(10_000)
    return stage


@pytest.fixture(params=sorted(PRICES))
def late(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Stage, int]]:
    """A site in francs, and the minor units that one half hour costs there."""
    minor = int(request.param)
    stage = swiss(tmp_path, f"1.{minor - 100:02d}")
    yield stage, minor
    stage.close()


def overstayed(stage: Stage) -> tuple[TicketIssued, Wallet]:
    """Booked for an hour, inside for half an hour more: one half hour is due."""
    wallet = paying(stage, 5000)
    ticket = stage.inside(wallet.proof, minutes=60)
    stage.wait_until(ticket.window.until + timedelta(minutes=30))
    return ticket, wallet


def paying(stage: Stage, minor: int) -> Wallet:
    wallet = stage.wallet(0)
    Till(stage).top_up(wallet, minor)
    return wallet


def test_the_due_is_told_exact_and_in_coins(late: tuple[Stage, int]) -> None:
    stage, minor = late
    ticket, _ = overstayed(stage)

    told = price(stage, ticket)

    assert isinstance(told, DuePriced)
    assert told.bill.due == Money(minor, "CHF")
    assert told.cash_due == Money(PRICES[minor], "CHF")


def test_cash_in_coins_settles_the_exact_due_and_the_exit_opens(late: tuple[Stage, int]) -> None:
    stage, minor = late
    ticket, _ = overstayed(stage)
    held = Till(stage).holds

    taken = take(stage, ticket, agreed=Money(minor, "CHF"))

    assert isinstance(taken, DueTaken)
    assert taken.amount == Money(PRICES[minor], "CHF")
    assert taken.bill.charge.total == Money(3 * minor, "CHF")
    assert Till(stage).holds == held + PRICES[minor]
    assert stage.books()["rounding"] == PRICES[minor] - minor
    assert take(stage, ticket, agreed=Money(minor, "CHF")) == taken
    assert isinstance(stage.drive(EXIT, ticket.text), ExitCovered)
    assert stage.wrong() == []


@pytest.mark.parametrize(("owed", "given"), [(482, 480), (483, 485), (480, 480), (2, 0)])
def test_a_refund_is_given_in_coins_and_nothing_stays_owed(
    tmp_path: Path, owed: int, given: int
) -> None:
    stage = swiss(tmp_path, "1.20")
    till = Till(stage)
    reservation_id = till.owes(owed)

    assert till.refund(reservation_id) == RefundPaid(Money(given, "CHF"))

    books = stage.books()
    assert f"refund-due:{reservation_id}" not in books
    assert (till.holds, books.get("rounding", 0)) == (10_000 - given, owed - given)
    assert sum(books.values()) == 0
    stage.close()


@pytest.mark.parametrize(("held", "given"), [(1202, 1200), (1203, 1205)])
def test_a_wallet_is_paid_out_in_coins_and_is_empty_then(
    tmp_path: Path, held: int, given: int
) -> None:
    stage = swiss(tmp_path, "1.20")
    till = Till(stage)
    wallet = paying(stage, held)

    paid = till.pay_out(wallet, None, intent="once")

    assert isinstance(paid, WalletPaidOut)
    assert (paid.cash.minor, paid.balance.minor) == (given, 0)
    assert till.pay_out(wallet, None, intent="once", pin=DRIVER_PIN) == paid
    assert wallet.account not in stage.books()
    stage.close()


def test_a_tariff_without_a_step_is_rounded_to_the_smallest_coin(tmp_path: Path) -> None:
    stage = stage_with_shifts(tmp_path, currency="CHF", half_hour="1.19")
    Till(stage).opened(10_000)
    ticket, _ = overstayed(stage)

    told = price(stage, ticket)

    assert isinstance(told, DuePriced)
    assert (told.bill.due.minor, told.cash_due.minor) == (119, 120)
    stage.close()


def test_every_currency_can_be_counted() -> None:
    assert set(DENOMINATIONS) == set(EXPONENTS)
    for kinds in DENOMINATIONS.values():
        assert list(kinds) == sorted(set(kinds), reverse=True)
    assert counted("EUR", {5000: 2, 1: 3}) == euro(10_003)
    assert (smallest_coin("CHF"), smallest_coin("JPY")) == (5, 1)
