"""What the core answers when somebody else is to pay, as the desk's form tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from kiosk.domain.after_outcomes import GoodwillGiven, GoodwillRefused
from kiosk.domain.outcomes import (
    AmountRefused,
    NotSignedIn,
    ReasonMissing,
    UnknownPass,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.payer_outcomes import (
    CreditExhausted,
    HandedOver,
    HandOverImpossible,
    ShopUnknown,
    Validated,
    ValidationImpossible,
)
from kiosk.services.approvals import SecondPersonNeeded
from kiosk.ui.desk.texts import DeskTexts

Refused = (
    ValidationImpossible
    | ShopUnknown
    | HandOverImpossible
    | UnknownPass
    | WrongPin
    | WalletTooLow
    | CreditExhausted
    | GoodwillRefused
    | AmountRefused
    | ReasonMissing
    | SecondPersonNeeded
)
Answer = Validated | HandedOver | GoodwillGiven | Refused | NotSignedIn


@dataclass(frozen=True, slots=True)
class Told:
    """What the form shows of an answer."""

    note: str = ""
    """validated, handed-over, goodwill"""
    problem: str = ""
    limit: str = ""
    """What belongs to it: an amount or an instant."""
    has_left: bool = False


def told(outcome: Answer, texts: DeskTexts) -> Told:
    """Every answer in the codes that the words of the form explain."""
    match outcome:
        case NotSignedIn():
            return Told(has_left=True)
        case Validated(worth=worth):
            return Told(note="validated", limit=texts.money(worth))
        case HandedOver(deposit=deposit):
            return Told(note="handed-over", limit=texts.money(deposit))
        case GoodwillGiven(balance=balance):
            return Told(note="goodwill", limit=texts.money(balance))
        case _:
            return _refused(outcome, texts)


def _refused(outcome: Refused, texts: DeskTexts) -> Told:
    match outcome:
        case GoodwillRefused(most=most) | AmountRefused(most=most):
            return Told(problem="too-much", limit=texts.money(most))
        case WalletTooLow(balance=balance):
            return Told(problem="wallet-low", limit=texts.money(balance))
        case WrongPin(locked_until=None):
            return Told(problem="wrong-pin")
        case WrongPin(locked_until=locked_until):
            return Told(problem="locked", limit=texts.clock(locked_until))
        case ValidationImpossible():
            return Told(problem="not-inside")
        case HandOverImpossible():
            return Told(problem="not-handed-over")
        case ShopUnknown():
            return Told(problem="shop-unknown")
        case UnknownPass():
            return Told(problem="unknown-pass")
        case CreditExhausted():
            return Told(problem="credit-exhausted")
        case ReasonMissing():
            return Told(problem="reason-missing")
        case SecondPersonNeeded():
            return Told(problem="second-needed")
        case _:
            assert_never(outcome)
