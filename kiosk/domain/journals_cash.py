"""What cash and wallets move in the books, with cash rounded to the coins that there are.

The exact amount always reaches the account it is for, so that refunds and splits never see a
rounding; the till and `rounding` share the difference among themselves.
"""

from __future__ import annotations

from kiosk.domain import ledger
from kiosk.domain.ids import DriverId
from kiosk.domain.ledger import Transfer
from kiosk.domain.money import Money, half_up


def round_cash(amount: Money, step: int) -> Money:
    """The nearest amount that coins can pay; of two the larger. `step` in minor units."""
    assert step > 0, "the smallest coin is worth something"
    assert amount.minor >= 0, "cash is counted, not owed"
    return Money(half_up(amount.minor, step) * step, amount.currency)


def cash_taken(desk: str, *, into: str, amount: Money, step: int = 1) -> tuple[Transfer, ...]:
    """Somebody pays at the desk: into escrow, a wallet or a receivable."""
    till = ledger.till(desk)
    return (Transfer(till, into, amount), *_rounded(till, round_cash(amount, step) - amount))


def cash_given(desk: str, *, out_of: str, amount: Money, step: int = 1) -> tuple[Transfer, ...]:
    """The desk pays out: of refund-due or a wallet."""
    till = ledger.till(desk)
    return (Transfer(out_of, till, amount), *_rounded(till, amount - round_cash(amount, step)))


def _rounded(till: str, more: Money) -> tuple[Transfer, ...]:
    """So much more than the exact amount lies in the till; below zero: less."""
    if more.minor < 0:
        return (Transfer(ledger.ROUNDING, till, -more),)
    return ledger.moved(till, ledger.ROUNDING, more)


def float_brought(desk: str, amount: Money) -> tuple[Transfer, ...]:
    """Change for a shift comes from the bank."""
    return (Transfer(ledger.till(desk), ledger.BANK, amount),)


def till_banked(desk: str, amount: Money) -> tuple[Transfer, ...]:
    """Cash goes to the bank."""
    return (Transfer(ledger.BANK, ledger.till(desk), amount),)


def shift_closed(desk: str, *, expected: Money, counted: Money) -> tuple[Transfer, ...]:
    """The till holds what was counted: what is missing or too much is over-short."""
    till, over = ledger.till(desk), counted - expected
    if over.minor < 0:
        return (Transfer(ledger.CASH_OVER_SHORT, till, -over),)
    return ledger.moved(till, ledger.CASH_OVER_SHORT, over)


def wallet_topped_up(driver_id: DriverId, *, account: str, amount: Money) -> tuple[Transfer, ...]:
    """A driver pays into a wallet through a provider; at the desk it is cash_taken."""
    return (Transfer(account, ledger.wallet(driver_id), amount),)
