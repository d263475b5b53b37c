"""The wallet: a driver's prepaid account in our own ledger.

It decides from what it is given and keeps nothing: the use case that asked posts the transfer
in the same transaction (docs/money.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kiosk.domain.ids import OperationKey
from kiosk.domain.money import Money
from kiosk.payments.adapter import (
    FOR_EVER,
    MORE_THAN_AUTHORISED,
    UNSUPPORTED,
    Answer,
    Capabilities,
    Declined,
    Notice,
    NotSent,
    PaymentRequest,
    ReportLine,
    Succeeded,
)

TOO_LOW = "too-low"


class WalletAdapter:
    """Pays from the one wallet that it was made with.

    `balance` is what can be spent: what is authorised was taken off before. `authorised` is
    what the authorisation still keeps that is captured or released.
    """

    name = "wallet"

    def __init__(self, *, account: str, balance: Money, authorised: Money | None = None) -> None:
        self._account = account
        self._balance = balance
        self._authorised = authorised or Money.zero(balance.currency)

    @property
    def capabilities(self) -> Capabilities:
        """All that an account of our own can do; owners get their shares by the ledger."""
        return Capabilities(
            can_authorise=True,
            authorisation=FOR_EVER,
            can_increase=True,
        )

    def collect(self, request: PaymentRequest) -> Answer:
        """Succeeds when the balance covers the amount."""
        return self._from_balance(request)

    def authorise(self, request: PaymentRequest) -> Answer:
        """Succeeds when the balance covers the amount."""
        return self._from_balance(request)

    def increase(self, request: PaymentRequest) -> Answer:
        """Succeeds when the balance covers what is added."""
        return self._from_balance(request)

    def capture(self, request: PaymentRequest) -> Answer:
        """Succeeds up to what is authorised."""
        if request.amount > self._authorised:
            return MORE_THAN_AUTHORISED
        return Succeeded(self._account, request.amount)

    def release(self, request: PaymentRequest) -> Answer:
        """All that is authorised can be spent again."""
        return Succeeded(self._account, self._authorised)

    def refund(self, request: PaymentRequest) -> Answer:
        """Always possible: the wallet is ours."""
        return Succeeded(self._account, request.amount)

    def share(self, request: PaymentRequest) -> Answer:
        """The ledger shares."""
        return UNSUPPORTED

    def unshare(self, request: PaymentRequest) -> Answer:
        """The ledger shares."""
        return UNSUPPORTED

    def payout(self, request: PaymentRequest) -> Answer:
        """The driver takes money out of the wallet: as much as the balance covers."""
        return self._from_balance(request)

    def abort(self, key: OperationKey) -> Answer:
        """Nothing ever waits."""
        return UNSUPPORTED

    def query(self, key: OperationKey) -> Answer:
        """Nothing is ever under way: what was not posted did not happen."""
        return NotSent()

    def parse_notice(self, headers: Mapping[str, str], body: bytes) -> Notice | None:
        """Nobody sends any."""
        return None

    def report(self, day: date) -> tuple[ReportLine, ...] | NotSent:
        """Our ledger is its report."""
        return ()

    def health(self) -> bool:
        """It is where our books are."""
        return True

    def _from_balance(self, request: PaymentRequest) -> Answer:
        if request.amount > self._balance:
            return Declined(TOO_LOW)
        return Succeeded(self._account, request.amount)
