"""Cash at the desk: nothing moves before the attendant says so.

It decides from what it is given and keeps nothing: what attendants have confirmed, and what
lies in the till. Counting, change and rounding belong to the services.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kiosk.domain.ids import OperationKey
from kiosk.domain.money import Money
from kiosk.payments.adapter import (
    FOR_EVER,
    UNSUPPORTED,
    ActionKind,
    Answer,
    Capabilities,
    Declined,
    Notice,
    NotSent,
    PaymentRequest,
    Pending,
    ReportLine,
    Succeeded,
)

TILL_TOO_LOW = "till-too-low"


class CashAdapter:
    """Takes and gives through the one till that it was made with.

    `confirmed` is what attendants have said was taken or given, by its key; `in_till` what
    lies there now, without what is confirmed and not yet booked.
    """

    name = "cash"

    def __init__(
        self, *, till: str, in_till: Money, confirmed: Mapping[OperationKey, Money]
    ) -> None:
        self._till = till
        self._in_till = in_till
        self._confirmed = confirmed

    @property
    def capabilities(self) -> Capabilities:
        """Somebody has to take or give it; owners get their shares by payouts."""
        return Capabilities(needs_action=True, has_partial_capture=False, idempotency=FOR_EVER)

    def collect(self, request: PaymentRequest) -> Answer:
        """Waits for the attendant, then says what was taken."""
        return self._said(request.key) or Pending(ActionKind.TAKE_CASH)

    def authorise(self, request: PaymentRequest) -> Answer:
        """Coins cannot be reserved."""
        return UNSUPPORTED

    def increase(self, request: PaymentRequest) -> Answer:
        """Coins cannot be reserved."""
        return UNSUPPORTED

    def capture(self, request: PaymentRequest) -> Answer:
        """Coins cannot be reserved."""
        return UNSUPPORTED

    def release(self, request: PaymentRequest) -> Answer:
        """Coins cannot be reserved."""
        return UNSUPPORTED

    def refund(self, request: PaymentRequest) -> Answer:
        """Waits for the attendant to give it; declined when the till has too little."""
        return self._give(request)

    def share(self, request: PaymentRequest) -> Answer:
        """Payouts share."""
        return UNSUPPORTED

    def unshare(self, request: PaymentRequest) -> Answer:
        """Payouts share."""
        return UNSUPPORTED

    def payout(self, request: PaymentRequest) -> Answer:
        """Waits for the attendant to give it; declined when the till has too little."""
        return self._give(request)

    def abort(self, key: OperationKey) -> Answer:
        """What is not confirmed by now did not happen."""
        return self.query(key)

    def query(self, key: OperationKey) -> Answer:
        """What the attendant has confirmed; without that nothing was taken or given."""
        return self._said(key) or NotSent()

    def parse_notice(self, headers: Mapping[str, str], body: bytes) -> Notice | None:
        """Nobody sends any."""
        return None

    def report(self, day: date) -> tuple[ReportLine, ...] | NotSent:
        """The count at the end of a shift is its report."""
        return ()

    def health(self) -> bool:
        """It needs no network."""
        return True

    def _give(self, request: PaymentRequest) -> Answer:
        said = self._said(request.key)
        if said is None and request.amount > self._in_till:
            return Declined(TILL_TOO_LOW)
        return said or Pending(ActionKind.GIVE_CASH)

    def _said(self, key: OperationKey) -> Succeeded | None:
        amount = self._confirmed.get(key)
        return Succeeded(self._till, amount) if amount is not None else None
