"""What an attendant may do, each with a name and a reason, and what it does to the money."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.ids import AttendantId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    AmountRefused,
    BarrierOrdered,
    Bill,
    ExitCovered,
    ExitDue,
    LaneOutOfOrder,
    LaneReset,
    MustChoosePin,
    NotSignedIn,
    PinRefused,
    ReasonMissing,
    SignedIn,
    UnknownPass,
    WalletOpened,
    WalletShown,
    WrongPin,
)
from kiosk.services import limits
from kiosk.services.commands import (
    ChoosePin,
    OpenBarrier,
    OpenWallet,
    ResetLane,
    ShowDesk,
    SignIn,
    TopUpWallet,
)
from kiosk.services.desk import offer_one_time_pin
from kiosk.services.events import PassageReported
from kiosk.services.views import SpaceUse
from tests.fakes.stage import DESK_PIN, ENTRY, EXIT, KIM, Stage, Wallet, euro
from tests.fakes.tariffs import blocks, overstay, waived

STRANGER = AttendantId(99)


def new_attendant(stage: Stage) -> AttendantId:
    assert offer_one_time_pin(stage.site.core, name="Lee", one_time_pin="123456")
    with stage.site.core.store.reading() as tx:
        attendant = tx.people.attendant_by_name("Lee")
    assert attendant is not None
    return attendant.id


def choose(stage: Stage, new_pin: str, *, one_time_pin: str = "123456") -> object:
    return stage.site.do(
        ChoosePin(actor=KIM, name="Lee", one_time_pin=one_time_pin, new_pin=new_pin)
    )


def test_a_one_time_pin_only_leads_to_choosing_an_own_one(stage: Stage) -> None:
    lee = new_attendant(stage)

    outcome = stage.site.do(SignIn(actor=KIM, name="Lee", pin="123456"))

    assert outcome == MustChoosePin(lee, "Lee")
    assert lee not in stage.site.core.signed_in


def test_with_an_own_pin_the_one_time_pin_is_gone(stage: Stage) -> None:
    lee = new_attendant(stage)

    chosen = choose(stage, "975310")

    assert chosen == SignedIn(lee, "Lee")
    assert stage.site.do(SignIn(actor=KIM, name="Lee", pin="975310")) == SignedIn(lee, "Lee")
    assert stage.site.do(SignIn(actor=KIM, name="Lee", pin="123456")) == WrongPin(None)


@pytest.mark.parametrize("pin", ["12345", "abcdef", "111111", "123456", "١٢٣٤٥٧", ""])
def test_a_weak_pin_is_refused(stage: Stage, pin: str) -> None:
    new_attendant(stage)

    assert choose(stage, pin) == PinRefused(limits.PIN_SHORTEST_DIGITS)


def test_who_does_not_know_the_one_time_pin_chooses_none(stage: Stage) -> None:
    new_attendant(stage)

    assert choose(stage, "975310", one_time_pin="654321") == WrongPin(None)


def test_the_desk_locks_after_five_wrong_pins(stage: Stage) -> None:
    command = SignIn(actor=KIM, name="Kim", pin="000000")
    until = stage.now + timedelta(seconds=limits.PIN_LOCK_S)

    answers = [stage.site.do(command) for _ in range(limits.PIN_TRIES)]
    right = stage.site.do(SignIn(actor=KIM, name="Kim", pin=DESK_PIN))
    stage.wait(seconds=limits.PIN_LOCK_S)

    assert answers[-1] == right == WrongPin(until)
    assert isinstance(stage.site.do(SignIn(actor=KIM, name="Kim", pin=DESK_PIN)), SignedIn)


def test_a_name_that_nobody_has_is_a_wrong_pin(stage: Stage) -> None:
    assert stage.site.do(SignIn(actor=KIM, name="Nobody", pin=DESK_PIN)) == WrongPin(None)


def test_who_is_not_signed_in_does_nothing(stage: Stage, ada: Wallet) -> None:
    before, actor = stage.books(), KIM

    answers = [
        stage.site.do(
            OpenWallet(
                actor=actor, attendant_id=STRANGER, driver_name="Eve", phone="1", pin="135790"
            )
        ),
        stage.site.do(
            TopUpWallet(
                actor=actor,
                attendant_id=STRANGER,
                desk="desk-1",
                pass_code=ada.pass_code,
                amount=euro(100),
                intent="x",
            )
        ),
        stage.site.do(
            OpenBarrier(actor=actor, attendant_id=STRANGER, lane=ENTRY, reason="please")
        ),
        stage.site.do(ResetLane(actor=actor, attendant_id=STRANGER, lane=ENTRY)),
    ]

    assert answers == [NotSignedIn()] * 4
    assert stage.books() == before
    assert not stage.is_arm_up(ENTRY)


def top_up(stage: Stage, wallet: Wallet, amount: Money, *, intent: str = "press") -> object:
    return stage.site.do(
        TopUpWallet(
            actor=KIM,
            attendant_id=stage.attendant_id,
            desk="desk-1",
            pass_code=wallet.pass_code,
            amount=amount,
            intent=intent,
        )
    )


def test_cash_goes_into_the_till_and_onto_the_wallet_once_a_press(
    stage: Stage, ada: Wallet
) -> None:
    first = top_up(stage, ada, euro(500))
    second = top_up(stage, ada, euro(500))

    assert isinstance(first, WalletShown)
    assert first == second
    assert first.balance == euro(2500)
    assert stage.books() == {"till:desk-1": -2500, ada.account: 2500}


@pytest.mark.parametrize(
    "amount",
    [euro(0), euro(-1), euro(limits.TOP_UP_MOST_MINOR + 1), Money(100, "JPY")],
)
def test_an_amount_outside_the_limits_is_refused(stage: Stage, ada: Wallet, amount: Money) -> None:
    assert top_up(stage, ada, amount) == AmountRefused(euro(limits.TOP_UP_MOST_MINOR))
    assert stage.books() == {"till:desk-1": -2000, ada.account: 2000}


def test_a_pass_that_nobody_has_takes_no_cash(stage: Stage) -> None:
    assert top_up(stage, Wallet("zzzzzzzz", ""), euro(100)) == UnknownPass()
    assert stage.books() == {}


@pytest.mark.parametrize(("pin", "kind"), [("135790", WalletOpened), ("1234", PinRefused)])
def test_a_wallet_needs_a_good_pin(stage: Stage, pin: str, kind: type) -> None:
    outcome = stage.site.do(
        OpenWallet(
            actor=KIM,
            attendant_id=stage.attendant_id,
            driver_name="Ada",
            phone="1",
            pin=pin,
        )
    )

    assert isinstance(outcome, kind)


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_the_barrier_stays_down(stage: Stage, reason: str) -> None:
    assert stage.open_barrier(ENTRY, reason=reason) == ReasonMissing()
    assert not stage.is_arm_up(ENTRY)


def test_a_barrier_opened_by_hand_stands_in_the_audit_with_name_and_reason(
    stage: Stage,
) -> None:
    car = stage.site.car_to(ENTRY)

    outcome = stage.open_barrier(ENTRY, reason="fire brigade")
    stage.site.car_through(ENTRY, car)

    with stage.site.core.store.reading() as tx:
        written = [row for row in tx.audit.latest(10) if row.action == "barrier.ordered"]
    assert isinstance(outcome, BarrierOrdered)
    assert stage.last(PassageReported) == PassageReported(ENTRY, None)
    assert [(row.actor_name, row.detail, row.lane) for row in written] == [
        ("Kim", "fire brigade", ENTRY)
    ]
    assert stage.books() == {}


def test_a_lane_that_answers_nothing_is_not_opened_by_hand(stage: Stage) -> None:
    stage.site.lanes[ENTRY].unplug_board()

    assert stage.open_barrier(ENTRY) == LaneOutOfOrder()


def test_by_hand_with_a_reservation_the_stay_begins(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)

    stage.open_barrier(ENTRY, reservation_id=ticket.reservation_id)
    stage.site.car_through(ENTRY, car)

    (row,) = stage.site.do(ShowDesk(actor=KIM)).stays
    assert (row.state.value, row.was_opened_by_hand) == ("arrived", True)


def test_by_hand_at_the_exit_the_stay_is_settled_and_ended(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=50))

    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)
    stage.site.car_through(EXIT, car)

    assert stage.state(ticket.reservation_id) == "left"
    assert stage.books() == {
        "till:desk-1": -2000,
        ada.account: 1760,
        "owner:1": 174,
        "commission": 35,
        "vat": 7,
        "manager": 24,
    }


def test_what_escrow_does_not_cover_is_waived_by_the_attendants_word(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    due = stage.scan(EXIT, ticket.text)

    stage.open_barrier(EXIT, reason="machine took no card", reservation_id=ticket.reservation_id)
    stage.site.car_through(EXIT, car)

    shown = stage.money_of(ticket.reservation_id)
    assert isinstance(due, ExitDue)
    assert isinstance(shown.bill, Bill)
    assert shown.bill.charge.lines == (
        blocks(4),
        overstay(minutes=16, minor=120),
        waived(120),
    )
    assert shown.bill.charge.total == shown.bill.shares.total == euro(480)
    assert [(row.action, row.detail) for row in shown.timeline if "waived" in row.action] == [
        ("difference.waived", "120")
    ]
    assert stage.books() == {
        "till:desk-1": -2000,
        ada.account: 1520,
        "owner:1": 347,
        "commission": 71,
        "vat": 14,
        "manager": 48,
    }
    assert stage.state(ticket.reservation_id) == "left"


def test_a_car_whose_entry_was_never_reported_leaves_by_hand_and_pays_its_time(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    stage.wait(minutes=20)
    car = stage.site.car_to(EXIT)

    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)
    stage.site.car_through(EXIT, car)

    stay = stage.stay(ticket.reservation_id)
    assert stay is not None
    assert stay.entered_at == ticket.window.from_
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.books()[ada.account] == 2000 - 120


def test_a_settled_car_that_did_not_get_out_leaves_by_hand_without_a_second_charge(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    car = stage.site.car_to(EXIT)
    outcome = stage.scan(EXIT, ticket.text)
    stage.back_out(EXIT, car)
    books = stage.books()
    car = stage.site.car_to(EXIT)

    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)
    stage.site.car_through(EXIT, car)

    assert isinstance(outcome, ExitCovered)
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.books() == books


def test_an_unpaid_reservation_begins_no_stay_by_hand(stage: Stage) -> None:
    reserved = stage.reserve()
    car = stage.site.car_to(ENTRY)

    stage.open_barrier(ENTRY, reservation_id=reserved.reservation_id)
    stage.site.car_through(ENTRY, car)

    assert stage.state(reserved.reservation_id) == "pending"


def test_a_lane_in_fault_is_reset_after_somebody_looked(stage: Stage) -> None:
    lane = stage.site.lanes[ENTRY]
    lane.plant.jam()
    stage.site.car_to(ENTRY)
    stage.open_barrier(ENTRY)
    stage.wait(seconds=30)
    phase = stage.site.core.lanes[ENTRY].status.phase
    lane.plant.heal()

    outcome = stage.site.do(ResetLane(actor=KIM, attendant_id=stage.attendant_id, lane=ENTRY))
    stage.wait(seconds=10)

    assert phase == "fault"
    assert outcome == LaneReset(ENTRY)
    assert stage.site.core.lanes[ENTRY].status.is_in_order


def test_the_plan_shows_what_each_space_is_doing(stage: Stage, ada: Wallet) -> None:
    stage.inside(ada.proof, plate="B AB 1", space_id=1)
    stage.reserve(plate="B AB 3", space_id=3)

    spaces = {each.space.id: each.use for each in stage.site.do(ShowDesk(actor=KIM)).spaces}

    assert spaces == {
        1: SpaceUse.OCCUPIED,
        2: SpaceUse.NOT_SHARED,
        3: SpaceUse.RESERVED,
        4: SpaceUse.NOT_SHARED,
        5: SpaceUse.IDLE,
    }
