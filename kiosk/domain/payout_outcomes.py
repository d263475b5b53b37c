"""What can come of proposing, approving, releasing and closing a payout run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ids import OwnerId
from kiosk.domain.money import Money
from kiosk.domain.payout import Hold, Verdict
from kiosk.domain.payout_run import FileKind, PayoutRun, ResultKind


@dataclass(frozen=True, slots=True)
class OwnersLine:
    """What a proposal says of one owner."""

    owner_id: OwnerId
    owner: str
    due: Money
    held_back: Mapping[Hold, Money]
    verdict: Verdict
    problem: str = ""
    """Why the account is refused, in words."""


@dataclass(frozen=True, slots=True)
class RunProposed:
    """A run stands there to be approved; nothing has moved."""

    run: PayoutRun
    lines: tuple[OwnersLine, ...]


@dataclass(frozen=True, slots=True)
class NothingToPay:
    """No owner is paid at this cut-off; nothing was kept."""

    cutoff: datetime
    lines: tuple[OwnersLine, ...]


@dataclass(frozen=True, slots=True)
class RunKnown:
    """There is a run for this cut-off already, or one that is still open; nothing was made."""

    run: PayoutRun


@dataclass(frozen=True, slots=True)
class CutoffAhead:
    """A cut-off that has not come: what is released until then cannot be known."""

    now: datetime


@dataclass(frozen=True, slots=True)
class RunApproved:
    """The attendant has approved it; so many others are still needed."""

    run: PayoutRun
    missing: int


@dataclass(frozen=True, slots=True)
class RunUnknown:
    """There is no such run."""


@dataclass(frozen=True, slots=True)
class RunElsewhere:
    """The run stands where this cannot be done; nothing was changed."""

    run: PayoutRun


@dataclass(frozen=True, slots=True)
class ApprovalsMissing:
    """So many more attendants must approve it before it is released; nothing was moved."""

    missing: int


@dataclass(frozen=True, slots=True)
class RunOutdated:
    """These owners are due something else by now; withdraw the run and propose another."""

    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunReleased:
    """The money is on its way, by this kind of file."""

    run: PayoutRun
    kind: FileKind


@dataclass(frozen=True, slots=True)
class RunWithdrawn:
    """Nothing of the run is paid; its money is in the next one."""

    run: PayoutRun


@dataclass(frozen=True, slots=True)
class ResultsNoted:
    """What the bank has said is in the books; what it sent back is the owner's again."""

    run: PayoutRun


@dataclass(frozen=True, slots=True)
class PayoutUnknown:
    """The run has no such payout, or none that waits for the bank's answer; nothing was noted."""

    end_to_end: str


@dataclass(frozen=True, slots=True)
class PayoutElsewhere:
    """What is not noted as paid, or came back already, cannot come back; nothing was noted."""

    end_to_end: str
    how: ResultKind | None
    """What the bank has said of it; None: nothing yet."""


@dataclass(frozen=True, slots=True)
class PayoutsShown:
    """The runs, newest first, and the weekly cut-off that a new one would have."""

    runs: tuple[PayoutRun, ...]
    cutoff: datetime
    missing: int
    """So many approvals the open run still needs; 0 without one."""
    lines_of: int | None = None
    """The open run, where `lines` speaks of it."""
    lines: tuple[OwnersLine, ...] = ()
    """What the open run does with each owner, unless whoever asks knows that."""
