"""What tariffs with more than one simple price do to drivers, attendants and the books."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain import ledger
from kiosk.domain.ids import AreaId, SpaceId
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.outcomes import (
    Bill,
    ExitCovered,
    ExitDue,
    StayNotPriced,
    TicketIssued,
)
from kiosk.domain.pricing.charge_lines import (
    EntryTooLongAgo,
    ExitBeforeEntry,
    LineKind,
    NotValidThen,
    WindowTooLong,
)
from kiosk.domain.search_outcomes import WindowNotPriced
from kiosk.services.commands import FindSpaces, Reserve, ShowAreas
from tests.fakes.stage import (
    CARD,
    DRIVER,
    EXIT,
    Stage,
    Wallet,
    euro,
    stage_with_own_tariff,
)

Selling = Callable[..., Stage]
OVERSTAY = "[overstay]\nmultiplier = 1.5\nblock_minutes = 60\n"
FREE = "[free]\nminutes = 45\nonce_in_hours = 24\n"
RUSH = """[[surcharge]]
name = "Rush hour"
price = 5.00
at = "exit"
from = "14:30"
until = "15:00"
"""


@pytest.fixture
def selling(founded: Path, tmp_path: Path) -> Iterator[Selling]:
    """Makes the small site with a tariff of the test's own."""
    stages: list[Stage] = []

    def sell(*changes: tuple[str, str], added: str = "") -> Stage:
        stages.append(stage_with_own_tariff(founded, tmp_path, *changes, added=added))
        return stages[-1]

    yield sell
    for stage in stages:
        stage.close()


def presented_late(stage: Stage, wallet: Wallet) -> ExitDue:
    """Twenty minutes after the booked end: 4.80, a started hour 2.40, and half as much again."""
    ticket = stage.inside(wallet.proof)
    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.until + timedelta(minutes=20))
    assert isinstance(outcome, ExitDue)
    return outcome


def out_after(stage: Stage, ticket: TicketIssued, *, minutes: int) -> ExitCovered:
    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=minutes))
    assert isinstance(outcome, ExitCovered), outcome
    return outcome


# Overstay ----------------------------------------------------------------------------------


def test_the_price_inside_the_reserved_time_and_the_overstay_stand_apart_before_money_moves(
    selling: Selling,
) -> None:
    stage = selling(added=OVERSTAY)
    bill = presented_late(stage, stage.wallet()).bill

    amounts = [
        bill.charge.of_kind(kind).minor
        for kind in (LineKind.BLOCK, LineKind.OVERSTAY, LineKind.OVERSTAY_SURCHARGE)
    ]
    assert amounts == [480, 240, 120]
    assert (bill.deposit, bill.due) == (euro(480), euro(360))
    assert stage.books()["escrow:1"] == 480


def test_the_overstay_surcharge_goes_to_commission_and_vat_and_the_rest_is_split_as_usual(
    selling: Selling,
) -> None:
    stage = selling(added=OVERSTAY)
    ada = stage.wallet()
    due = presented_late(stage, ada)

    stage.pay_due(due.bill.reservation_id, ada.proof)

    # 7.20 is split as 520 + 108 + 20 + 72 (money.md, Split); of 1.20 there are 19 of VAT.
    books = stage.books()
    parties = [books[party] for party in ("owner:1", "commission", "vat", "manager")]
    assert parties == [520, 108 + 101, 20 + 19, 72]
    assert sum(parties) == 840


def test_what_is_waived_of_an_overstay_is_the_operators_surcharge_before_the_owners_time(
    selling: Selling,
) -> None:
    stage = selling(added=OVERSTAY)
    due = presented_late(stage, stage.wallet())

    stage.open_barrier(EXIT, reservation_id=due.bill.reservation_id)

    books = stage.books()
    assert [books[party] for party in ("owner:1", "commission", "vat", "manager")] == [
        347,
        71,
        14,
        48,
    ]


# No price ----------------------------------------------------------------------------------


