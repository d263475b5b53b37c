"""What a car inside still owes is taken in cash at the desk, once, for the exit right."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain import ledger
from kiosk.domain.ids import AttendantId, ReservationId
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.life_outcomes import DuePriced, DueTaken, NothingDue
from kiosk.domain.outcomes import (
    BarrierOrdered,
    ExitCovered,
    ExitDue,
    NotSignedIn,
    RefundPaid,
    ReservationEnded,
    TicketIssued,
    TicketNotInside,
)
from kiosk.domain.reservation import State
from kiosk.services import leave
from kiosk.services.commands import PayRefundInCash
from tests.fakes.stage import (
    CARD,
    EXIT,
    KIM,
    Stage,
    Wallet,
    euro,
    stage_with_own_tariff,
)
from tests.services.cash import due_of, happened, open_for, overstayed, price, selling, take
from tests.services.pulled import booked_and_pulled

__all__ = ["selling"]


# Cash for an overstay -------------------------------------------------------------------------


def test_the_desk_tells_what_is_due_and_moves_nothing(stage: Stage, ada: Wallet) -> None:
    ticket = overstayed(stage, ada)
    before = (stage.books(), stage.journal_count(), happened(stage, ticket))

    due = due_of(stage, ticket)

    assert due == euro(120)
    assert (stage.books(), stage.journal_count(), happened(stage, ticket)) == before
    assert stage.state(ticket.reservation_id) == "arrived"


def test_cash_goes_through_the_till_to_the_parties_and_the_exit_opens(
    stage: Stage, ada: Wallet
) -> None:
    ticket = overstayed(stage, ada)

    taken = take(stage, ticket, agreed=euro(120))

    assert isinstance(taken, DueTaken)
    assert (taken.amount, taken.bill.receipt_number) == (euro(120), 1)
    assert stage.state(ticket.reservation_id) == "settled"
    assert happened(stage, ticket)[-1] == ("Kim", "due.paid_in_cash", "120 1 cash")
    assert isinstance(stage.drive(EXIT, ticket.text), ExitCovered)
    assert len(stage.receipts(ticket.reservation_id)) == 1
    books = stage.books()
    assert books.pop("till:desk-1") == -2000 - 120
    assert books.pop(ada.account) == 2000 - 240
    assert sum(books.values()) == 240 + 120
    assert set(books) == {"owner:1", "manager", "commission", "vat"}
    assert stage.wrong() == []


def test_the_same_press_takes_no_second_time(stage: Stage, ada: Wallet) -> None:
    ticket = overstayed(stage, ada)
    first = take(stage, ticket, agreed=euro(120))
    before = (stage.books(), stage.journal_count(), happened(stage, ticket))

    assert take(stage, ticket, agreed=euro(120)) == first
    assert (stage.books(), stage.journal_count(), happened(stage, ticket)) == before


def test_another_press_within_the_exit_right_takes_nothing(stage: Stage, ada: Wallet) -> None:
    ticket = overstayed(stage, ada)
    take(stage, ticket)
    before = stage.books()

    assert isinstance(take(stage, ticket, intent="again"), NothingDue)
    assert stage.books() == before


def test_when_more_is_due_than_was_agreed_the_new_bill_is_shown(stage: Stage, ada: Wallet) -> None:
    ticket = overstayed(stage, ada)
    agreed = due_of(stage, ticket)
    stage.wait(minutes=60)
    before = (stage.books(), stage.journal_count())

    outcome = take(stage, ticket, agreed=agreed)

    assert isinstance(outcome, DuePriced)
    assert outcome.bill.due > agreed
    assert (stage.books(), stage.journal_count()) == before
    assert isinstance(take(stage, ticket, agreed=outcome.bill.due), DueTaken)


def test_what_breaks_off_in_between_has_taken_nothing(
    stage: Stage, ada: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = overstayed(stage, ada)
    before = (stage.books(), stage.journal_count(), happened(stage, ticket))

    def power_cut(*_: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr(leave, "share_surcharge", power_cut)
        with pytest.raises(RuntimeError, match="power cut"):
            take(stage, ticket)

    assert (stage.books(), stage.journal_count(), happened(stage, ticket)) == before
    assert stage.state(ticket.reservation_id) == "arrived"
    assert isinstance(take(stage, ticket), DueTaken)
    assert stage.wrong() == []


def test_the_clock_that_stopped_at_the_exit_stands_still_on_the_way_to_the_desk(
    stage: Stage, ada: Wallet
) -> None:
    ticket = overstayed(stage, ada)
    stage.wait_until(ticket.window.until + timedelta(minutes=59))
    car = stage.site.car_to(EXIT)
    due = stage.scan(EXIT, ticket.text)
    assert isinstance(due, ExitDue)
    stage.back_out(EXIT, car)
    stage.wait(minutes=10)

    assert due_of(stage, ticket) == due.bill.due


def test_after_the_exit_right_only_the_difference_is_taken(stage: Stage, ada: Wallet) -> None:
    ticket = overstayed(stage, ada)
    take(stage, ticket)

    stage.wait(minutes=31)

    assert due_of(stage, ticket) == euro(240)
    take(stage, ticket, intent="second")
    assert [receipt.charge.total for receipt in stage.receipts(ticket.reservation_id)] == [
        euro(240 + 120),
        euro(240 + 360),
    ]
    assert stage.wrong() == []


def test_a_card_that_answers_after_the_cash_gets_its_money_back(stage: Stage, ada: Wallet) -> None:
    ticket = overstayed(stage, ada)
    car = stage.site.car_to(EXIT)
    assert isinstance(stage.scan(EXIT, ticket.text), ExitDue)
    waiting = stage.hold_payments()
    stage.pay_due(ticket.reservation_id, CARD, intent="card")

    take(stage, ticket)
    waiting.pop(0)()
    stage.site.core.run_payment = lambda _adapter, task: task()
    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)
    stage.site.car_through(EXIT, car)
    stage.wait(seconds=3)

    assert stage.finished("card") == [ReservationEnded(State.SETTLED)]
    assert stage.provider_counts() == (120, 120)
    assert stage.books()["till:desk-1"] == -2000 - 120
    assert stage.wrong() == []


# Nothing to take ------------------------------------------------------------------------------


def test_what_escrow_covers_costs_no_cash(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    before = (stage.books(), stage.journal_count())

    assert isinstance(price(stage, ticket), NothingDue)
    assert isinstance(take(stage, ticket), NothingDue)
    assert (stage.books(), stage.journal_count()) == before
    assert stage.state(ticket.reservation_id) == "arrived"


def test_a_car_that_is_not_inside_owes_nothing(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    assert price(stage, ticket) == TicketNotInside()
    assert take(stage, ticket) == TicketNotInside()

    gone = stage.inside(ada.proof, plate="B AB 2", space_id=3)
    stage.drive(EXIT, gone.text)

    assert take(stage, gone) == TicketNotInside()


def test_who_is_not_signed_in_takes_no_cash(stage: Stage, ada: Wallet) -> None:
    ticket = overstayed(stage, ada)
    before = stage.books()
    stage.attendant_id = AttendantId(99)

    assert price(stage, ticket) == NotSignedIn()
    assert take(stage, ticket) == NotSignedIn()
    assert stage.books() == before


# A lost ticket --------------------------------------------------------------------------------


def test_a_lost_ticket_above_the_deposit_is_paid_in_cash_and_let_out(selling: Stage) -> None:
    stage = selling
    ticket = stage.inside(stage.wallet().proof, minutes=60)
    stage.wait(minutes=10)

    assert due_of(stage, ticket, is_lost=True) == euro(1200 - 240)
    take(stage, ticket, agreed=euro(960), is_lost=True)

    assert isinstance(open_for(stage, ticket, is_lost=True), BarrierOrdered)
    (receipt,) = stage.receipts(ticket.reservation_id)
    assert receipt.charge.total == euro(1200)
    assert "difference.waived" not in [action for _, action, _ in happened(stage, ticket)]
    assert stage.wrong() == []


def test_a_lost_ticket_that_escrow_covers_is_settled_without_cash(selling: Stage) -> None:
    stage = selling
    ticket = stage.inside(CARD, minutes=60 * 9)
    stage.wait(minutes=10)

    assert due_of(stage, ticket, is_lost=True) == euro(0)
    taken = take(stage, ticket, agreed=euro(0), is_lost=True)

    assert isinstance(taken, DueTaken)
    assert taken.bill.charge.total == euro(1200)
    assert stage.state(ticket.reservation_id) == "settled"
    assert stage.books().get("till:desk-1") is None
    assert stage.wrong() == []


def test_a_press_that_took_nothing_for_a_lost_ticket_is_answered_alike_once_more(
    selling: Stage,
) -> None:
    stage = selling
    ticket = stage.inside(CARD, minutes=60 * 9)
    stage.wait(minutes=10)
    first = take(stage, ticket, agreed=euro(0), is_lost=True)
    before = (stage.books(), stage.journal_count(), happened(stage, ticket))

    assert take(stage, ticket, agreed=euro(0), is_lost=True) == first
    assert (stage.books(), stage.journal_count(), happened(stage, ticket)) == before
    assert isinstance(take(stage, ticket, is_lost=True, intent="again"), NothingDue)


def test_a_press_is_answered_by_the_receipt_it_made_though_another_followed(
    stage: Stage, ada: Wallet
) -> None:
    ticket = overstayed(stage, ada)
    first = take(stage, ticket)
    stage.wait(minutes=31)
    take(stage, ticket, intent="second")

    assert take(stage, ticket) == first


def test_a_ticket_that_was_lost_stays_lost_when_the_exit_right_is_over(
    founded: Path, tmp_path: Path
) -> None:
    stage = stage_with_own_tariff(
        founded, tmp_path, added='[lost_ticket]\nrule = "plus-accrued"\nprice = 1.50\n'
    )
    ticket = stage.inside(stage.wallet().proof, minutes=60)
    stage.wait(minutes=10)
    take(stage, ticket, agreed=euro(120 + 150 - 240), is_lost=True)

    stage.wait(minutes=25)  # another block has begun
    stage.site.car_to(EXIT)
    found_again = stage.scan(EXIT, ticket.text)

    assert isinstance(found_again, ExitDue)
    assert (found_again.bill.charge.total, found_again.bill.due) == (euro(240 + 150), euro(120))
    assert stage.wrong() == []
    stage.close()


def test_where_the_board_is_silent_a_lost_ticket_takes_no_more_cash(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)

    assert isinstance(price(stage, ticket, is_lost=True), NothingDue)


# A stay without a price -----------------------------------------------------------------------


def test_a_linked_stay_without_a_price_pays_its_window_in_cash_and_the_exit_opens(
    stage: Stage, ada: Wallet
) -> None:
    ticket = linked_for_more_than_a_year(stage, ada)
    told = open_for(stage, ticket)
    assert isinstance(told, DuePriced)

    assert due_of(stage, ticket) == told.bill.due == euro(240)
    taken = take(stage, ticket, agreed=told.bill.due)

    assert isinstance(taken, DueTaken)
    assert [(action, detail) for _, action, detail in happened(stage, ticket)][-2:] == [
        ("window.charged", "EntryTooLongAgo"),
        ("due.paid_in_cash", "240 1 cash"),
    ]
    assert isinstance(open_for(stage, ticket), BarrierOrdered)
    assert stage.wrong() == []


def linked_for_more_than_a_year(stage: Stage, wallet: Wallet) -> TicketIssued:
    """It took the terms of a reservation of 4.80, has 2.40 in escrow, and nobody drove it out."""
    booked, pulled = booked_and_pulled(stage, wallet)
    stage.wait(minutes=10)
    stage.link(pulled.reservation_id, booked.reservation_id)
    stage.site.clock.jump(timedelta(days=367))
    return pulled


# Money that comes back ------------------------------------------------------------------------


def test_cash_that_is_not_needed_waits_at_the_desk_and_is_paid_there_once(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof, minutes=60)
    put_in_cash(stage, ticket.reservation_id, minor=300)

    outcome = stage.drive(EXIT, ticket.text)

    assert isinstance(outcome, ExitCovered)
    owed = stage.books()[f"refund-due:{ticket.reservation_id}"]
    assert owed == 300
    assert refund(stage, ticket) == RefundPaid(euro(300))
    assert not isinstance(refund(stage, ticket), RefundPaid)
    assert stage.books()["till:desk-1"] == -2000
    assert stage.wrong() == []


def put_in_cash(stage: Stage, reservation_id: ReservationId, *, minor: int) -> None:
    """Cash for this stay that no bill has asked for."""
    cash = Transfer(ledger.till("desk-1"), ledger.escrow(reservation_id), euro(minor))
    with stage.site.core.store.transaction() as tx:
        tx.ledger.post(Journal("by-hand", "due", (cash,), reservation_id), stage.now)


def refund(stage: Stage, ticket: TicketIssued) -> object:
    return stage.site.do(
        PayRefundInCash(
            actor=KIM,
            attendant_id=stage.attendant_id,
            desk="desk-1",
            reservation_id=ticket.reservation_id,
        )
    )
