"""The first attendant gets in with a one-time PIN at every start, until an own one is chosen."""

from __future__ import annotations

from kiosk.domain.outcomes import MustChoosePin, SignedIn, WrongPin
from kiosk.services.commands import ChoosePin, SignIn
from kiosk.services.desk import offer_one_time_pin
from tests.fakes.stage import KIM, Stage


def sign_in(stage: Stage, pin: str) -> object:
    return stage.site.do(SignIn(actor=KIM, name="Lee", pin=pin))


def offer(stage: Stage, pin: str) -> bool:
    return offer_one_time_pin(stage.site.core, name="Lee", one_time_pin=pin)


def test_a_one_time_pin_that_nobody_saw_is_replaced_at_the_next_start(stage: Stage) -> None:
    offered = [offer(stage, "123456"), offer(stage, "654321")]

    assert offered == [True, True]
    assert sign_in(stage, "123456") == WrongPin(None)
    assert isinstance(sign_in(stage, "654321"), MustChoosePin)


def test_after_an_own_pin_was_chosen_no_start_offers_another(stage: Stage) -> None:
    offer(stage, "123456")
    stage.site.do(ChoosePin(actor=KIM, name="Lee", one_time_pin="123456", new_pin="975310"))

    offered = offer(stage, "654321")

    assert offered is False
    assert sign_in(stage, "654321") == WrongPin(None)
    assert isinstance(sign_in(stage, "975310"), SignedIn)
