"""A deposit that a provider only keeps: counted like escrow, captured at the exit as it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.debt_outcomes import EndsTooLate
from kiosk.domain.life_outcomes import (
    Changed,
    ChangeKept,
    ChangeProblem,
    ChangeRefused,
    TicketShown,
)
from kiosk.domain.outcomes import ExitCovered, ExitDue, PaymentDeclined, TicketIssued
from kiosk.domain.time import Window
from kiosk.payments.simulator.faults import SimulatedFault
from kiosk.services.commands import CancelReservation
from kiosk.services.life_commands import ChangeReservation, PayChange
from tests.fakes.planned import change, pay_change
from tests.fakes.stage import CARD, DRIVER, ENTRY, EXIT, Stage, euro

FEES = {"owner:1": 174, "commission": 35, "vat": 7, "manager": 24}
"""Of a stay that costs 2.40."""


def provider_did(stage: Stage) -> dict[str, int]:
    """What the provider itself says it did, in cents."""
    kinds = ("authorise", "increase", "capture", "collect", "release", "refund")
    totals = {kind: stage.site.simulator.total(kind, "EUR").minor for kind in kinds}
    return {kind: minor for kind, minor in totals.items() if minor}


def test_an_authorised_deposit_is_not_in_the_books_and_gives_the_ticket(
    authorising: Stage,
) -> None:
    stage = authorising

    stage.ticket(CARD)

    assert stage.books() == {}
    assert provider_did(stage) == {"authorise": 480}


def test_the_exit_posts_what_the_stay_costs_and_the_rest_is_let_go(authorising: Stage) -> None:
    stage = authorising
    ticket = stage.inside(CARD)

    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=3)

    assert isinstance(outcome, ExitCovered)
    assert (outcome.bill.deposit, outcome.bill.refund) == (euro(480), euro(240))
    assert stage.books() == {"psp:simulator": -240, **FEES}
    assert provider_did(stage) == {"authorise": 480, "capture": 240}
    assert stage.wrong() == []


def test_a_free_cancellation_lets_all_of_it_go(authorising: Stage) -> None:
    stage = authorising
    ticket = stage.ticket(CARD, starts_at=stage.now + timedelta(hours=3))

    stage.site.do(
        CancelReservation(
            actor=DRIVER, reservation_id=ticket.reservation_id, agreed_refund=euro(480)
        )
    )
    stage.wait(seconds=3)

    assert stage.books() == {}
    assert provider_did(stage) == {"authorise": 480, "release": 480}


def test_a_no_show_is_captured_for_its_fee(authorising: Stage) -> None:
    stage = authorising
    stage.ticket(CARD, minutes=240)

    stage.wait(minutes=30)

    assert provider_did(stage) == {"authorise": 960, "capture": 480}
    assert stage.books()["psp:simulator"] == -480
    assert sum(stage.books().values()) == 0


def test_an_extension_raises_what_the_provider_keeps_and_the_exit_captures_once(
    authorising: Stage,
) -> None:
    stage = authorising
    ticket = stage.inside(CARD)
    later = type(ticket.window)(ticket.window.from_, ticket.window.until + timedelta(minutes=60))
    kept = stage.site.do(
        ChangeReservation(
            actor=DRIVER, lane=EXIT, reservation_id=ticket.reservation_id, window=later
        )
    )
    assert isinstance(kept, ChangeKept)

    stage.site.do(
        PayChange(
            actor=DRIVER,
            lane=EXIT,
            reservation_id=ticket.reservation_id,
            method=CARD,
            intent="longer",
        )
    )
    stage.drive(EXIT, ticket.text, at=later.until - timedelta(minutes=5))
    stage.wait(seconds=3)

    assert provider_did(stage) == {"authorise": 480, "increase": 240, "capture": 720}
    assert stage.books()["psp:simulator"] == -720
    assert stage.wrong() == []


@pytest.mark.parametrize("shift", [timedelta(), timedelta(minutes=30)])
def test_no_change_outlives_what_the_provider_keeps(authorising: Stage, shift: timedelta) -> None:
    stage = authorising
    latest = stage.now + timedelta(days=6, hours=12)
    starts_at = latest - timedelta(hours=2)
    ticket = stage.ticket(CARD, starts_at=starts_at)

    def change(more: timedelta) -> object:
        window = Window(starts_at + more, latest + more + shift)
        return stage.site.do(
            ChangeReservation(
                actor=DRIVER, lane=ENTRY, reservation_id=ticket.reservation_id, window=window
            )
        )

    refused = change(timedelta(minutes=15))

    assert refused == ChangeRefused(ChangeProblem.DEPOSIT_ENDS, latest)
    assert isinstance(change(-shift - timedelta(minutes=15)), ChangeKept | Changed)


def test_a_car_inside_is_told_no_later_end_than_its_deposit_lasts(authorising: Stage) -> None:
    stage = authorising
    latest = stage.now + timedelta(days=6, hours=12)
    ticket = stage.ticket(CARD, starts_at=latest - timedelta(hours=3))
    stage.drive(ENTRY, ticket.text, at=ticket.window.from_)

    shown = stage.show_ticket(ticket.text)

    assert isinstance(shown, TicketShown)
    assert shown.latest_until == latest


def test_what_runs_out_while_the_car_is_inside_is_due_at_the_exit(authorising: Stage) -> None:
    stage = authorising
    ticket = stage.inside(CARD)
    stage.site.simulator.fault_next()

    stage.site.clock.jump(timedelta(days=7, hours=1))
    stage.wait(seconds=2)
    stage.site.car_to(EXIT)
    outcome = stage.scan(EXIT, ticket.text)

    assert isinstance(outcome, ExitDue)
    assert outcome.bill.deposit == euro(0)
    assert outcome.bill.due == outcome.bill.charge.total
    ended = stage.sql("SELECT how FROM authorisation_end")
    assert [str(how) for (how,) in ended] == ["expired"]


def test_a_window_that_ends_after_what_can_be_kept_is_refused_with_the_latest_end(
    authorising: Stage,
) -> None:
    stage = authorising
    latest = stage.now + timedelta(days=7, hours=-12)
    reserved = stage.reserve(120, starts_at=latest - timedelta(hours=1))

    answer = stage.pay_deposit(reserved.reservation_id, CARD, intent="card")
    by_wallet = stage.pay_deposit(reserved.reservation_id, stage.wallet().proof)

    assert answer == EndsTooLate(latest)
    assert provider_did(stage) == {}
    assert isinstance(by_wallet, TicketIssued)


@pytest.mark.parametrize(
    ("fault", "captured"), [(SimulatedFault.DECLINED, 0), (SimulatedFault.PARTIAL, 120)]
)
def test_what_a_provider_does_not_capture_the_driver_owes_and_the_parties_keep(
    authorising: Stage, fault: SimulatedFault, captured: int
) -> None:
    stage = authorising
    ticket = stage.inside(CARD)
    stage.site.simulator.fault_next(fault, kind="capture")

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=3)

    books = stage.books()
    assert books.pop("receivable:driver") == -(240 - captured)
    assert books.pop("psp:simulator", 0) == -captured
    assert books == FEES
    assert [str(why) for (why,) in stage.sql("SELECT why FROM debt")] == ["capture-failed"]


def test_what_a_provider_refuses_to_capture_is_let_go_with_all_that_had_raised_it(
    authorising: Stage,
) -> None:
    stage = authorising
    ticket = stage.inside(CARD)
    window = Window(ticket.window.from_, ticket.window.until + timedelta(minutes=60))
    change(stage, ticket.reservation_id, window)
    pay_change(stage, ticket.reservation_id, CARD)
    stage.site.simulator.fault_next(SimulatedFault.DECLINED, kind="capture")

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=10)

    assert provider_did(stage) == {"authorise": 480, "increase": 240, "release": 720}
    assert stage.operation("settlement:1:capture:1:release") == "succeeded"
    assert stage.wrong() == []


def test_half_of_a_deposit_is_no_deposit_and_is_let_go(authorising: Stage) -> None:
    stage = authorising
    reserved = stage.reserve()
    stage.site.simulator.fault_next(SimulatedFault.PARTIAL, kind="authorise")

    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")
    stage.wait(seconds=3)

    assert stage.finished("card") == [PaymentDeclined()]
    assert provider_did(stage) == {"authorise": 240, "release": 240}
    assert stage.state(reserved.reservation_id) == "pending"


def test_a_deposit_that_is_kept_too_late_is_let_go(authorising: Stage) -> None:
    stage = authorising
    reserved = stage.reserve()
    waiting = stage.hold_payments()
    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")
    stage.wait(minutes=15)

    waiting.pop(0)()
    stage.site.core.run_payment = lambda _adapter, task: task()
    stage.wait(seconds=3)

    assert stage.state(reserved.reservation_id) == "expired"
    assert provider_did(stage) == {"authorise": 480, "release": 480}
    assert stage.books() == {}


def test_nothing_is_asked_of_a_provider_before_the_exit_is_granted(authorising: Stage) -> None:
    stage = authorising
    ticket = stage.inside(CARD)
    waiting = stage.hold_payments()

    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))

    assert isinstance(outcome, ExitCovered)
    assert stage.state(ticket.reservation_id) == "left"
    assert provider_did(stage) == {"authorise": 480}
    waiting.clear()


def test_the_exit_is_the_same_when_the_provider_is_gone(authorising: Stage) -> None:
    stage = authorising
    ticket = stage.inside(CARD)
    stage.site.simulator.fault_next(*[SimulatedFault.UNREACHABLE] * 3)

    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=30)

    assert isinstance(outcome, ExitCovered)
    assert provider_did(stage) == {"authorise": 480, "capture": 240}
    assert stage.books() == {"psp:simulator": -240, **FEES}
