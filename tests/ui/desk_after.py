"""Stay 4 with what can still be open of it, and the form of its refund, dispute or debt."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.domain.disputes import (
    Cause,
    Chargeback,
    ChargebackState,
    Correction,
    Dispute,
    DisputeKind,
    DisputeState,
)
from kiosk.domain.ids import ReservationId
from kiosk.domain.reservation import State
from kiosk.domain.settlement import Shares
from kiosk.services.commands import ShowStay
from kiosk.services.views import AfterMoney, StayMoney, TransferRow
from kiosk.ui.desk.after_form import AfterForm
from tests.ui.desk_stage import NOW, DeskStage, euro, stay_in

STAY = ReservationId(4)
DISPUTE = Dispute(
    id=7,
    reservation_id=STAY,
    kind=DisputeKind.CHARGES,
    words="The sign said two euros",
    opened_at=NOW,
    opened_by="Ada",
    state=DisputeState.OPEN,
    refunded_minor=0,
    answer="",
)
CHARGEBACK = Chargeback(
    id=3,
    reservation_id=STAY,
    adapter="simulator",
    reference="case-9",
    amount=euro(360),
    fee=euro(1500),
    opened_at=NOW,
    answer_by=NOW + timedelta(days=9),
    state=ChargebackState.OPEN,
    turns=0,
)
CORRECTION = Correction(
    reservation_id=STAY,
    receipt_number=1042,
    cause=Cause.REFUND,
    total=euro(120),
    tax=euro(19),
    shares=Shares.nothing("EUR"),
    reason="barrier",
    at=NOW,
    by="Ada",
    note_number=5,
)


def after_stay(
    *,
    dispute: Dispute | None = None,
    chargeback: Chargeback | None = None,
    debt: bool = False,
    by_card: bool = False,
) -> StayMoney:
    """Stay 4 has left; so much is open of it."""
    money = stay_in(State.LEFT)
    paid = TransferRow(NOW, "deposit", "psp:simulator", "escrow:4", euro(480))
    after = AfterMoney(
        most_refund=euro(360),
        disputes=() if dispute is None else (dispute,),
        chargebacks=() if chargeback is None else (chargeback,),
        debts=(("k7mp2xqa", euro(120)),) if debt else (),
    )
    transfers = (*money.transfers, paid) if by_card else money.transfers
    return replace(money, transfers=transfers, after=after)


def begin(stage: DeskStage, deed: str, money: StayMoney | None = None) -> AfterForm:
    """The attendant has begun this on the page of stay 4."""
    stage.asker.answers(ShowStay, money or after_stay(dispute=DISPUTE, chargeback=CHARGEBACK))
    stage.screen.showStay("4")
    form = stage.screen._forms.after_form
    form.begin(deed)
    return form


def typed_pin(form: AfterForm, pin: str = "482913", *, field: str = "pin") -> None:
    """Digits, as the keypad gives them."""
    form._proof.point(field)
    for digit in pin:
        form.typeDigit(digit)


def filled(form: AfterForm) -> AfterForm:
    """All that any deed asks for."""
    form.say("amount", "1.20")
    form.say("reason", "barrier")
    typed_pin(form)
    return form
