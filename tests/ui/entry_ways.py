"""Ways of a driver at the entry screen that tests of more than one subject take."""

from __future__ import annotations

from kiosk.domain.ids import OperationKey, ReservationId
from kiosk.domain.outcomes import PaymentRunning
from kiosk.services.commands import PayDeposit
from kiosk.services.limits import KIOSK_SCREEN_IDLE_S, STILL_THERE_S
from tests.ui.entry_stage import EntryStage

KEY = OperationKey("deposit-1")
OURS = ReservationId(77)


def happened(stage: EntryStage) -> str:
    """What the note on the glass says has happened."""
    return stage.screen.note().happened


def check(stage: EntryStage) -> None:
    """Up to a card payment whose answer is awaited."""
    stage.to_pay()
    stage.asker.answers(PayDeposit, PaymentRunning(KEY))
    stage.forms.pay.choose_card()
    stage.forms.pay.pay()


def idle_until_the_end(stage: EntryStage) -> None:
    """Nobody touches the screen until it has asked and wiped itself."""
    for _ in range(KIOSK_SCREEN_IDLE_S + STILL_THERE_S):
        stage.screen.person.count_second()


def page(stage: EntryStage) -> str:
    """Which page of a ticket is on the glass."""
    assert stage.page == "mine"
    return str(stage.mine.property("page"))
