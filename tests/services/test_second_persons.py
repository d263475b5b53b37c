"""Two persons are two whom the operator knows, not one attendant with a second name."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.after_outcomes import GoodwillGiven, StayRefunded
from kiosk.domain.ids import AttendantId
from kiosk.domain.outcomes import SignedIn
from kiosk.domain.payout_outcomes import ApprovalsMissing, RunApproved, RunReleased
from kiosk.services.after_commands import GiveGoodwill
from kiosk.services.approvals import Proof, SecondPerson, SecondPersonNeeded
from kiosk.services.attendant_commands import (
    AddAttendant,
    AttendantAdded,
    AttendantConfirmed,
    NameRefused,
)
from kiosk.services.attendants import confirm_attendant
from kiosk.services.commands import Actor, ActorKind, ChoosePin
from kiosk.services.desk import offer_one_time_pin
from tests.fakes.stage import DESK_PIN, KIM, NOON, Stage, Wallet, euro
from tests.services import paying_out
from tests.services.after import ask_refund, left, proof

NOBODY = Actor(ActorKind.ATTENDANT, "Nobody")
NOBODYS_PIN = "864209"
OPERATOR = Actor(ActorKind.CLOCK, "command line")


def let_in(stage: Stage, name: str = "Nobody") -> str:
    added = stage.site.do(
        AddAttendant(actor=KIM, attendant_id=stage.attendant_id, pin=DESK_PIN, name=name)
    )
    assert isinstance(added, AttendantAdded), added
    return added.one_time_pin


def invent(stage: Stage) -> AttendantId:
    """Kim adds a second name and chooses its PIN too."""
    chosen = stage.site.do(
        ChoosePin(actor=NOBODY, name="Nobody", one_time_pin=let_in(stage), new_pin=NOBODYS_PIN)
    )
    assert isinstance(chosen, SignedIn)
    return chosen.attendant_id


def confirm(stage: Stage, name: str = "Nobody") -> object:
    return confirm_attendant(stage.site.core, name, actor=OPERATOR)


def as_two(stage: Stage) -> Proof:
    return proof(stage, second=SecondPerson("Nobody", NOBODYS_PIN))


def much_goodwill(stage: Stage, wallet: Wallet, by: Proof) -> object:
    return stage.site.do(
        GiveGoodwill(
            actor=KIM,
            proof=by,
            pass_code=wallet.pass_code,
            amount=euro(20_000),
            reason="a nice letter",
            intent=stage.intent(),
        )
    )


def test_who_was_added_at_the_desk_is_no_second_person_for_goodwill(
    stage: Stage, ada: Wallet
) -> None:
    invented = invent(stage)

    assert much_goodwill(stage, ada, as_two(stage)) == SecondPersonNeeded()
    kim = Proof(invented, NOBODYS_PIN, SecondPerson("Kim", DESK_PIN))
    assert much_goodwill(stage, ada, kim) == SecondPersonNeeded()
    confirm(stage)
    assert isinstance(much_goodwill(stage, ada, as_two(stage)), GoodwillGiven)


def test_who_was_added_at_the_desk_is_no_second_person_for_a_refund(stage: Stage) -> None:
    core = stage.site.core
    core.site = replace(core.site, refund_two_persons_above_minor=100)
    ticket = left(stage)
    invent(stage)

    assert ask_refund(stage, ticket.reservation_id, 101, by=as_two(stage)) == SecondPersonNeeded()
    confirm(stage)
    assert isinstance(
        ask_refund(stage, ticket.reservation_id, 101, by=as_two(stage)), StayRefunded
    )


def test_two_unconfirmed_attendants_are_not_two_persons_either(stage: Stage, ada: Wallet) -> None:
    invented = invent(stage)
    pin = let_in(stage, "Else")
    other = Actor(ActorKind.ATTENDANT, "Else")
    stage.site.do(ChoosePin(actor=other, name="Else", one_time_pin=pin, new_pin="975310"))

    both = Proof(invented, NOBODYS_PIN, SecondPerson("Else", "975310"))

    assert much_goodwill(stage, ada, both) == SecondPersonNeeded()


def test_a_big_payout_run_waits_for_a_confirmed_second_attendant(stage: Stage) -> None:
    paying_out.with_terms(stage, two_persons_above_minor=100)
    paying_out.name_account(stage, paying_out.ALWAYS, paying_out.GOOD_IBAN)
    paying_out.move(stage, paying_out.ALWAYS, 101, key="one")
    stage.wait(seconds=1)
    run = paying_out.proposed(stage)
    invented = invent(stage)
    paying_out.approve(stage, run)

    outcome = paying_out.approve_as(stage, run, NOBODY, invented, pin=NOBODYS_PIN)

    assert isinstance(outcome, RunApproved)
    assert outcome.missing == 1
    assert paying_out.release(stage, run) == ApprovalsMissing(1)
    confirm(stage)
    paying_out.approve_as(stage, run, NOBODY, invented, pin=NOBODYS_PIN)
    assert isinstance(paying_out.release(stage, run), RunReleased)


def test_one_unconfirmed_attendant_is_enough_where_it_takes_one(stage: Stage) -> None:
    paying_out.name_account(stage, paying_out.ALWAYS, paying_out.GOOD_IBAN)
    paying_out.move(stage, paying_out.ALWAYS, 101, key="one")
    stage.wait(seconds=1)
    run = paying_out.proposed(stage)

    paying_out.approve_as(stage, run, NOBODY, invent(stage), pin=NOBODYS_PIN)

    assert isinstance(paying_out.release(stage, run), RunReleased)


def test_nobody_is_confirmed_before_choosing_an_own_pin(stage: Stage) -> None:
    let_in(stage)

    assert confirm(stage) == NameRefused()
    assert confirm(stage, "Never seen") == NameRefused()


def test_who_has_a_one_time_pin_from_the_operator_gets_no_other_at_the_desk(
    stage: Stage,
) -> None:
    assert offer_one_time_pin(stage.site.core, name="Max", one_time_pin="314159")

    added = stage.site.do(
        AddAttendant(actor=KIM, attendant_id=stage.attendant_id, pin=DESK_PIN, name="Max")
    )

    assert added == NameRefused()


def test_a_confirmation_is_written_down_once(stage: Stage) -> None:
    invent(stage)

    assert [confirm(stage), confirm(stage)] == [AttendantConfirmed("Nobody")] * 2

    with stage.site.core.store.reading() as tx:
        since = tx.audit.since(NOON.replace(year=2020), action="attendant.confirmed")
    assert since == ("Nobody",)
