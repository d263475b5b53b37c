"""What every payment adapter promises; money may move only here.

The promise (docs/money.md): a request carries an idempotency key, and the same
key never moves money twice. Once the first byte is sent, everything that is not a clear
answer is InDoubt, never Declined; `query` then tells what became of it. No adapter touches the
database: services write the intent before and the result after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Literal, Protocol, runtime_checkable

from kiosk.domain.ids import OperationKey, ReservationId
from kiosk.domain.money import Money

OperationKind = Literal[
    "collect",
    "authorise",
    "increase",
    "capture",
    "release",
    "refund",
    "share",
    "unshare",
    "payout",
]
"""What can be asked of an adapter; the words that operations and reports use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What an adapter can do; services ask this and never an adapter's name."""

    can_authorise: bool = False
    """A deposit is reserved at the provider first and captured at the exit."""
    authorisation: timedelta = timedelta(days=7)
    """How long an authorisation can be captured."""
    has_partial_capture: bool = True
    can_increase: bool = False
    can_share: bool = False
    """It can pass an owner's share on by itself; otherwise payouts do."""
    has_report: bool = False
    currencies: frozenset[str] | None = None
    """None: every currency; a site in another one is refused at its start."""


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """One operation: who is to pay or to be paid is known to the adapter by its means."""

    key: OperationKey
    amount: Money
    stay: ReservationId | None = None
    original: str | None = None
    """The provider's reference of what is captured, released, increased or refunded."""
    deadline_s: float = 10.0
    """After so long without an answer it is InDoubt."""


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The money has moved, or is kept for us; `reference` is the provider's own number for it.

    `amount` may be less than was asked for: only so much has moved.
    """

    reference: str
    amount: Money
    fee: Money | None = None
    """What the provider keeps of it; None: it says so later, in its report."""
    capture_before: datetime | None = None
    """Until when an authorisation can be captured."""


class ActionKind(Enum):
    """What a driver has to do for a payment to go on."""

    SHOW_QR = "show-qr"
    SCAN_CODE = "scan-code"
    USE_TERMINAL = "use-terminal"


@dataclass(frozen=True, slots=True)
class Pending:
    """It is under way: the driver acts, or the provider still works; ask again."""

    action: ActionKind | None
    content: str = ""
    """What a QR shows."""
    poll_after_s: float = 2.0
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Declined:
    """A clear no: nothing moved. `code` is the provider's word for it."""

    code: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class InDoubt:
    """It was sent and nothing clear came back: query it, never ask anew."""

    next_query_s: float = 2.0


@dataclass(frozen=True, slots=True)
class NotSent:
    """The provider was not reached at all, or (as answer to a query) never saw this key."""

    retry_after_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Rejected:
    """It was refused for good: the request can never be done as it is (no money moved)."""

    code: str


Answer = Succeeded | Pending | Declined | InDoubt | NotSent | Rejected


@dataclass(frozen=True, slots=True)
class Notice:
    """A provider says by itself that something has happened: a hint to query this key."""

    key: OperationKey


@dataclass(frozen=True, slots=True)
class SignedNotice:
    """What a provider sends when it tells something: not believed before it was checked."""

    headers: Mapping[str, str]
    body: bytes


@runtime_checkable
class NoticeSource(Protocol):
    """An adapter whose notices are fetched; others have none."""

    def poll_notices(self) -> tuple[SignedNotice, ...]:
        """The notices that wait at the provider, each told once; none when it is not reached."""
        ...


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of a provider's daily report: what it did, by its own books."""

    key: OperationKey
    kind: OperationKind | Literal["chargeback", "fee", "bank"]
    reference: str
    amount: Money
    fee: Money
    at: datetime


@dataclass(frozen=True, slots=True)
class UnreadableLine:
    """A line of a report that is none; `text` is how it came, shortened and printable."""

    text: str


class PaymentAdapter(Protocol):
    """One way to pay. Every call may take as long as its provider does (limits of money.md).

    What the capabilities do not name answers Rejected("unsupported").
    """

    name: str

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        ...

    def collect(self, request: PaymentRequest) -> Answer:
        """Take the amount from the driver."""
        ...

    def authorise(self, request: PaymentRequest) -> Answer:
        """Reserve the amount at the driver's provider; nothing is taken before `capture`."""
        ...

    def increase(self, request: PaymentRequest) -> Answer:
        """Raise the authorisation `original` by the amount."""
        ...

    def capture(self, request: PaymentRequest) -> Answer:
        """Take the amount out of the authorisation `original`; the rest of it is let go."""
        ...

    def release(self, request: PaymentRequest) -> Answer:
        """Let the authorisation `original` go; nothing is taken."""
        ...

    def refund(self, request: PaymentRequest) -> Answer:
        """Give the amount of what `original` has taken back to the driver."""
        ...

    def share(self, request: PaymentRequest) -> Answer:
        """Pass an owner's share of `original` on."""
        ...

    def unshare(self, request: PaymentRequest) -> Answer:
        """Take back what was shared by `original`."""
        ...

    def payout(self, request: PaymentRequest) -> Answer:
        """Pay the amount out of our account at the provider."""
        ...

    def abort(self, key: OperationKey) -> Answer:
        """Close what still waits for a driver (a QR); what it answers is the final word."""
        ...

    def query(self, key: OperationKey) -> Answer:
        """What became of an earlier request; NotSent proves that it was never executed."""
        ...

    def parse_notice(self, headers: Mapping[str, str], body: bytes) -> Notice | None:
        """What a provider's notice is about; None when it is not genuine. A hint, no truth."""
        ...

    def report(self, day: date) -> tuple[ReportLine | UnreadableLine, ...] | NotSent:
        """All that the provider did on a day (UTC), to reconcile our books with."""
        ...

    def health(self) -> bool:
        """Whether it can be reached now."""
        ...


FOR_EVER = timedelta(days=3650)
"""What our own books keep does not run out; ten years are longer than any window."""
UNSUPPORTED = Rejected("unsupported")
"""The answer to what an adapter cannot do."""
MORE_THAN_AUTHORISED = Rejected("more-than-authorised")
"""The answer to a capture of more than its authorisation keeps."""
