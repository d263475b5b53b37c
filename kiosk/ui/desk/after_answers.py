"""What the core answers to deeds after a settlement, as the desk's form tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from kiosk.domain.after_outcomes import (
    ChargebackDecided,
    ChargebackOpened,
    ChargebackRefused,
    DisputeClosed,
    DisputeDecided,
    DisputeOpened,
    DisputeStands,
    DisputeTooLate,
    NothingToDispute,
    RefundRefused,
    StayRefunded,
)
from kiosk.domain.debt_outcomes import DebtPaid, DebtUnknown, DebtWrittenOff
from kiosk.domain.outcomes import (
    NotSignedIn,
    PaymentDeclined,
    PaymentRunning,
    PaymentUnavailable,
    ReasonMissing,
    UnknownPass,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.till_outcomes import ShiftClosed
from kiosk.services.approvals import SecondPersonNeeded
from kiosk.ui.desk.texts import DeskTexts

Done = (
    StayRefunded
    | DisputeOpened
    | DisputeClosed
    | ChargebackOpened
    | ChargebackDecided
    | DebtPaid
    | DebtWrittenOff
)
Refused = (
    RefundRefused
    | DisputeTooLate
    | DisputeStands
    | DisputeDecided
    | NothingToDispute
    | ChargebackRefused
    | ReasonMissing
    | WrongPin
    | SecondPersonNeeded
    | DebtUnknown
    | ShiftClosed
    | PaymentRunning
    | PaymentDeclined
    | PaymentUnavailable
    | UnknownPass
    | WalletTooLow
)
Answer = Done | Refused | NotSignedIn


@dataclass(frozen=True, slots=True)
class Told:
    """What the form shows of an answer."""

    done: str = ""
    """disputed, refused, charged-back, lost, won, debt-paid, debt-given-up"""
    problem: str = ""
    limit: str = ""
    """What belongs to it: an amount or an instant."""
    note: str = ""
    in_cash: str = ""
    has_left: bool = False


def told(outcome: Answer, texts: DeskTexts) -> Told:
    """Every answer in the codes that the words of the form explain."""
    match outcome:
        case NotSignedIn():
            return Told(has_left=True)
        case StayRefunded():
            return _given(outcome, texts)
        case DisputeOpened():
            return Told(done="disputed")
        case DisputeClosed(refunded=refunded):
            return Told(done="refused") if refunded is None else _given(refunded, texts)
        case ChargebackOpened():
            return Told(done="charged-back")
        case ChargebackDecided(chargeback=chargeback):
            return Told(done=chargeback.state.value)
        case DebtPaid():
            return Told(done="debt-paid")
        case DebtWrittenOff():
            return Told(done="debt-given-up")
        case _:
            return _refused(outcome, texts)


def _given(refunded: StayRefunded, texts: DeskTexts) -> Told:
    return Told(
        note=str(refunded.correction.note_number),
        limit=texts.money(refunded.correction.total),
        in_cash=texts.money(refunded.in_cash) if refunded.in_cash else "",
    )


def _refused(outcome: Refused, texts: DeskTexts) -> Told:
    match outcome:
        case RefundRefused(most=most) | ChargebackRefused(most=most):
            return Told(problem="too-much", limit=texts.money(most))
        case DisputeTooLate(until=until):
            return Told(problem="too-late", limit=texts.moment(until))
        case WrongPin(locked_until=locked_until):
            locked = locked_until is not None
            return Told(
                problem="locked" if locked else "wrong-pin", limit=texts.clock(locked_until)
            )
        case DisputeStands():
            return Told(problem="disputed-already")
        case DisputeDecided():
            return Told(problem="decided-already")
        case NothingToDispute():
            return Told(problem="nothing-paid")
        case ReasonMissing():
            return Told(problem="reason-missing")
        case SecondPersonNeeded():
            return Told(problem="second-needed")
        case ShiftClosed():
            return Told(problem="no-shift")
        case DebtUnknown():
            return Told(problem="no-debt")
        case (
            PaymentRunning()
            | PaymentDeclined()
            | PaymentUnavailable()
            | UnknownPass()
            | WalletTooLow()
        ):
            return Told(problem="failed")
        case _:
            assert_never(outcome)
