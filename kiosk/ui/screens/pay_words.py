"""The message of each answer to a try to pay or to prove a pass; shared by entry and exit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from kiosk.domain.debt_outcomes import EndsTooLate
from kiosk.domain.outcomes import (
    PaymentDeclined,
    PaymentInDoubt,
    PaymentRunning,
    PaymentUnavailable,
    UnknownPass,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.payer_outcomes import (
    CreditExhausted,
    VoucherExpired,
    VoucherUnknown,
    VoucherUsed,
)
from kiosk.services.events import FaultRaised
from kiosk.ui.format import countdown
from kiosk.ui.screens.note import Note
from kiosk.ui.screens.say import Say
from kiosk.ui.screens.ticket_words import fault_note, nothing_charged

translate = QCoreApplication.translate

FormProblem = (
    UnknownPass
    | WrongPin
    | WalletTooLow
    | CreditExhausted
    | VoucherUnknown
    | VoucherUsed
    | VoucherExpired
    | PaymentDeclined
    | PaymentUnavailable
    | PaymentRunning
    | PaymentInDoubt
    | EndsTooLate
)
"""The answers that leave the driver on the page where a pass and a PIN are asked for."""


def payment_note(
    problem: FormProblem | FaultRaised, *, say: Say, now: Callable[[], datetime]
) -> Note:
    """The message for this answer, in the language that is spoken now."""
    match problem:
        case UnknownPass():
            return Note(
                translate("Pay", "No wallet and no fleet belongs to this pass."),
                nothing_charged(),
                translate("Pay", "Hold the pass to the reader, or type its code again."),
                "P1",
            )
        case WrongPin(locked_until=until):
            return _wrong_pin(None if until is None else countdown(until - now()))
        case WalletTooLow() | CreditExhausted():
            return _too_little(problem, say)
        case VoucherUnknown() | VoucherUsed() | VoucherExpired():
            return voucher_note(problem)
        case PaymentDeclined():
            return Note(
                translate("Pay", "The payment was declined."),
                nothing_charged(),
                translate("Pay", "Please try another card or another way to pay."),
                "P5",
            )
        case PaymentUnavailable():
            return Note(
                translate("Pay", "Card payment cannot be reached at the moment."),
                nothing_charged(),
                translate("Pay", "Please pay with a pass, or try again in a minute."),
                "P6",
            )
        case EndsTooLate(latest=latest):
            return Note(
                translate("Pay", "A card can keep this deposit only until {time}.").format(
                    time=say.day_and_time(latest)
                ),
                nothing_charged(),
                translate("Pay", "Please pay with a pass, or choose an earlier end."),
                "P10",
            )
        case PaymentRunning() | PaymentInDoubt():
            return Note(
                translate("Pay", "We are checking."),
                translate("Pay", "You will not pay twice."),
                translate("Pay", "Please wait for the answer."),
                "P7",
                is_bad=False,
            )
        case FaultRaised(code=code):
            return fault_note(code)
        case _:
            assert_never(problem)


def _too_little(problem: WalletTooLow | CreditExhausted, say: Say) -> Note:
    match problem:
        case WalletTooLow(balance=balance, missing=missing):
            return Note(
                translate("Pay", "The wallet holds {balance}; {missing} are missing.").format(
                    balance=say.money(balance), missing=say.money(missing)
                ),
                nothing_charged(),
                translate("Pay", "Top it up at the desk, or pay another way."),
                "P4",
            )
        case CreditExhausted():
            return Note(
                translate("Pay", "The credit of this fleet does not cover the amount."),
                nothing_charged(),
                translate("Pay", "Please pay another way, or ask the fleet's office."),
                "P8",
            )
        case _:
            assert_never(problem)


def _wrong_pin(wait: str | None) -> Note:
    if wait is None:
        return Note(
            translate("Pay", "The PIN does not match this pass."),
            nothing_charged(),
            translate("Pay", "Please type the PIN again."),
            "P2",
        )
    return Note(
        translate("Pay", "The PIN did not match several times."),
        nothing_charged(),
        translate("Pay", "For your safety please wait {time}, then type it again.").format(
            time=wait
        ),
        "P3",
    )


def voucher_note(problem: VoucherUnknown | VoucherUsed | VoucherExpired) -> Note:
    """Why a voucher pays nothing."""
    match problem:
        case VoucherUnknown():
            happened = translate("Pay", "This voucher is not known here.")
        case VoucherUsed():
            happened = translate("Pay", "This voucher was used before.")
        case VoucherExpired():
            happened = translate("Pay", "This voucher has run out.")
        case _:
            assert_never(problem)
    return Note(
        happened, nothing_charged(), translate("Pay", "Please ask the shop that gave it."), "P9"
    )
