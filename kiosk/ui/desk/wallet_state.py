"""What the wallet's form shows, and what the answers about a card make of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    AmountRefused,
    PaymentDeclined,
    PaymentInDoubt,
    PaymentRunning,
    PaymentUnavailable,
    UnknownPass,
)
from kiosk.domain.till_outcomes import WalletToppedUp
from kiosk.services import limits

CardAnswer = (
    PaymentRunning
    | PaymentInDoubt
    | WalletToppedUp
    | PaymentDeclined
    | PaymentUnavailable
    | UnknownPass
    | AmountRefused
)


@dataclass(frozen=True, slots=True)
class WalletState:
    """Which step is shown, and what was typed so far."""

    page: str = "top-up"
    """driver, pin, repeat, opened: open a wallet; top-up, card, doubt, topped-up: fill one.

    card: the provider is asked; doubt: it is not known what it did.
    """
    is_card: bool = False
    """A card fills it, not cash."""
    driver_name: str = ""
    phone: str = ""
    pass_code: str = ""
    amount: str = ""
    is_waiting: bool = False
    problem: str = ""
    """name-missing, pin-refused, differs, pass-missing, amount-missing, unknown-pass,
    amount-refused, shift-closed, card-declined, card-unavailable, busy, failed; empty for none"""
    shortest_digits: int = limits.PIN_SHORTEST_DIGITS
    most: Money | None = None
    added: Money | None = None
    balance: Money | None = None


def after_card(state: WalletState, answer: CardAnswer) -> WalletState:
    """What is shown once the core or the provider has said this of a card."""
    asks = replace(state, page="top-up", is_waiting=False)
    match answer:
        case PaymentRunning():
            return replace(state, page="card", is_waiting=True, problem="")
        case PaymentInDoubt():
            return replace(state, page="doubt", is_waiting=False, problem="")
        case WalletToppedUp(_, pass_code, added, balance):
            return WalletState(page="topped-up", pass_code=pass_code, added=added, balance=balance)
        case PaymentDeclined():
            return replace(asks, problem="card-declined")
        case PaymentUnavailable():
            return replace(asks, problem="card-unavailable")
        case UnknownPass():
            return replace(asks, problem="unknown-pass")
        case AmountRefused(most):
            return replace(asks, problem="amount-refused", most=most)
        case _:
            assert_never(answer)
