"""A driver whose payment came to nothing is offered to leave now and pay later, or gets help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.domain.debt_outcomes import LeavingOffered, LeavingRefused, LeftUnpaid, MustPay
from kiosk.domain.ids import OperationKey, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import PaymentDeclined, PaymentRunning
from kiosk.services import limits
from kiosk.services.commands import PayDue
from kiosk.services.debt_commands import LeaveUnpaid, OfferLeaving
from kiosk.services.events import PaymentFinished
from kiosk.ui.format import Language
from tests.ui.exit_stage import BOOKED, ExitStage, covered, due, exit_stage

EURO = Money(120, "EUR")
UNTIL = BOOKED.until + timedelta(hours=72)
KEY = OperationKey("pay:1")


@pytest.fixture
def stage(qapp: QObject) -> Iterator[ExitStage]:
    with exit_stage(card_adapter="card") as one:
        one.lane("present")
        yield one


def declined(stage: ExitStage, answer: object) -> None:
    stage.present(due())
    stage.asker.answers(PayDue, PaymentRunning(KEY))
    stage.asker.answers(OfferLeaving, answer)
    stage.screen.pay()
    stage.screen.pay_form.choose_card()
    stage.screen.pay_form.pay()
    stage.screen.on_published(PaymentFinished(KEY, PaymentDeclined()))


def offered() -> LeavingOffered:
    return LeavingOffered(ReservationId(1), EURO, UNTIL)


def test_a_declined_card_is_offered_to_leave_and_the_code_is_shown(stage: ExitStage) -> None:
    left = LeftUnpaid(covered(), "k7mp2xqa", EURO, UNTIL)
    declined(stage, offered())
    leaving = stage.screen.flow.leaving
    was_offered = leaving.property("isOffered")
    stage.asker.answers(LeaveUnpaid, left)

    leaving.leave()

    assert was_offered
    assert stage.asker.asked[-1].agreed == EURO  # type: ignore[attr-defined]
    assert stage.screen.state.page == "receipt"
    assert (leaving.property("hasLeft"), leaving.property("code")) == (True, "k7mp 2xqa")


def test_the_offer_is_said_again_in_another_language(stage: ExitStage, qtbot: QtBot) -> None:
    declined(stage, offered())

    with qtbot.waitSignal(stage.screen.flow.leaving.changed, timeout=0):
        stage.screen.person.speak("zh_CN")


def test_a_refusal_rings_the_desk_once_and_says_who_comes(stage: ExitStage) -> None:
    rung: list[str] = []
    stage.screen.help_asked.connect(rung.append)

    declined(stage, LeavingRefused(MustPay.STAY_LIMIT))
    declined(stage, LeavingRefused(MustPay.STAY_LIMIT))

    assert len(rung) >= 1
    assert stage.screen.flow.leaving.property("title") == "An attendant is coming to you."


def test_who_waits_for_an_answer_is_offered_to_leave_after_ten_seconds(stage: ExitStage) -> None:
    stage.present(due())
    stage.asker.answers(PayDue, PaymentRunning(KEY))
    stage.asker.answers(OfferLeaving, offered())
    stage.screen.pay()
    stage.screen.pay_form.choose_card()
    stage.screen.pay_form.pay()
    form = stage.screen.pay_form
    for _ in range(int(limits.PAY_DOUBT_S) - 1):
        form._second_passed()
    before = stage.screen.flow.leaving.property("isOffered")

    form._second_passed()

    assert (before, stage.screen.flow.leaving.property("isOffered")) == (False, True)


def test_the_next_driver_sees_nothing_of_it(stage: ExitStage) -> None:
    declined(stage, offered())

    stage.screen.cancel()

    assert not stage.screen.flow.leaving.property("isOffered")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_offer_the_refusal_and_the_code_stand_on_the_glass(
    qapp: QObject, language: Language
) -> None:
    left = LeftUnpaid(covered(), "k7mp2xqa", EURO, UNTIL)
    with exit_stage(language=language, card_adapter="card", with_window=True) as stage:
        stage.lane("present")
        declined(stage, offered())
        stage.asker.answers(LeaveUnpaid, left)
        offer = stage.item("leave_title").property("text")
        stage.touch("leave_now")
        code = stage.item("leave_code").property("text")
        stage.lane("present")
        stage.screen.person.end()
        declined(stage, LeavingRefused(MustPay.STAY_LIMIT))
        refusal = stage.item("leave_title").property("text")

    assert "1.20" in offer
    assert code == "k7mp 2xqa"
    assert refusal not in {"", offer}
