"""Who else pays, at the desk: a shop for a part, the next driver, the operator as goodwill."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from kiosk.domain.after_outcomes import GoodwillGiven, GoodwillRefused
from kiosk.domain.ids import DriverId, ReservationId, ShopId
from kiosk.domain.outcomes import NotSignedIn, UnknownPass, WalletTooLow, WrongPin
from kiosk.domain.payer_outcomes import (
    CreditExhausted,
    HandedOver,
    HandOverImpossible,
    ShopUnknown,
    Validated,
    ValidationImpossible,
)
from kiosk.domain.reservation import State
from kiosk.domain.validation import Given, ValidationKind
from kiosk.services.after_commands import GiveGoodwill
from kiosk.services.approvals import Proof, SecondPerson, SecondPersonNeeded
from kiosk.services.commands import ShowStay, WalletProof
from kiosk.services.events import FaultRaised
from kiosk.services.payer_commands import HandOver, ValidateStay
from kiosk.ui.desk.payer_form import OPERATOR, PayerForm
from tests.ui.desk_looks import asked
from tests.ui.desk_stage import NOW, DeskStage, desk_view, euro, owing, stay_in

STAY = ReservationId(4)
SHOPS = ((ShopId(2), "Bakery"), (ShopId(5), "Cinema at the Corner"))


def begin(stage: DeskStage, deed: str, state: State = State.ARRIVED) -> PayerForm:
    """The attendant has begun this; two shops take part."""
    form = stage.screen._forms.payer_form
    form.know(replace(desk_view(), shops=SHOPS))
    if deed != "goodwill":
        stage.asker.answers(ShowStay, stay_in(state))
        stage.screen.showStay("4")
    form.begin(deed)
    return form


def typed(form: PayerForm, digits: str, *, field: str = "pin") -> None:
    """Digits, as the keypad gives them."""
    form._proof.point(field)
    for digit in digits:
        form.typeDigit(digit)


def filled(form: PayerForm) -> PayerForm:
    """All that any deed asks for."""
    form.say("amount", "3")
    form.say("pass_code", "k7mp2xqa")
    form.say("reason", "Lift out of order")
    typed(form, "482913")
    return form


def test_only_a_car_that_is_inside_has_a_part_to_pay_or_another_driver(
    at_work: DeskStage,
) -> None:
    inside = begin(at_work, "nothing").property("deeds")

    left = begin(at_work, "validate", State.LEFT)

    assert inside == ["validate", "hand-over"]
    assert left.property("deeds") == []
    assert not left.property("isShown")


@pytest.mark.parametrize(
    ("kind", "digits", "given"),
    [
        ("amount", "3", Given(ValidationKind.AMOUNT, 300)),
        ("minutes", "60", Given(ValidationKind.MINUTES, 60)),
        ("percent", "50", Given(ValidationKind.PERCENT, 5000)),
    ],
)
def test_a_shop_gives_an_amount_minutes_or_a_part(
    at_work: DeskStage, kind: str, digits: str, given: Given
) -> None:
    at_work.asker.answers(ValidateStay, Validated(owing(0), euro(120)))
    form = begin(at_work, "validate")
    first = form.state.shop
    form.say("shop", "5")
    form.say("kind", kind)
    typed(form, digits, field="amount")

    form.confirm()

    command = at_work.last(ValidateStay)
    assert (first, command.shop_id, command.given) == ("2", ShopId(5), given)
    assert command.reservation_id == STAY
    assert (form.state.deed, form.state.note, form.state.limit) == ("told", "validated", "€1.20")
    form.confirm()
    assert not form.property("isShown")


def test_the_car_park_itself_can_give_a_part(at_work: DeskStage) -> None:
    form = filled(begin(at_work, "validate"))
    form.say("shop", OPERATOR)

    form.confirm()

    assert at_work.last(ValidateStay).shop_id is None
    assert [each["key"] for each in form.property("shops")] == ["2", "5", OPERATOR]


def test_the_next_driver_pays_by_pass_and_pin(at_work: DeskStage) -> None:
    at_work.asker.answers(HandOver, HandedOver(NOW, euro(240)))
    form = filled(begin(at_work, "hand-over"))

    form.confirm()

    command = at_work.last(HandOver)
    assert (command.reservation_id, command.method) == (STAY, WalletProof("k7mp2xqa", "482913"))
    assert (form.state.note, form.state.limit) == ("handed-over", "€2.40")
    assert form._proof.property("pinLength") == 0


def test_goodwill_is_approved_with_the_pin_and_by_two_for_much(at_work: DeskStage) -> None:
    at_work.asker.answers(GiveGoodwill, SecondPersonNeeded())
    form = filled(begin(at_work, "goodwill"))
    form.confirm()
    alone = at_work.last(GiveGoodwill)
    at_work.asker.answers(GiveGoodwill, GoodwillGiven(DriverId(7), euro(300), euro(520)))
    typed(form, "482913")
    form._proof.nameSecond("Lee")
    typed(form, "975310", field="second")

    form.confirm()

    both = at_work.last(GiveGoodwill)
    me = at_work.screen._seat.attendant
    assert me is not None
    assert alone.proof == Proof(me.id, "482913", None)
    assert both.proof == Proof(me.id, "482913", SecondPerson("Lee", "975310"))
    assert (both.amount, both.reason, both.intent) == (
        euro(300),
        "Lift out of order",
        alone.intent,
    )
    assert (form.state.note, form.state.limit) == ("goodwill", "€5.20")


@pytest.mark.parametrize(
    ("deed", "field", "text", "problem"),
    [
        ("validate", "amount", "0", "amount-missing"),
        ("goodwill", "amount", "1.234", "amount-missing"),
        ("goodwill", "reason", " ", "reason-missing"),
        ("goodwill", "pass_code", "", "pass-missing"),
        ("hand-over", "pass_code", " ", "pass-missing"),
    ],
)
def test_nothing_is_asked_before_all_is_there(
    at_work: DeskStage, deed: str, field: str, text: str, problem: str
) -> None:
    form = filled(begin(at_work, deed))
    form.say(field, text)

    form.confirm()

    assert form.state.problem == problem
    assert sum(asked(at_work, each) for each in (ValidateStay, HandOver, GiveGoodwill)) == 0


def test_more_than_the_whole_charge_is_no_percentage(at_work: DeskStage) -> None:
    form = begin(at_work, "validate")
    form.say("kind", "percent")
    form.say("amount", "101")

    form.confirm()

    assert form.state.problem == "percent-missing"


def test_nobody_hands_a_car_over_without_the_pin_of_the_next(at_work: DeskStage) -> None:
    form = filled(begin(at_work, "hand-over"))
    form._proof.point("pin")
    for _ in range(6):
        form.erase()

    form.confirm()

    assert form.state.problem == "driver-pin-missing"


@pytest.mark.parametrize(
    ("deed", "outcome", "problem", "limit"),
    [
        ("validate", ValidationImpossible(), "not-inside", ""),
        ("validate", ShopUnknown(), "shop-unknown", ""),
        ("hand-over", HandOverImpossible(), "not-handed-over", ""),
        ("hand-over", UnknownPass(), "unknown-pass", ""),
        ("hand-over", WrongPin(None), "wrong-pin", ""),
        ("hand-over", WrongPin(NOW), "locked", "14:05"),
        ("hand-over", WalletTooLow(euro(20), euro(220)), "wallet-low", "€0.20"),
        ("hand-over", CreditExhausted(), "credit-exhausted", ""),
        ("goodwill", GoodwillRefused(euro(20_000)), "too-much", "€200.00"),
    ],
)
def test_what_the_core_refuses_is_said(
    at_work: DeskStage, deed: str, outcome: object, problem: str, limit: str
) -> None:
    for command in (ValidateStay, HandOver, GiveGoodwill):
        at_work.asker.answers(command, outcome)
    form = filled(begin(at_work, deed))

    form.confirm()

    assert (form.state.problem, form.state.limit) == (problem, limit)
    assert (form.state.deed, form.state.is_waiting) == (deed, False)


def test_a_fault_lets_the_attendant_try_again_with_the_same_intent(at_work: DeskStage) -> None:
    form = filled(begin(at_work, "hand-over"))
    form.confirm()
    at_work.screen.on_published(FaultRaised("store-full", "Free space."))
    problem = form.state.problem
    typed(form, "482913")

    form.confirm()

    first, second = (each for each in at_work.asker.asked if isinstance(each, HandOver))
    assert problem == "failed"
    assert first.intent == second.intent


def test_who_is_signed_in_no_more_is_sent_to_the_sign_in(at_work: DeskStage) -> None:
    at_work.asker.answers(ValidateStay, NotSignedIn())
    form = filled(begin(at_work, "validate"))

    form.confirm()

    assert at_work.screen.state.page == "locked"
    assert not form.property("isShown")
    assert form._proof.property("pinLength") == 0


def test_keys_of_the_pad_go_to_the_line_that_was_touched_last(glass: DeskStage) -> None:
    glass.asker.answers(GiveGoodwill, SecondPersonNeeded(), SecondPersonNeeded())
    form = begin(glass, "goodwill")
    form.say("pass_code", "k7mp2xqa")
    form.say("reason", "Lift out of order")
    for line, digits in (("payer_amount", "31"), ("payer_pin", "482")):
        glass.touch(line)
        for digit in digits:
            glass.touch(f"digit_{digit}")
    glass.touch("payer_confirm")
    alone = glass.last(GiveGoodwill)
    glass.touch("payer_pin")
    glass.type("482")
    glass.touch("payer_second")
    glass.type("Lee")
    glass.touch("payer_second_pin")
    glass.touch("digit_9")
    glass.press(Qt.Key.Key_Return)

    assert (alone.amount, alone.proof.pin, alone.proof.second) == (euro(3100), "482", None)
    assert glass.last(GiveGoodwill).proof.second == SecondPerson("Lee", "9")
