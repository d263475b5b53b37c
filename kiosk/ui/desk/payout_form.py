"""Payouts at the desk: a run is proposed, looked at, approved with the PIN, released, answered.

What is due and who may release it is decided by the core; words of a language stand in QML.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

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
from kiosk.domain.payout_run import FileKind
from kiosk.services.payout_commands import (
    ApprovePayoutRun,
    NotePayoutResults,
    ProposePayoutRun,
    ReleasePayoutRun,
    ShowPayouts,
    WithdrawPayoutRun,
)
from kiosk.ui import format as written
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.payout_rows import (
    OwnerLine,
    PayoutLine,
    PayoutState,
    RunLine,
    owner_lines,
    payout_lines,
    run_line,
)
from kiosk.ui.desk.pin_entry import PinEntry
from kiosk.ui.desk.seat import Attendant, Seat
from kiosk.ui.desk.texts import DeskTexts
from kiosk.ui.models import RowsModel

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

_Changed = RunApproved | RunReleased | RunWithdrawn | ResultsNoted
_Refused = (
    RunUnknown
    | RunElsewhere
    | ApprovalsMissing
    | RunOutdated
    | PayoutUnknown
    | PayoutElsewhere
    | ReasonMissing
    | WrongPin
    | NotSignedIn
)


@QmlElement
@QmlUncreatable("made by the desk")
class PayoutForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """The page of payouts; the PIN never reaches QML."""

    changed = Signal()
    done = Signal(str, str)
    """Never: what was done stands on the page itself."""

    def __init__(
        self, asker: Asker, seat: Seat, *, texts: Callable[[], DeskTexts], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self._texts = texts
        self._pin = PinEntry()
        self._runs = RowsModel(RunLine, key="key", parent=self)
        self._payouts = RowsModel(PayoutLine, key="key", parent=self)
        self._owners = RowsModel(OwnerLine, key="key", parent=self)
        self.state = PayoutState()

    def show(self, state: PayoutState) -> None:
        """Show the page as it stands."""
        self.state = state
        run, texts = state.run, self._texts()
        self._runs.show([run_line(each, texts) for each in state.runs])
        self._payouts.show(payout_lines(run, texts) if run else [])
        self._owners.show(owner_lines(state.owners_shown, texts))
        self.changed.emit()

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        if self.state.is_waiting:
            self.show(replace(self.state, is_waiting=False, problem=problem, of=""))

    @Slot()
    def open(self) -> None:
        """Show the page, and ask for the runs."""
        if self._seat.attendant is not None:
            self.show(PayoutState(is_shown=True))
            self.ask()

    def ask(self) -> None:
        """The runs as they are now."""
        attendant = self._seat.attendant
        if attendant is not None and self.state.is_shown:
            command = ShowPayouts(
                actor=attendant.actor, attendant_id=attendant.id, knows=self.state.owners_of
            )
            self._asker.ask(command, self._shown)

    @Slot()
    def cancel(self) -> None:
        """Close the page; forget what was typed."""
        self._pin.take()
        self.show(PayoutState())

    @Slot(str)
    def choose(self, key: str) -> None:
        """Look at this run."""
        self._pin.take()
        self.show(replace(self.state, chosen=int(key), rejecting="", reason="", problem=""))

    @Slot(str)
    def typePin(self, digits: str) -> None:
        """Digits of the PIN."""
        self._pin.type(digits)
        self.show(replace(self.state, problem=""))

    @Slot()
    def erasePin(self) -> None:
        """Take the last digit back."""
        self._pin.erase()
        self.changed.emit()

    @Slot()
    def propose(self) -> None:
        """Propose a run at the weekly cut-off."""
        attendant = self._ready()
        if attendant is not None:
            command = ProposePayoutRun(actor=attendant.actor, attendant_id=attendant.id)
            self._asker.ask(command, self._proposed)

    @Slot()
    def approve(self) -> None:
        """Stand behind the run that is shown, with the PIN that was typed."""
        run, attendant = self.state.run, self._ready()
        if attendant is not None and run is not None:
            pin = self._pin.take()
            self._asker.ask(
                ApprovePayoutRun(
                    actor=attendant.actor, attendant_id=attendant.id, run_id=run.id, pin=pin
                ),
                self._answered,
            )

    @Slot()
    def release(self) -> None:
        """Let the money of the run that is shown go."""
        run, attendant = self.state.run, self._ready()
        if attendant is not None and run is not None:
            self._asker.ask(
                ReleasePayoutRun(actor=attendant.actor, attendant_id=attendant.id, run_id=run.id),
                self._answered,
            )

    @Slot()
    def withdraw(self) -> None:
        """Give the run that is shown up."""
        run, attendant = self.state.run, self._ready()
        if attendant is not None and run is not None:
            self._asker.ask(
                WithdrawPayoutRun(actor=attendant.actor, attendant_id=attendant.id, run_id=run.id),
                self._answered,
            )

    @Slot(str)
    def beginReject(self, end_to_end: str) -> None:
        """Ask why the bank has sent this payout back, at once or later; empty: ask no more."""
        if not end_to_end or end_to_end in self.state.out:
            self.show(replace(self.state, rejecting=end_to_end, reason="", problem=""))

    @Slot(str)
    def say(self, reason: str) -> None:
        """The bank's reason as it is typed so far."""
        if reason != self.state.reason:
            self.show(replace(self.state, reason=reason, problem=""))

    @Slot()
    def reject(self) -> None:
        """The bank has sent this payout back."""
        said = ((self.state.rejecting, self.state.reason),)
        payout = self.state.out.get(self.state.rejecting)
        if payout is None or payout.result is None:
            self._note(rejected=said)
        else:
            self._note(returned=said)

    @Slot()
    def allPaid(self) -> None:
        """The bank has paid everything that still waits."""
        self._note(are_others_paid=True)

    def _note(
        self,
        *,
        rejected: tuple[tuple[str, str], ...] = (),
        returned: tuple[tuple[str, str], ...] = (),
        are_others_paid: bool = False,
    ) -> None:
        run, attendant = self.state.run, self._ready()
        if attendant is not None and run is not None:
            self._asker.ask(
                NotePayoutResults(
                    actor=attendant.actor,
                    attendant_id=attendant.id,
                    run_id=run.id,
                    rejected=rejected,
                    are_others_paid=are_others_paid,
                    returned=returned,
                ),
                self._answered,
            )

    def _ready(self) -> Attendant | None:
        """Who asks now; nobody while an answer is awaited."""
        attendant = self._seat.attendant
        if attendant is None or self.state.is_waiting:
            return None
        self.show(replace(self.state, is_waiting=True, problem="", of=""))
        return attendant

    # Answers ---------------------------------------------------------------------------------

    def _shown(self, outcome: PayoutsShown | NotSignedIn) -> None:
        match outcome:
            case PayoutsShown(runs, cutoff, missing, lines_of, lines):
                state = replace(self.state, runs=runs, cutoff=cutoff, missing=missing)
                if lines_of is not None:
                    state = replace(state, owners=lines, owners_of=lines_of)
                self.show(state if state.is_shown else PayoutState())
            case NotSignedIn():
                self._seat.leave()
            case _:
                assert_never(outcome)

    def _proposed(
        self, outcome: RunProposed | NothingToPay | RunKnown | CutoffAhead | NotSignedIn
    ) -> None:
        state = replace(self.state, is_waiting=False)
        match outcome:
            case RunProposed(run, lines):
                self.show(replace(state, owners=lines, owners_of=run.id, chosen=run.id))
            case NothingToPay(lines=lines):
                self.show(replace(state, owners=lines, owners_of=None, problem="nothing"))
            case RunKnown(run):
                self.show(replace(state, chosen=run.id, problem="known"))
            case CutoffAhead():
                self.show(replace(state, problem="ahead"))
            case NotSignedIn():
                self._seat.leave()
                return
            case _:
                assert_never(outcome)
        self.ask()

    def _answered(self, outcome: _Changed | _Refused) -> None:
        state = replace(self.state, is_waiting=False)
        match outcome:
            case RunReleased(kind=FileKind.CSV):
                self.show(replace(state, problem="no-pain"))
            case RunApproved() | RunReleased() | RunWithdrawn() | ResultsNoted():
                self.show(replace(state, rejecting="", reason=""))
            case RunUnknown() | RunElsewhere() | PayoutUnknown() | PayoutElsewhere():
                self.show(replace(state, problem="elsewhere"))
            case ApprovalsMissing(missing):
                self.show(replace(state, problem="missing", of=str(missing)))
            case RunOutdated(owners):
                names = written.listed(owners, self._texts().language)
                self.show(replace(state, problem="outdated", of=names))
            case ReasonMissing():
                self.show(replace(state, problem="reason-missing"))
            case WrongPin(locked_until):
                until = "" if locked_until is None else self._texts().clock(locked_until)
                self.show(replace(state, problem="wrong-pin", of=until))
            case NotSignedIn():
                self._seat.leave()
                return
            case _:
                assert_never(outcome)
        self.ask()

    # What QML reads --------------------------------------------------------------------------

    @Property(bool, notify=changed)
    def isShown(self) -> bool:
        return self.state.is_shown

    @Property(QObject, constant=True)
    def runs(self) -> QObject:
        return self._runs

    @Property(QObject, constant=True)
    def payouts(self) -> QObject:
        return self._payouts

    @Property(QObject, constant=True)
    def owners(self) -> QObject:
        return self._owners

    @Property(int, notify=changed)
    def ownerCount(self) -> int:
        return self._owners.rowCount()

    @Property(str, notify=changed)
    def cutoff(self) -> str:
        return self._texts().moment(self.state.cutoff)

    @Property(str, notify=changed)
    def runKey(self) -> str:
        return "" if self.state.run is None else str(self.state.run.id)

    @Property(int, notify=changed)
    def runRow(self) -> int:
        """Where the run that is shown stands in the list."""
        run = self.state.run
        return -1 if run is None else self.state.runs.index(run)

    @Property(int, notify=changed)
    def runCount(self) -> int:
        return self._runs.rowCount()

    @Property(str, notify=changed)
    def runState(self) -> str:
        """proposed, approved, released, withdrawn; answered once the bank has said all."""
        return "" if self.state.run is None else self.state.run.stands

    @Property(str, notify=changed)
    def total(self) -> str:
        return "" if self.state.run is None else self._texts().money(self.state.run.total)

    @Property(str, notify=changed)
    def approvedBy(self) -> str:
        run = self.state.run
        names = () if run is None else (each.name for each in run.approvals)
        return written.listed(names, self._texts().language)

    @Property(int, notify=changed)
    def missing(self) -> int:
        return self.state.missing

    @Property(int, notify=changed)
    def pinLength(self) -> int:
        return self._pin.length

    @Property(str, notify=changed)
    def rejecting(self) -> str:
        return self.state.rejecting

    @Property(bool, notify=changed)
    def canComeBack(self) -> bool:
        """Whether the bank can still send one of the run back that is shown."""
        return bool(self.state.out)

    @Property(str, notify=changed)
    def reason(self) -> str:
        return self.state.reason

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self.state.problem

    @Property(str, notify=changed)
    def problemOf(self) -> str:
        return self.state.of

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting
