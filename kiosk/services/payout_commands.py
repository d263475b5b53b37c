"""What can be asked about payouts to owners; who answers stands in payouts.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.domain.ids import AttendantId
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing, WrongPin
from kiosk.domain.payout_outcomes import (
    ApprovalsMissing,
    CutoffAhead,
    NothingToPay,
    PayoutElsewhere,
    PayoutsShown,
    PayoutUnknown,
    ResultsNoted,
    RunApproved,
    RunElsewhere,
    RunKnown,
    RunOutdated,
    RunProposed,
    RunReleased,
    RunUnknown,
    RunWithdrawn,
)
from kiosk.services.commands import Command

RunProblem = RunUnknown | RunElsewhere | NotSignedIn


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPayouts(Command[PayoutsShown | NotSignedIn]):
    """The latest runs, for the desk; whom the open one does not pay, unless that is known."""

    attendant_id: AttendantId
    knows: int | None = None
    """Whom this run does not pay is not asked: it takes reading all that was ever moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposePayoutRun(Command[RunProposed | NothingToPay | RunKnown | CutoffAhead | NotSignedIn]):
    """What would be paid at a cut-off, kept for approval; nothing moves."""

    attendant_id: AttendantId | None = None
    """None: the operator at the command line."""
    cutoff: datetime | None = None
    """None: the latest weekly one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePayoutRun(Command[RunApproved | WrongPin | RunProblem]):
    """An attendant stands behind a run, with the PIN once more."""

    attendant_id: AttendantId
    run_id: int
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePayoutRun(Command[RunReleased | ApprovalsMissing | RunOutdated | RunProblem]):
    """The money goes on its way."""

    attendant_id: AttendantId
    run_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPayoutRun(Command[RunWithdrawn | RunProblem]):
    """A run that was not released is given up."""

    attendant_id: AttendantId
    run_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePayoutResults(
    Command[ResultsNoted | PayoutUnknown | PayoutElsewhere | ReasonMissing | RunProblem]
):
    """What the bank has said: these were rejected, maybe all others paid; or these came back."""

    attendant_id: AttendantId
    run_id: int
    rejected: tuple[tuple[str, str], ...] = ()
    """End-to-end id and reason."""
    are_others_paid: bool = True
    returned: tuple[tuple[str, str], ...] = ()
    """Noted as paid before, and sent back later; as `rejected`."""
