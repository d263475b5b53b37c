"""The wallet: a driver's prepaid account in our own ledger.

It decides from a balance that it is given and keeps nothing: the use case that asked posts
the transfer in the same transaction (money.md, Payment adapters).
"""

from __future__ import annotations

from kiosk.domain.ids import OperationKey
from kiosk.domain.money import Money
from kiosk.payments.adapter import Answer, Declined, NotSent, PaymentRequest, Succeeded

TOO_LOW = "too-low"


class WalletAdapter:
    """Pays from the one wallet whose balance it was made with."""

    name = "wallet"

    def __init__(self, *, account: str, balance: Money) -> None:
        self._account = account
        self._balance = balance

    def collect(self, request: PaymentRequest) -> Answer:
        """Succeeds when the balance covers the amount."""
        if request.amount > self._balance:
            return Declined(TOO_LOW)
        return Succeeded(self._account, request.amount)

    def refund(self, request: PaymentRequest) -> Answer:
        """Always possible: the wallet is ours."""
        return Succeeded(self._account, request.amount)

    def query(self, key: OperationKey) -> Answer:
        """Nothing is ever under way: what was not posted did not happen."""
        return NotSent()
