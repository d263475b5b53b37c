"""A car stays too long and its space is promised: whoever comes next has another one before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.ids import ReservationId
from kiosk.domain.outcomes import ExitCovered, ExitDue, RefundPaid, TicketIssued
from kiosk.domain.reservation import DueKind
from kiosk.services.commands import PayRefundInCash
from tests.fakes.stage import CARD, ENTRY, EXIT, KIM, Stage, Wallet, euro, stage_with_own_tariff
from tests.services.moving import (
    accept,
    assert_gaps_are_kept,
    fill,
    paid,
    pending,
    space_of,
    take,
)

OVERSTAY = """
[overstay]
multiplier = 2
block_minutes = 60
"""
"""Late hours cost twice as much, so that the surcharge is as much as the time."""


@pytest.fixture
def dear(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """The small site with a surcharge on late hours."""
    stage = stage_with_own_tariff(founded, tmp_path, added=OVERSTAY)
    yield stage
    stage.close()


def late_car(stage: Stage, wallet: Wallet, *, minutes: int = 60) -> TicketIssued:
    """A car on space 1 that will stay too long."""
    return stage.inside(wallet.proof, plate="L 1", minutes=minutes)


def looked_at_again(stage: Stage, late: TicketIssued) -> timedelta | None:
    """When a late stay is looked at again, counted from its booked end."""
    with stage.site.core.store.reading() as tx:
        dues = tx.dues.of_reservation(late.reservation_id)
    late_dues = [due.at for due in dues if due.kind is DueKind.STAY_RUNS_LATE]
    return late_dues[0] - late.window.until if late_dues else None


# -- before anyone arrives


def test_at_the_booked_end_whoever_comes_next_gets_another_space(
    stage: Stage, ada: Wallet
) -> None:
    late = late_car(stage, ada)
    next_ = paid(stage, ada, starts_in=80)

    stage.wait_until(late.window.until - timedelta(seconds=1))
    before = space_of(stage, next_.reservation_id)
    stage.wait(seconds=1)

    assert before == 1
    assert space_of(stage, next_.reservation_id) == 3
    assert_gaps_are_kept(stage)


def test_who_comes_later_than_the_car_is_waited_for_keeps_his_space(
    stage: Stage, ada: Wallet
) -> None:
    late = late_car(stage, ada)
    edge = paid(stage, ada, starts_in=90)

    stage.wait_until(late.window.until)
    at_the_end = space_of(stage, edge.reservation_id)
    stage.wait(minutes=5)

    assert at_the_end == 1
    assert space_of(stage, edge.reservation_id) == 3


def test_who_has_not_paid_yet_is_seated_too(stage: Stage, ada: Wallet) -> None:
    late = late_car(stage, ada)
    stage.wait_until(late.window.until - timedelta(minutes=5))
    next_ = pending(stage, starts_in=21)

    stage.wait_until(late.window.until)

    assert space_of(stage, next_.reservation_id) == 3


def test_a_car_that_leaves_in_time_moves_nobody(stage: Stage, ada: Wallet) -> None:
    late = late_car(stage, ada)
    next_ = paid(stage, ada, starts_in=80)
    stage.drive(EXIT, late.text, at=late.window.until - timedelta(minutes=5))

    stage.wait(minutes=10)

    assert space_of(stage, next_.reservation_id) == 1
    assert looked_at_again(stage, late) is None


def test_a_car_that_has_paid_and_not_left_is_late_too(stage: Stage, ada: Wallet) -> None:
    late = late_car(stage, ada)
    next_ = paid(stage, ada, starts_in=80)
    stage.site.car_to(EXIT)
    stage.wait_until(late.window.until - timedelta(minutes=2))
    covered = stage.scan(EXIT, late.text)

    stage.wait(minutes=3)

    assert isinstance(covered, ExitCovered)
    assert stage.state(late.reservation_id) == "settled"
    assert space_of(stage, next_.reservation_id) == 3


# -- when there is no other space


def test_who_can_be_given_none_is_looked_at_again_every_five_minutes(
    stage: Stage, ada: Wallet
) -> None:
    late = late_car(stage, ada)
    stranger = stage.inside(CARD, plate="X 3", minutes=240, space_id=3)
    fill(stage, 5)
    next_ = paid(stage, ada, starts_in=85)
    stage.wait_until(late.window.until)
    at_the_end = space_of(stage, next_.reservation_id), looked_at_again(stage, late)
    stage.drive(EXIT, stranger.text)

    stage.wait_until(late.window.until + timedelta(minutes=5))

    assert at_the_end == (1, timedelta(minutes=5))
    assert space_of(stage, next_.reservation_id) == 3
    assert looked_at_again(stage, late) == timedelta(minutes=10)


def test_nobody_is_displaced_before_his_start(stage: Stage, ada: Wallet) -> None:
    late = late_car(stage, ada)
    fill(stage, 3, 5)
    next_ = paid(stage, ada, starts_in=78)

    stage.wait_until(next_.window.from_ - timedelta(seconds=1))
    before = stage.state(next_.reservation_id)
    stage.wait(seconds=1)

    assert before == "confirmed"
    assert stage.state(next_.reservation_id) == "displaced"
    assert blamed(stage, next_.reservation_id) == late.reservation_id
    assert stage.books()[ada.account] == 2000 - 240  # the late one's deposit
    assert_gaps_are_kept(stage)


def test_when_the_car_leaves_before_his_start_he_keeps_his_space(
    stage: Stage, ada: Wallet
) -> None:
    late = late_car(stage, ada)
    fill(stage, 3, 5)
    next_ = paid(stage, ada, starts_in=80)

    stage.drive(EXIT, late.text, at=late.window.until + timedelta(minutes=10))
    stage.wait(minutes=15)

    assert stage.state(next_.reservation_id) == "confirmed"
    assert space_of(stage, next_.reservation_id) == 1


def test_who_has_come_already_is_not_displaced_without_being_asked(
    stage: Stage, ada: Wallet
) -> None:
    late_car(stage, ada)
    fill(stage, 3, 5)
    next_ = paid(stage, ada, starts_in=80)
    stage.wait_until(next_.window.from_ - timedelta(minutes=10))
    stage.drive(ENTRY, next_.text)

    stage.wait(minutes=20)

    assert stage.state(next_.reservation_id) == "arrived"
    assert blamed(stage, next_.reservation_id) is None


@pytest.mark.parametrize("hours_without_power", [2, 4])
def test_a_power_cut_over_the_start_or_the_end_makes_nobody_a_no_show(
    stage: Stage, ada: Wallet, hours_without_power: int
) -> None:
    late = late_car(stage, ada)
    fill(stage, 3, 5)
    next_ = paid(stage, ada, starts_in=80)
    stage.site.clock.passed_s += hours_without_power * 3600

    stage.restart()

    assert stage.state(next_.reservation_id) == "displaced"
    assert blamed(stage, next_.reservation_id) == late.reservation_id
    assert stage.books()[ada.account] == 2000 - 240  # the late one's deposit
    assert stage.wrong() == []


def test_a_displaced_car_that_is_late_itself_moves_nobody(stage: Stage, ada: Wallet) -> None:
    fill(stage, 3, 5)
    ticket = stage.inside(ada.proof, minutes=60)
    next_ = paid(stage, ada, starts_in=80, plate="B AB 3")
    accept(stage, ticket.reservation_id)

    stage.wait(minutes=85)

    assert stage.state(next_.reservation_id) == "confirmed"
    assert looked_at_again(stage, ticket) is None


# -- the displaced driver's half of the surcharge


def test_half_of_the_surcharge_goes_to_the_wallet_of_the_displaced_driver(dear: Stage) -> None:
    ada, bob = dear.wallet(), dear.wallet(name="Bob")
    late = late_car(dear, ada)
    fill(dear, 3, 5)
    next_ = paid(dear, bob, starts_in=80)
    dear.wait_until(next_.window.from_ + timedelta(minutes=5))

    before = dear.books()
    due = dear.drive(EXIT, late.text)
    left = dear.pay_due(late.reservation_id, ada.proof)

    assert isinstance(due, ExitDue)
    assert due.bill.due == euro(480)  # one hour at twice 2.40, of which half is surcharge
    assert isinstance(left, ExitCovered)
    assert dear.books()[bob.account] == before[bob.account] + 120
    receipt = dear.receipts(late.reservation_id)[-1]
    assert receipt.shares == left.bill.shares
    # The receipt divides the whole surcharge; the books owe VAT on the operator's half alone.
    commission, vat = receipt.shares.commission.minor, receipt.shares.vat.minor
    assert dear.books()["commission"] == commission - 101
    assert dear.books()["vat"] == vat - 19
    assert dear.wrong() == []


def test_who_had_paid_by_card_gets_it_in_cash_at_the_desk(dear: Stage) -> None:
    ada = dear.wallet()
    late = late_car(dear, ada)
    fill(dear, 3, 5)
    reserved = pending(dear, starts_in=80)
    dear.pay_deposit(reserved.reservation_id, CARD)
    dear.wait_until(reserved.window.from_ + timedelta(minutes=5))
    dear.drive(EXIT, late.text)
    dear.pay_due(late.reservation_id, ada.proof)

    paid_out = dear.site.do(
        PayRefundInCash(
            actor=KIM,
            attendant_id=dear.attendant_id,
            desk="desk-1",
            reservation_id=reserved.reservation_id,
        )
    )

    assert dear.state(reserved.reservation_id) == "displaced"
    assert paid_out == RefundPaid(euro(120))
    assert dear.wrong() == []


def test_several_displaced_drivers_share_it_equally(dear: Stage) -> None:
    ada, bob, cid = dear.wallet(), dear.wallet(name="Bob"), dear.wallet(name="Cid")
    late = late_car(dear, ada)
    fill(dear, 3, 5)
    first = paid(dear, bob, starts_in=80, minutes=30, plate="B 1")
    second = paid(dear, cid, starts_in=140, minutes=30, plate="C 1")
    dear.wait_until(second.window.from_ + timedelta(minutes=1))

    dear.drive(EXIT, late.text)
    dear.pay_due(late.reservation_id, ada.proof)

    assert [dear.state(each.reservation_id) for each in (first, second)] == ["displaced"] * 2
    assert dear.books()[bob.account] == 2000 + 120  # two hours late: 4.80, and 4.80 on top
    assert dear.books()[cid.account] == 2000 + 120
    assert dear.wrong() == []


def test_who_took_a_substitute_on_arrival_has_his_half_too(dear: Stage) -> None:
    ada, bob = dear.wallet(), dear.wallet(name="Bob")
    late = late_car(dear, ada)
    stranger = dear.inside(CARD, plate="X 3", minutes=240, space_id=3)
    fill(dear, 5)
    next_ = paid(dear, bob, starts_in=80)
    dear.wait_until(next_.window.from_ - timedelta(minutes=2))
    dear.drive(ENTRY, next_.text)
    dear.drive(EXIT, stranger.text)
    take(dear, next_.reservation_id, 3)
    dear.wait_until(late.window.until + timedelta(minutes=20))

    dear.drive(EXIT, late.text)
    dear.pay_due(late.reservation_id, ada.proof)

    assert dear.books()[bob.account] == 2000 - 240 + 120
    assert dear.wrong() == []


def test_who_was_seated_elsewhere_before_has_no_half(dear: Stage) -> None:
    ada, bob = dear.wallet(), dear.wallet(name="Bob")
    late = late_car(dear, ada)
    paid(dear, bob, starts_in=80)
    dear.wait_until(late.window.until + timedelta(minutes=30))

    dear.drive(EXIT, late.text)
    dear.pay_due(late.reservation_id, ada.proof)

    assert dear.books()[bob.account] == 2000 - 240
    assert dear.sql("SELECT * FROM journal WHERE kind = 'displacement-share'") == []


def test_who_is_displaced_after_it_was_settled_has_his_half_at_once(dear: Stage) -> None:
    ada, bob = dear.wallet(), dear.wallet(name="Bob")
    late = late_car(dear, ada)
    fill(dear, 3, 5)
    next_ = paid(dear, bob, starts_in=80)
    dear.wait_until(late.window.until + timedelta(minutes=16))
    dear.site.car_to(EXIT)
    dear.scan(EXIT, late.text)
    dear.pay_due(late.reservation_id, ada.proof)
    settled = dear.books()[bob.account]

    dear.wait_until(next_.window.from_)

    assert dear.state(late.reservation_id) == "settled"
    assert dear.state(next_.reservation_id) == "displaced"
    assert (settled, dear.books()[bob.account]) == (2000 - 240, 2000 + 120)
    assert dear.wrong() == []


def test_a_second_settlement_shares_only_what_is_more(dear: Stage) -> None:
    ada, bob = dear.wallet(), dear.wallet(name="Bob")
    late = late_car(dear, ada)
    fill(dear, 3, 5)
    next_ = paid(dear, bob, starts_in=80)
    dear.wait_until(next_.window.from_ + timedelta(minutes=5))
    car = dear.site.car_to(EXIT)
    dear.scan(EXIT, late.text)
    dear.pay_due(late.reservation_id, ada.proof)
    dear.back_out(EXIT, car)
    once = dear.books()[bob.account]
    dear.wait(minutes=60)

    dear.drive(EXIT, late.text)
    dear.pay_due(late.reservation_id, ada.proof)

    assert len(dear.receipts(late.reservation_id)) == 2
    assert (once, dear.books()[bob.account]) == (2120, 2240)
    assert dear.wrong() == []


def test_where_late_hours_cost_no_more_there_is_nothing_to_share(
    stage: Stage, ada: Wallet
) -> None:
    bob = stage.wallet(name="Bob")
    late = late_car(stage, ada)
    fill(stage, 3, 5)
    next_ = paid(stage, bob, starts_in=80)
    stage.wait_until(next_.window.from_ + timedelta(minutes=5))

    stage.drive(EXIT, late.text)
    stage.pay_due(late.reservation_id, ada.proof)

    assert stage.state(next_.reservation_id) == "displaced"
    assert stage.books()[bob.account] == 2000
    assert stage.wrong() == []


def test_a_cent_is_not_shared_among_two(founded: Path, tmp_path: Path) -> None:
    stage = stage_with_own_tariff(
        founded, tmp_path, added=OVERSTAY.replace("multiplier = 2", "multiplier = 1.005")
    )
    ada, bob, cid = stage.wallet(), stage.wallet(name="Bob"), stage.wallet(name="Cid")
    late = late_car(stage, ada)
    fill(stage, 3, 5)
    paid(stage, bob, starts_in=80, minutes=30, plate="B 1")
    last = paid(stage, cid, starts_in=140, minutes=30, plate="C 1")
    stage.wait_until(last.window.from_ + timedelta(minutes=1))

    stage.drive(EXIT, late.text)
    stage.pay_due(late.reservation_id, ada.proof)
    books, wrong = stage.books(), stage.wrong()
    stage.close()

    assert (books[bob.account], books[cid.account]) == (2001, 2000)
    assert wrong == []


def blamed(stage: Stage, reservation_id: ReservationId) -> int | None:
    ((late_id,),) = stage.sql(f"SELECT displaced_by FROM reservation WHERE id = {reservation_id}")
    return late_id