def test_a_car_that_came_in_years_ago_gets_no_number_but_an_attendant(stage: Stage) -> None:
    ada = stage.wallet()
    ticket = stage.inside(ada.proof)
    stage.site.clock.jump(timedelta(days=367))
    stage.wait(seconds=1)

    outcome = stage.drive(EXIT, ticket.text)

    why = EntryTooLongAgo(timedelta(days=366))
    assert outcome == StayNotPriced(why)
    assert stage.pay_due(ticket.reservation_id, ada.proof) == StayNotPriced(why)
    assert stage.money_of(ticket.reservation_id).bill == StayNotPriced(why)
    assert stage.books()["escrow:1"] == 480
    assert not stage.is_arm_up(EXIT)


def test_the_desk_lets_such_a_car_out_for_the_price_of_its_reservation(stage: Stage) -> None:
    ticket = stage.inside(stage.wallet().proof)
    stage.site.clock.jump(timedelta(days=367))
    stage.wait(seconds=1)
    car = stage.site.car_to(EXIT)
    stage.scan(EXIT, ticket.text)

    stage.open_barrier(EXIT, reason="looked at it", reservation_id=ticket.reservation_id)
    stage.site.car_through(EXIT, car)

    shown = stage.money_of(ticket.reservation_id)
    assert stage.state(ticket.reservation_id) == "left"
    assert isinstance(shown.bill, Bill)
    assert (shown.bill.charge.total, shown.bill.receipt_number) == (euro(480), 1)
    assert ("window.charged", "EntryTooLongAgo") in [
        (row.action, row.detail) for row in shown.timeline
    ]


def test_a_clock_that_fell_behind_the_entry_gives_no_number(stage: Stage) -> None:
    ticket = stage.inside(stage.wallet().proof)
    stage.site.car_to(EXIT)
    stage.site.clock.passed_s -= 3600

    assert stage.scan(EXIT, ticket.text) == StayNotPriced(ExitBeforeEntry())


def test_late_money_for_a_stay_without_a_price_goes_back(stage: Stage) -> None:
    ticket = stage.inside(CARD)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.until + timedelta(minutes=20))
    stage.scan(EXIT, ticket.text)
    waiting = stage.hold_payments()
    stage.pay_due(ticket.reservation_id, CARD)
    stage.site.clock.passed_s += timedelta(days=367).total_seconds()

    waiting.pop()()
    stage.wait(seconds=5)
    while waiting:  # beside the refund, the provider is asked for its report of the night
        waiting.pop(0)()

    assert stage.provider_counts() == (480 + 120, 120)


@pytest.mark.parametrize(
    ("added", "why"),
    [
        ("valid_until = 2026-06-02", NotValidThen),
        ("maximum_stay_minutes = 60", WindowTooLong),
    ],
)
def test_a_window_that_the_tariff_gives_no_price_is_neither_counted_nor_shown_nor_kept(
    selling: Selling, added: str, why: type
) -> None:
    stage = selling(("version = 1", f"version = 1\n{added}"))
    stage.wait(minutes=24 * 60)

    found = stage.site.do(FindSpaces(actor=DRIVER, area_id=AreaId(1), duration_minutes=120))
    kept = stage.site.do(
        Reserve(actor=DRIVER, space_id=SpaceId(1), duration_minutes=120, plate="B AB 1")
    )

    shown = stage.site.do(ShowAreas(actor=DRIVER, duration_minutes=120))
    assert [each.idle_count for each in shown.areas] == [0, 0]
    assert isinstance(found, WindowNotPriced)
    assert isinstance(found.why, why)
    assert kept == found
    assert 1 in stage.idle_spaces()


# Free minutes ------------------------------------------------------------------------------


def test_a_window_that_is_free_is_sold_without_wallet_or_card(selling: Selling) -> None:
    stage = selling(added=FREE)
    reserved = stage.reserve(30)

    ticket = stage.pay_deposit(reserved.reservation_id, CARD, intent="once")
    again = stage.pay_deposit(reserved.reservation_id, CARD, intent="once")

    assert reserved.quote.total == euro(0)
    assert isinstance(ticket, TicketIssued)
    assert ticket == again
    assert stage.provider_counts() == (0, 0)
    assert stage.state(reserved.reservation_id) == "confirmed"


