"""A shared car changes hands at a screen: the next driver proves a pass, and pays from then on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.domain.ids import ReservationId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import UnknownPass, WalletTooLow, WrongPin
from kiosk.domain.payer_outcomes import (
    CreditExhausted,
    HandedOver,
    HandOverImpossible,
    HandOverPriced,
)
from kiosk.domain.reservation import State
from kiosk.services.commands import WalletProof
from kiosk.services.events import FaultRaised
from kiosk.services.life_commands import ShowTicket
from kiosk.services.payer_commands import HandOver, PriceHandOver
from tests.ui.entry_site import NOW
from tests.ui.entry_stage import EntryStage, entry_stage
from tests.ui.ticket_ways import inside, shown, to_hand

LOW = WalletTooLow(Money(20, "EUR"), Money(220, "EUR"))
PASS, PIN = "w2x3y4z5", "482913"


@pytest.fixture
def stage(qapp: QGuiApplication) -> Iterator[EntryStage]:
    with entry_stage() as made:
        yield made


def take_over(stage: EntryStage) -> None:
    """The next driver types pass and PIN, and presses the button."""
    to_hand(stage)
    typed(stage)


def typed(stage: EntryStage) -> None:
    stage.mine.scan(PASS)
    for digit in PIN:
        stage.mine._form.press(digit)
    stage.mine._form.pay()


def test_the_next_driver_sees_the_deposit_and_pays_it_with_a_pass(stage: EntryStage) -> None:
    stage.asker.answers(HandOver, HandedOver(NOW, Money(240, "EUR")))
    to_hand(stage)
    seen = (stage.mine.property("page"), stage.mine.property("difference"))
    stage.asker.answers(ShowTicket, shown(State.ARRIVED, at=NOW))

    typed(stage)

    command = stage.last(HandOver)
    assert seen == ("hand", "€2.40")
    assert (command.reservation_id, command.method) == (ReservationId(77), WalletProof(PASS, PIN))
    assert stage.mine.property("page") == "status"
    assert stage.mine.property("done") == "Handed over: €2.40 paid by the next driver."


@pytest.mark.parametrize(
    ("answer", "happened"),
    [
        (UnknownPass(), "No wallet and no fleet belongs to this pass."),
        (WrongPin(None), "The PIN does not match this pass."),
        (LOW, "The wallet holds €0.20; €2.20 are missing."),
        (CreditExhausted(), "The credit of this fleet does not cover the amount."),
    ],
)
def test_what_is_refused_is_said_where_the_pass_is_typed(
    stage: EntryStage, answer: object, happened: str
) -> None:
    stage.asker.answers(HandOver, answer)

    take_over(stage)

    assert stage.mine.property("page") == "hand"
    assert stage.mine._form.property("happened") == happened
    assert stage.mine._form.property("pinLength") == 0


@pytest.mark.parametrize("is_priced", [False, True])
def test_a_car_that_cannot_be_handed_over_stays_as_it_was(
    stage: EntryStage, is_priced: bool
) -> None:
    inside(stage)
    price = HandOverPriced(Money(240, "EUR")) if is_priced else HandOverImpossible()
    stage.asker.answers(PriceHandOver, price)
    stage.asker.answers(HandOver, HandOverImpossible())
    stage.mine.do("hand")

    typed(stage)

    assert (stage.mine.property("page"), stage.mine.note().number) == ("note", "M27")
    stage.mine.dismiss()
    assert stage.mine.property("page") == "status"


def test_a_fault_is_told_and_the_way_back_leads_to_the_ticket(stage: EntryStage) -> None:
    take_over(stage)
    was_told = stage.mine.flow.fail(FaultRaised("store-full", "Free space."))

    stage.mine.back()

    assert was_told
    assert stage.mine.property("page") == "status"
    assert stage.mine.property("difference") == ""
