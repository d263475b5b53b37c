"""A fleet's account: its drivers park now, and it is sent one invoice a month.

It decides from what it is given and keeps nothing: the credit limit, and how much of it is
used. Claims and invoices belong to the services.
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

OVER_LIMIT = "over-limit"


class FleetAdapter:
    """Answers for the one fleet that it was made with.

    `used` is what the fleet owes, invoiced or not, together with all that is authorised;
    `authorised` what the authorisation still keeps that is captured or released.
    """

    name = "fleet"

    def __init__(
        self, *, account: str, limit: Money, used: Money, authorised: Money | None = None
    ) -> None:
        self._account = account
        self._limit = limit
        self._used = used
        self._authorised = authorised or Money.zero(limit.currency)

    @property
    def capabilities(self) -> Capabilities:
        """A credit of our own: all but passing on; owners get their shares by payouts."""
        return Capabilities(
            can_authorise=True,
            authorisation=FOR_EVER,
            can_increase=True,
        )

    def collect(self, request: PaymentRequest) -> Answer:
        """Succeeds within the limit."""
        return self._within_limit(request)

    def authorise(self, request: PaymentRequest) -> Answer:
        """Succeeds within the limit."""
        return self._within_limit(request)

    def increase(self, request: PaymentRequest) -> Answer:
        """Succeeds within the limit."""
        return self._within_limit(request)

    def capture(self, request: PaymentRequest) -> Answer:
        """Succeeds up to what is authorised, even when the limit was lowered since."""
        if request.amount > self._authorised:
            return MORE_THAN_AUTHORISED
        return Succeeded(self._account, request.amount)

    def release(self, request: PaymentRequest) -> Answer:
        """All that is authorised is credit again."""
        return Succeeded(self._account, self._authorised)

    def refund(self, request: PaymentRequest) -> Answer:
        """Always possible: the claim becomes smaller."""
        return Succeeded(self._account, request.amount)

    def share(self, request: PaymentRequest) -> Answer:
        """Payouts share."""
        return UNSUPPORTED

    def unshare(self, request: PaymentRequest) -> Answer:
        """Payouts share."""
        return UNSUPPORTED

    def payout(self, request: PaymentRequest) -> Answer:
        """A credit is not paid out."""
        return UNSUPPORTED

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

    def _within_limit(self, request: PaymentRequest) -> Answer:
        if self._used + request.amount > self._limit:
            return Declined(OVER_LIMIT)
        return Succeeded(self._account, request.amount)