def test_a_free_ticket_that_nobody_used_ends_without_a_journal(selling: Selling) -> None:
    stage = selling(added=FREE)
    ticket = stage.ticket(stage.wallet().proof, minutes=30)

    stage.wait(minutes=40)

    assert stage.state(ticket.reservation_id) == "no-show"
    assert stage.books() == {"till:desk-1": -2000, "wallet:1": 2000}


def test_free_minutes_are_given_to_a_plate_once_in_so_many_hours(selling: Selling) -> None:
    stage = selling(added=FREE)
    ada = stage.wallet()
    first = out_after(stage, stage.inside(ada.proof, minutes=30), minutes=20)

    second_ticket = stage.inside(ada.proof, minutes=30)
    second = out_after(stage, second_ticket, minutes=20)
    other = out_after(stage, stage.inside(ada.proof, minutes=30, plate="B AB 2"), minutes=20)

    totals = [each.bill.charge.total for each in (first, second, other)]
    assert totals == [euro(0), euro(120), euro(0)]
    assert second_ticket.deposit == euro(120)


def test_a_stay_that_had_no_free_minutes_does_not_put_off_the_next_ones(
    selling: Selling,
) -> None:
    stage = selling(added=FREE)
    ada = stage.wallet()
    out_after(stage, stage.inside(ada.proof, minutes=30), minutes=20)
    stage.wait(minutes=20 * 60)
    paid = out_after(stage, stage.inside(ada.proof, minutes=30), minutes=20)
    stage.wait(minutes=4 * 60)

    free_again = out_after(stage, stage.inside(ada.proof, minutes=30), minutes=20)

    assert [each.bill.charge.total for each in (paid, free_again)] == [euro(120), euro(0)]


@pytest.mark.parametrize("minutes", [100, 3], ids=["paid whole", "in and out again"])
def test_a_stay_that_was_not_free_by_the_tariff_leaves_its_free_minutes(
    selling: Selling, minutes: int
) -> None:
    stage = selling(added=FREE)
    ada = stage.wallet()
    out_after(stage, stage.inside(ada.proof, minutes=120), minutes=minutes)

    short = out_after(stage, stage.inside(ada.proof, minutes=30), minutes=20)

    assert [line.kind for line in short.bill.charge.lines] == [LineKind.FREE]


# Cheaper later -----------------------------------------------------------------------------


def test_what_was_settled_stands_where_a_later_exit_would_be_cheaper(selling: Selling) -> None:
    stage = selling(added=RUSH)
    ada = stage.wallet()
    ticket = stage.inside(ada.proof)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=40))
    stage.scan(EXIT, ticket.text)
    assert isinstance(stage.pay_due(ticket.reservation_id, ada.proof), ExitCovered)
    stage.back_out(EXIT, car)

    later = out_after(stage, ticket, minutes=65)

    assert (later.bill.receipt_number, later.bill.charge.total) == (1, euro(740))


def test_money_that_reached_escrow_meanwhile_goes_back_and_the_settled_charge_stands(
    selling: Selling,
) -> None:
    stage = selling(added=RUSH)
    ada = stage.wallet()
    ticket = stage.inside(ada.proof)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=40))
    stage.scan(EXIT, ticket.text)
    stage.pay_due(ticket.reservation_id, ada.proof)
    stage.back_out(EXIT, car)
    with stage.site.core.store.transaction() as tx:
        late = Transfer(ada.account, ledger.escrow(ticket.reservation_id), euro(100))
        tx.ledger.post(Journal("late", "deposit", (late,), ticket.reservation_id), stage.now)

    later = out_after(stage, ticket, minutes=65)

    assert (later.bill.charge.total, later.bill.refund) == (euro(740), euro(100))
    assert stage.books()[ada.account] == 2000 - 740
