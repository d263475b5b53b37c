"""Whether what a site file calls an account of a bank can be one; the rules are schwifty's.

And whether an order to the bank can name who has it: SEPA takes Latin letters only.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.payee import Payee

_NAME_LONGEST = 70
"""Max70Text of ISO 20022; sepaxml cuts there."""


@dataclass(frozen=True, slots=True)
class BankAccount:
    """An account whose number passes its check digits, and its bank where that is known."""

    name: str
    iban: str
    bic: str | None


@dataclass(frozen=True, slots=True)
class AccountRefused:
    """Why it cannot be an account, in words; the number is not repeated in full."""

    why: str


def account_of(payee: Payee) -> BankAccount | AccountRefused:
    """The account behind a payee; a BIC that is not given is derived where schwifty knows it."""
    # A registry of all banks is read: only who pays out needs it.
    from schwifty import BIC, IBAN  # noqa: PLC0415
    from schwifty.exceptions import (  # noqa: PLC0415
        InvalidChecksumDigits,
        SchwiftyException,
    )

    if not _can_be_named(payee.name):
        return AccountRefused(f"no order to a bank can name {payee.name!a}")
    try:
        iban = IBAN(payee.iban)
    except InvalidChecksumDigits:
        return AccountRefused(f"the IBAN {masked(payee.iban)} has wrong check digits")
    except SchwiftyException:
        return AccountRefused(f"{masked(payee.iban)} is not an IBAN")
    if not payee.bic:
        return BankAccount(payee.name, iban.compact, None if iban.bic is None else str(iban.bic))
    try:
        bic = BIC(payee.bic)
    except SchwiftyException:
        return AccountRefused(f"{payee.bic} is not a BIC")
    if bic.country_code != iban.country_code:
        return AccountRefused(f"the BIC {bic} is of another country than the IBAN")
    return BankAccount(payee.name, iban.compact, bic.compact)


def _can_be_named(name: str) -> bool:
    """Whether a letter is left of a name as sepaxml writes it (bank_file.py)."""
    from text_unidecode import unidecode  # noqa: PLC0415

    written = unidecode(name)[:_NAME_LONGEST]
    return name.isprintable() and any(sign.isalpha() for sign in written)


def masked(iban: str) -> str:
    """So much of a number that its owner knows which one it is: DE89 ... 3000."""
    plain = "".join(iban.split())
    return plain if len(plain) <= 8 else f"{plain[:4]} ... {plain[-4:]}"
