"""Writes the books as an hledger journal: accounts declared, balances asserted at the end.

`hledger check --strict` accepts the text only when every account and currency is declared,
every transaction balances, and the asserted balances are those of the transfers
(money.md, Ledger).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.domain import ledger
from kiosk.domain.ledger import Balance, Journal
from kiosk.domain.money import EXPONENTS, Money


def hledger_lines(
    *,
    journals: Iterable[tuple[datetime, Journal]],
    balances: Iterable[Balance],
    zone: ZoneInfo,
) -> Iterator[str]:
    """The lines of the export; `balances` are the stored ones, so that hledger checks them.

    Debits are positive, credits negative. Dates are local to the site.
    """
    kept = tuple(balances)
    for currency in sorted({balance.debits.currency for balance in kept}):
        yield f"commodity {_amount(Money(10 ** (EXPONENTS[currency] + 3), currency))}"
    for balance in kept:
        yield f"account {_account(balance.account)}"
    last = None
    for at, journal in journals:
        last = at.astimezone(zone).date()
        yield ""
        yield f"{last.isoformat()} {journal.kind}  ; key: {journal.key}"
        for transfer in journal.transfers:
            yield f"    {_account(transfer.debit)}  {_amount(transfer.amount)}"
            yield f"    {_account(transfer.credit)}  {_amount(-transfer.amount)}"
    if last is None:
        return
    yield ""
    yield f"{last.isoformat()} balances as stored"
    for balance in kept:
        zero = Money.zero(balance.debits.currency)
        yield f"    {_account(balance.account)}  {_amount(zero)} = {_amount(-balance.owed)}"


def _account(name: str) -> str:
    return f"{ledger.kind_of(name).type.value}:{name}"


def _amount(money: Money) -> str:
    exponent = EXPONENTS[money.currency]
    whole, rest = divmod(abs(money.minor), 10**exponent)
    sign = "-" if money.minor < 0 else ""
    # hledger wants a decimal mark in a commodity's directive even where there are no decimals.
    return (
        f"{sign}{whole}.{rest:0{exponent}d} {money.currency}"
        if exponent
        else (f"{sign}{whole}. {money.currency}")
    )
