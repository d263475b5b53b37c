"""What the exit screen shows for each answer of the core, and what never takes it away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.domain.ids import OperationKey, ReservationId
from kiosk.domain.outcomes import (
    LaneBusy,
    LaneOutOfOrder,
    NoCarInLane,
    PaymentDeclined,
    PaymentInDoubt,
    PaymentRunning,
    ReservationEnded,
    TicketNotInside,
    TicketUnknown,
    UnknownPass,
)
from kiosk.domain.payee import Supplier
from kiosk.domain.reservation import State
from kiosk.services.commands import CardPresented, PayDue, WalletProof
from kiosk.services.events import (
    FaultRaised,
    GrantReturned,
    PaperFailed,
    PaperLow,
    PassageReported,
    PassPresented,
    PaymentFinished,
)
from kiosk.services.limits import LANE_SCREEN_IDLE_S
from kiosk.ui.screens.pay import CHECKING_LEAVE_S
from tests.ui.exit_stage import (
    BOOKED,
    LANE,
    SUPPLIER,
    ExitStage,
    bill,
    covered,
    due,
    exit_stage,
)
from tests.ui.exit_ways import PASS, PIN, idle, pay_by_wallet

FAULT = FaultRaised("store-full", "Free space on the data partition.")


@pytest.fixture
def stage(qapp: QObject) -> Iterator[ExitStage]:
    with exit_stage(card_adapter="card") as one:
        one.lane("present")
        yield one


# Covered ---------------------------------------------------------------------------------


def test_a_covered_ticket_shows_the_receipt_and_where_every_cent_went(stage: ExitStage) -> None:
    stage.present(covered())
    shown = stage.screen.bill_text.state
    assert stage.screen.state.page == "receipt"
    assert (shown.total, shown.deposit, shown.refund) == ("€3.60", "€4.80", "€1.20")
    assert [line.amount for line in shown.lines] == ["€3.60"]
    assert [share.amount for share in shown.shares] == ["€2.60", "€0.36", "€0.54", "€0.10"]
    assert (shown.receipt_number, shown.leave_by) == ("004711", "12:30")


SMALL = replace(SUPPLIER, name="Ada", tax_number="", shows_tax=False)
FORGOTTEN = replace(SUPPLIER, name="", address=(), tax_number="")


@pytest.mark.parametrize(
    ("supplier", "named", "tax"),
    [
        (SUPPLIER, "Supplied by Housing Association North Light (DE 123 456 789)", "€0.57"),
        (SMALL, "Supplied by Ada", ""),
        (FORGOTTEN, "", "€0.57"),
        (None, "", "€0.57"),
    ],
    ids=["with a tax number", "a small business", "forgotten since", "from before"],
)
def test_a_receipt_names_its_supplier_and_the_tax_that_is_owed(
    stage: ExitStage, supplier: Supplier | None, named: str, tax: str
) -> None:
    outcome = covered()
    stage.present(replace(outcome, bill=replace(outcome.bill, supplier=supplier)))

    shown = stage.screen.bill_text.state
    assert (shown.supplier, shown.tax) == (named, tax)


def test_the_passage_ends_in_goodbye_and_the_waiting_page(qtbot: QtBot) -> None:
    with exit_stage(second_ms=1) as stage:
        person, asked = stage.screen.person, []
        person.changed.connect(lambda: asked.append(person.state.seconds_left))
        stage.present(covered())
        stage.screen.on_published(PassageReported(LANE, ReservationId(77)))
        said = stage.screen.state.page
        qtbot.waitUntil(lambda: stage.screen.state.page == "present")
        assert said == "goodbye"
        assert not person.state.is_running
        assert max(asked) == 0, "a car that has gone was asked whether it is still there"


def test_a_receipt_stays_until_the_car_is_through(stage: ExitStage) -> None:
    stage.present(covered())
    idle(stage, 4 * LANE_SCREEN_IDLE_S)
    assert stage.screen.state.page == "receipt"
    assert stage.screen.person.state.seconds_left == 0


def test_a_receipt_gives_way_to_no_problem_of_another_scan(stage: ExitStage) -> None:
    stage.present(covered())
    stage.present(LaneBusy())
    assert stage.screen.state.page == "receipt"


def test_a_barrier_that_did_not_open_says_that_nothing_is_charged_twice(stage: ExitStage) -> None:
    stage.present(covered())
    stage.screen.on_published(GrantReturned(LANE, ReservationId(77), "open-timeout"))
    note = stage.screen.note()
    assert stage.screen.state.page == "note"
    assert note.happened == "The barrier did not open."
    assert note.money.startswith("Nothing is charged twice")
    assert "same ticket" in note.now


def test_a_barrier_out_of_order_sends_nobody_to_the_reader_again(stage: ExitStage) -> None:
    stage.present(covered())
    stage.lane("blind", arming=None)
    stage.screen.on_published(GrantReturned(LANE, ReservationId(77), "io_lost"))
    during = stage.screen.note().now
    stage.lane("present")
    assert during == "Please wait: help is coming."
    assert "same ticket" in stage.screen.note().now


def test_a_driver_who_backed_out_is_not_told_that_the_barrier_failed(stage: ExitStage) -> None:
    stage.present(covered())
    stage.screen.on_published(GrantReturned(LANE, ReservationId(77), "back_out"))
    assert stage.screen.note().happened == "You did not drive through."


def test_an_opening_by_hand_that_came_to_nothing_changes_no_page(stage: ExitStage) -> None:
    stage.present(TicketNotInside())
    stage.screen.on_published(GrantReturned(LANE, None, "abandoned"))
    assert stage.screen.state.problem == TicketNotInside()


def test_a_receipt_without_paper_says_so(stage: ExitStage) -> None:
    stage.present(covered())
    stage.screen.on_published(PaperFailed(LANE, "paper-out"))
    assert (stage.screen.state.page, stage.screen.state.has_no_paper) == ("receipt", True)
    assert not stage.screen.state.may_have_paper


def test_a_receipt_of_a_printer_that_does_not_tell_is_asked_for(stage: ExitStage) -> None:
    stage.present(covered())
    stage.screen.on_published(PaperFailed(LANE, "unverified", may_be_there=True))
    assert (stage.screen.state.has_no_paper, stage.screen.state.may_have_paper) == (True, True)


def test_a_roll_near_its_end_is_nothing_to_a_driver(stage: ExitStage) -> None:
    stage.present(covered())
    before = stage.screen.state
    stage.screen.on_published(PaperLow(LANE))
    assert stage.screen.state == before


def test_a_free_stay_divides_nothing(stage: ExitStage) -> None:
    free = bill(parked_minutes=4)
    nothing = free.charge.total - free.charge.total
    charge = replace(free.charge, lines=(), total=nothing, tax=nothing)
    stage.present(replace(covered(), bill=replace(free, charge=charge, refund=free.deposit)))
    shown = stage.screen.bill_text.state
    assert (shown.is_free, shown.shares, shown.refund) == (True, (), "€4.80")


# Due -------------------------------------------------------------------------------------


def test_what_is_due_names_booked_and_actual_time_overstay_deposit_and_rest(
    stage: ExitStage,
) -> None:
    stage.present(due())
    shown = stage.screen.bill_text.state
    assert stage.screen.state.page == "due"
    assert (shown.booked, shown.stayed) == (
        "11:00\u00a0–\u2060\u00a013:00",
        "11:00\u00a0–\u2060\u00a013:40",
    )
    assert [(row.label, row.amount) for row in shown.lines] == [
        ("Inside your reserved time", "€4.80"),
        ("After your reserved time: 40\u00a0min", "€2.40"),
    ]
    assert (shown.total, shown.deposit, shown.due) == ("€7.20", "€4.80", "€2.40")


def test_time_within_the_grace_is_no_overstay(stage: ExitStage) -> None:
    late = bill(parked_minutes=120)
    stage.present(
        replace(covered(), bill=replace(late, presented_at=BOOKED.until + timedelta(minutes=10)))
    )
    assert [row.label for row in stage.screen.bill_text.state.lines] == [
        "4 × 30\u00a0min at €1.20"
    ]


def test_paying_the_rest_from_a_wallet_opens_and_shows_the_receipt(stage: ExitStage) -> None:
    stage.present(due())
    stage.asker.answers(PayDue, covered(parked_minutes=160))
    asked = pay_by_wallet(stage)
    assert (asked.lane, asked.reservation_id) == (LANE, ReservationId(77))
    assert asked.method == WalletProof(PASS, PIN)
    assert stage.screen.state.page == "receipt"


def test_a_pass_scanned_where_money_is_due_is_filled_in(stage: ExitStage) -> None:
    stage.present(due())
    stage.screen.on_published(PassPresented(LANE, PASS))
    assert stage.screen.state.page == "pay"
    assert stage.screen.pay_form.state.pass_code == PASS


def test_a_pass_scanned_in_place_of_a_ticket_is_named(stage: ExitStage) -> None:
    stage.screen.on_published(PassPresented(LANE, PASS))
    assert stage.screen.note().happened == "This is a wallet pass, not a ticket."


def test_an_unknown_pass_stays_on_the_payment_page(stage: ExitStage) -> None:
    stage.present(due())
    stage.asker.answers(PayDue, UnknownPass())
    pay_by_wallet(stage)
    assert stage.screen.state.page == "pay"
    assert stage.screen.pay_form.state.problem == UnknownPass()


def test_a_card_in_doubt_is_waited_for_and_its_answer_opens(stage: ExitStage) -> None:
    key = OperationKey("pay:1")
    stage.present(due())
    stage.asker.answers(PayDue, PaymentRunning(key))
    stage.screen.pay()
    stage.screen.pay_form.choose_card()
    stage.screen.pay_form.pay()
    stage.screen.on_published(PaymentFinished(key, PaymentInDoubt(key)))
    checking = stage.screen.pay_form.state.phase
    stage.screen.on_published(PaymentFinished(key, covered(parked_minutes=160)))
    assert stage.asker.asked[-1].method == CardPresented("card")  # type: ignore[attr-defined]
    assert (checking, stage.screen.state.page) == ("checking", "receipt")


def test_an_answer_that_comes_after_the_driver_gave_up_still_shows_the_receipt(
    stage: ExitStage,
) -> None:
    key = OperationKey("pay:1")
    stage.present(due())
    stage.asker.answers(PayDue, PaymentInDoubt(key))
    pay_by_wallet(stage)
    form = stage.screen.pay_form
    form.show(replace(form.state, checking_s=CHECKING_LEAVE_S))
    stage.screen.cancel()
    gave_up = stage.screen.state.page
    stage.screen.on_published(PaymentFinished(key, covered(parked_minutes=160)))
    assert (gave_up, stage.screen.state.page) == ("present", "receipt")


def test_the_answer_to_a_payment_of_somebody_else_changes_nothing(stage: ExitStage) -> None:
    stage.present(due())
    stage.screen.on_published(PaymentFinished(OperationKey("pay:9"), PaymentDeclined()))
    assert stage.screen.state.page == "due"
    assert stage.screen.pay_form.state.problem is None


def test_a_second_scan_during_a_payment_does_not_disturb_it(stage: ExitStage) -> None:
    stage.present(due())
    pay_by_wallet(stage)
    stage.present(due())
    stage.present(TicketUnknown())
    assert (stage.screen.state.page, stage.screen.pay_form.state.phase) == ("pay", "sending")


def test_a_stay_that_was_settled_elsewhere_is_told(stage: ExitStage) -> None:
    stage.present(due())
    stage.asker.answers(PayDue, ReservationEnded(State.LEFT))
    pay_by_wallet(stage)
    assert stage.screen.note().happened == "This stay has ended already."


def test_money_paid_before_a_broken_barrier_is_not_asked_for_again(stage: ExitStage) -> None:
    stage.present(due())
    stage.asker.answers(PayDue, LaneOutOfOrder())
    pay_by_wallet(stage)
    assert stage.screen.note().money.startswith("Nothing is charged twice")


def test_back_leads_from_paying_to_the_amount(stage: ExitStage) -> None:
    stage.present(due())
    stage.screen.pay()
    stage.screen.back()
    assert stage.screen.state.page == "due"


def test_a_full_queue_lets_the_driver_press_again(stage: ExitStage) -> None:
    stage.present(due())
    pay_by_wallet(stage)
    stage.screen.on_overloaded()
    assert stage.screen.pay_form.state.phase == "asking"


def test_a_full_queue_ends_no_payment_that_the_provider_has(stage: ExitStage) -> None:
    stage.present(due())
    stage.asker.answers(PayDue, PaymentRunning(OperationKey("pay:1")))
    pay_by_wallet(stage)
    stage.screen.on_overloaded()
    stage.screen.on_published(FAULT)
    assert stage.screen.pay_form.state.phase == "checking"


@pytest.mark.parametrize("problem", [LaneBusy(), NoCarInLane()])
def test_a_card_that_paid_before_a_lane_problem_is_not_told_that_nothing_was_charged(
    stage: ExitStage, problem: LaneBusy | NoCarInLane
) -> None:
    key = OperationKey("pay:1")
    stage.present(due())
    stage.asker.answers(PayDue, PaymentRunning(key))
    pay_by_wallet(stage)
    stage.screen.on_published(PaymentFinished(key, problem))
    assert stage.screen.note().money.startswith("Nothing is charged twice")
