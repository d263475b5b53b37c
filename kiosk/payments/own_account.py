"""An account in our own ledger that drivers pay from: a prepaid wallet, or a fleet's credit.

It decides from what it is given and keeps nothing: the use case that asked posts the transfer, or
writes the promise down, in the same transaction (docs/money.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

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

NOT_COVERED = "not-covered"


class OwnAccountAdapter:
    """Answers for the one account that it was made with.

    `spendable` is a wallet's balance, or what is left of a fleet's limit: what is authorised was
    taken off before. `authorised` is what the authorisation still keeps that is captured or
    released. A wallet is paid out, a credit is not.
    """

    def __init__(
        self,
        name: Literal["wallet", "fleet"],
        *,
        account: str,
        spendable: Money,
        authorised: Money | None = None,
    ) -> None:
        self.name: str = name
        self._account = account
        self._spendable = spendable
        self._authorised = authorised or Money.zero(spendable.currency)

    @property
    def capabilities(self) -> Capabilities:
        """All but passing on: owners get their shares by the ledger, and by payouts."""
        return Capabilities(
            can_authorise=True,
            authorisation=FOR_EVER,
            can_increase=True,
        )

    def collect(self, request: PaymentRequest) -> Answer:
        """Succeeds when so much can be spent."""
        return self._covered(request)

    def authorise(self, request: PaymentRequest) -> Answer:
        """Succeeds when so much can be spent."""
        return self._covered(request)

    def increase(self, request: PaymentRequest) -> Answer:
        """Succeeds when what is added can be spent."""
        return self._covered(request)

    def capture(self, request: PaymentRequest) -> Answer:
        """Succeeds up to what is authorised, even when a limit was lowered since."""
        if request.amount > self._authorised:
            return MORE_THAN_AUTHORISED
        return Succeeded(self._account, request.amount)

    def release(self, request: PaymentRequest) -> Answer:
        """All that is authorised can be spent again."""
        return Succeeded(self._account, self._authorised)

    def refund(self, request: PaymentRequest) -> Answer:
        """Always possible: the account is ours."""
        return Succeeded(self._account, request.amount)

    def share(self, request: PaymentRequest) -> Answer:
        """The ledger shares."""
        return UNSUPPORTED

    def unshare(self, request: PaymentRequest) -> Answer:
        """The ledger shares."""
        return UNSUPPORTED

    def payout(self, request: PaymentRequest) -> Answer:
        """The driver takes money out of the wallet: as much as can be spent of it."""
        return self._covered(request) if self.name == "wallet" else UNSUPPORTED

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

    def _covered(self, request: PaymentRequest) -> Answer:
        if request.amount > self._spendable:
            return Declined(NOT_COVERED)
        return Succeeded(self._account, request.amount)
