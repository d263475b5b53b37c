"""A payout run as it is kept: its payouts, who approved it, its file, and what the bank said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kiosk.domain.ids import OwnerId, PayoutId
from kiosk.domain.money import Money


class RunState(Enum):
    """Where a run stands; the value is stored, and the schema holds the turns."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    RELEASED = "released"
    """The money is on its way."""
    WITHDRAWN = "withdrawn"
    """Nothing of it was paid; its money is in the next run."""


OPEN_STATES = frozenset({RunState.PROPOSED, RunState.APPROVED})
"""A site has one such run at most."""


class ResultKind(Enum):
    """What a bank says of a payout; the first two are stored by their value."""

    PAID = "paid"
    REJECTED = "rejected"
    RETURNED = "returned"
    """Paid, and sent back days later; kept beside the result."""


@dataclass(frozen=True, slots=True)
class PayoutResult:
    """What the bank has said of one payout last, and when it was put down."""

    how: ResultKind
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Payout:
    """What a run pays to one owner, with the account as it was when the run was proposed."""

    id: PayoutId
    owner_id: OwnerId
    amount: Money
    name: str
    iban: str
    bic: str | None
    end_to_end: str
    """How the bank names it: the same on the statement of both sides."""
    result: PayoutResult | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """Who has approved a run, by name."""

    name: str
    at: datetime
    is_confirmed: bool
    """Counts where it takes two."""


@dataclass(frozen=True, slots=True)
class PayoutRun:
    """All payouts of one cut-off."""

    id: int
    cutoff: datetime
    made_at: datetime
    made_by: str
    state: RunState
    payouts: tuple[Payout, ...]
    approvals: tuple[Approval, ...] = ()

    @property
    def total(self) -> Money:
        """What leaves the bank."""
        zero = Money.zero(self.payouts[0].amount.currency)
        return sum((payout.amount for payout in self.payouts), zero)

    @property
    def stands(self) -> str:
        """Its state by its value; `answered` once the bank has said all of a released one."""
        is_done = all(payout.result is not None for payout in self.payouts)
        is_answered = self.state is RunState.RELEASED and is_done
        return "answered" if is_answered else self.state.value

    @property
    def out(self) -> dict[str, Payout]:
        """What the bank can still send back, by its end-to-end id: it waits, or was paid."""
        return {
            each.end_to_end: each
            for each in self.payouts
            if self.state is RunState.RELEASED
            and (each.result is None or each.result.how is ResultKind.PAID)
        }


class FileKind(Enum):
    """What a run's file is; the value is stored."""

    PAIN_001 = "pain.001"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class BankFile:
    """The bytes for the bank: made once, because a message id is never used twice."""

    kind: FileKind
    content: bytes
    msg_id: str | None = None
