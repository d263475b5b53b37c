"""The till at the desk: a shift begins with a count by notes and coins, and ends with another.

What a count is compared with, and where the rest goes, is decided by the core.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.cash import DENOMINATIONS, counted
from kiosk.domain.money import Money
from kiosk.domain.outcomes import NotSignedIn
from kiosk.domain.till_outcomes import (
    CountRefused,
    ShiftClosed,
    ShiftEnd,
    ShiftEnded,
    ShiftIsOpen,
    ShiftOpened,
    ShiftReport,
    TillShown,
)
from kiosk.services.till_commands import CloseShift, OpenShift, ShowTill
from kiosk.ui import format as written
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.seat import Attendant, Seat
from kiosk.ui.desk.texts import DeskTexts, minor_of
from kiosk.ui.models import RowsModel

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

MOST_DIGITS = 4
"""Nobody counts more pieces of one kind in a till."""


@dataclass(frozen=True, slots=True)
class CountLine:
    """One note or coin, and how many of it were counted."""

    key: str
    text: str
    pieces: str
    worth: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of a shift's report; `code` is worded in QML."""

    code: str
    note: str
    text: str
    is_total: bool


@dataclass(frozen=True, slots=True)
class TillState:
    """Which step is shown, and what was counted so far."""

    page: str = "wait"
    """wait, count-open, open, count-close, leave, report"""
    pieces: dict[int, str] = field(default_factory=dict)
    """Digits typed for each denomination."""
    chosen: int = 0
    """Which of the denominations the next digit belongs to."""
    left: str = ""
    in_till: Money | None = None
    report: ShiftReport | None = None
    """The open shift; once it was closed, how it ended; before, the one that ended last."""
    is_waiting: bool = False
    problem: str = ""
    """left-missing, left-more, count-refused, closed, busy, failed; empty for none"""


@QmlElement
@QmlUncreatable("made by the desk")
class TillForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """One step after another; the same press opens or closes a shift once."""

    changed = Signal()

    def __init__(
        self,
        asker: Asker,
        seat: Seat,
        *,
        desk: str,
        texts: Callable[[], DeskTexts],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self._desk = desk
        self._texts = texts
        self._intent = ""
        self._counts = RowsModel(CountLine, key="key", parent=self)
        self._lines = RowsModel(ReportLine, key="code", parent=self)
        self.state = TillState()

    def show(self, state: TillState) -> None:
        """Show this step."""
        self.state = state
        self._counts.show(self._count_lines())
        self._lines.show(report_lines(state.report, self._texts()) if state.report else [])
        self.changed.emit()

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        if self.state.is_waiting:
            self.show(replace(self.state, is_waiting=False, problem=problem))

    def ask(self) -> None:
        """What lies in the till now; nobody is disturbed while counting."""
        attendant = self._seat.attendant
        if attendant is not None and self.state.page in {"wait", "open"}:
            command = ShowTill(actor=attendant.actor, attendant_id=attendant.id, desk=self._desk)
            self._asker.ask(command, self._shown)

    @Slot()
    def wipe(self) -> None:
        """Forget what was counted and shown."""
        self._intent = ""
        self.show(TillState())

    @Slot(str)
    def choose(self, key: str) -> None:
        """The next digits count this note or coin."""
        self.show(replace(self.state, chosen=self._kinds.index(int(key))))

    @Slot(int)
    def move(self, by: int) -> None:
        """To the next or to the one before; at the ends it stays."""
        last = len(self._kinds) - 1
        self.show(replace(self.state, chosen=max(0, min(last, self.state.chosen + by))))

    @Slot(str)
    def typeDigit(self, digit: str) -> None:
        """One more digit of how many there are."""
        if digit.isascii() and digit.isdigit():
            self._count(self._typed + digit)

    @Slot()
    def erase(self) -> None:
        """Take the last digit back."""
        self._count(self._typed[:-1])

    @Slot(str)
    def typeLeft(self, amount: str) -> None:
        """What stays in the till, as it is typed so far."""
        self._intent = ""
        self.show(replace(self.state, left=amount, problem=""))

    @Slot()
    def close(self) -> None:
        """Begin to count what is there at the end of the shift."""
        if self.state.page == "open":
            self.show(replace(self.state, page="count-close", pieces={}, chosen=0))

    @Slot()
    def back(self) -> None:
        """Count no further: the shift goes on."""
        if self.state.page in {"count-close", "leave"} and not self.state.is_waiting:
            self.show(replace(self.state, page="open", problem=""))
            self.ask()

    @Slot()
    def confirm(self) -> None:
        """Go on from the step that is shown."""
        attendant = self._seat.attendant
        if attendant is None or self.state.is_waiting:
            return
        match self.state.page:
            case "count-open":
                self._open(attendant)
            case "count-close":
                left = min(self._sum, self._float)
                digits = written.digits(left.minor, left.currency).replace(",", "")
                self.show(replace(self.state, page="leave", left=digits, problem=""))
            case "leave":
                self._close(attendant)
            case "report":
                self.wipe()
                self.ask()
            case _:
                self.close()

    # Inside ----------------------------------------------------------------------------------

    @property
    def _kinds(self) -> tuple[int, ...]:
        return DENOMINATIONS[self._texts().currency]

    @property
    def _typed(self) -> str:
        return self.state.pieces.get(self._kinds[self.state.chosen], "")

    @property
    def _sum(self) -> Money:
        pieces = {minor: int(digits) for minor, digits in self.state.pieces.items() if digits}
        return counted(self._texts().currency, pieces)

    @property
    def _float(self) -> Money:
        report = self.state.report
        return Money.zero(self._texts().currency) if report is None else report.float_

    @property
    def _end(self) -> ShiftEnd | None:
        return None if self.state.report is None else self.state.report.end

    def _count(self, digits: str) -> None:
        if len(digits) <= MOST_DIGITS:
            self._intent = ""
            pieces = {**self.state.pieces, self._kinds[self.state.chosen]: digits}
            self.show(replace(self.state, pieces=pieces, problem=""))

    def _count_lines(self) -> list[CountLine]:
        texts, state = self._texts(), self.state
        lines = []
        for number, minor in enumerate(self._kinds):
            digits = state.pieces.get(minor, "")
            worth = Money(minor * int(digits or 0), texts.currency)
            lines.append(
                CountLine(
                    key=str(minor),
                    text=texts.money(Money(minor, texts.currency)),
                    pieces=digits or "0",
                    worth=texts.money(worth) if worth else "",
                    is_chosen=number == state.chosen,
                )
            )
        return lines

    def _open(self, attendant: Attendant) -> None:
        self._intent = self._intent or uuid.uuid4().hex
        command = OpenShift(
            actor=attendant.actor,
            attendant_id=attendant.id,
            desk=self._desk,
            counted=self._sum,
            intent=self._intent,
        )
        self.show(replace(self.state, is_waiting=True, problem=""))
        self._asker.ask(command, self._answered)

    def _close(self, attendant: Attendant) -> None:
        currency = self._texts().currency
        left = minor_of(self.state.left, currency)
        if left is None or left > self._sum.minor:
            problem = "left-missing" if left is None else "left-more"
            self.show(replace(self.state, problem=problem))
            return
        self._intent = self._intent or uuid.uuid4().hex
        command = CloseShift(
            actor=attendant.actor,
            attendant_id=attendant.id,
            desk=self._desk,
            counted=self._sum,
            left=Money(left, currency),
            intent=self._intent,
        )
        self.show(replace(self.state, is_waiting=True, problem=""))
        self._asker.ask(command, self._answered)

    def _shown(self, outcome: TillShown | NotSignedIn) -> None:
        if self._seat.attendant is None or self.state.page not in {"wait", "open"}:
            return
        match outcome:
            case TillShown(in_till=in_till, open=None, last=last):
                self.show(TillState(page="count-open", in_till=in_till, report=last))
            case TillShown(in_till=in_till, open=report):
                self.show(TillState(page="open", in_till=in_till, report=report))
            case NotSignedIn():
                self._seat.leave()
            case _:
                assert_never(outcome)

    def _answered(
        self,
        outcome: ShiftOpened | ShiftIsOpen | ShiftEnded | ShiftClosed | CountRefused | NotSignedIn,
    ) -> None:
        if self._seat.attendant is None:
            return
        match outcome:
            case ShiftOpened(report=report) | ShiftIsOpen(report=report):
                self._intent = ""
                self.show(TillState(page="open", in_till=report.in_till, report=report))
            case ShiftEnded(report=report):
                self._intent = ""
                self.show(TillState(page="report", report=report))
            case ShiftClosed():
                self.show(replace(self.state, is_waiting=False, problem="closed"))
            case CountRefused():
                self.show(replace(self.state, is_waiting=False, problem="count-refused"))
            case NotSignedIn():
                self._seat.leave()
            case _:
                assert_never(outcome)

    # What QML reads --------------------------------------------------------------------------

    @Property(str, notify=changed)
    def page(self) -> str:
        return self.state.page

    @Property(QObject, constant=True)
    def counts(self) -> RowsModel[CountLine]:
        return self._counts

    @Property(QObject, constant=True)
    def lines(self) -> RowsModel[ReportLine]:
        return self._lines

    @Property(str, notify=changed)
    def sum(self) -> str:
        """What was counted so far."""
        return self._texts().money(self._sum)

    @Property(str, notify=changed)
    def inTill(self) -> str:
        """What should lie in the till; empty while nobody has said it."""
        in_till = self.state.in_till
        return "" if in_till is None else self._texts().money(in_till)

    @Property(str, notify=changed)
    def openedBy(self) -> str:
        report = self.state.report
        return "" if report is None else report.opened_by

    @Property(str, notify=changed)
    def openedAt(self) -> str:
        report = self.state.report
        return "" if report is None else self._texts().until(report.opened_at)

    @Property(str, notify=changed)
    def closedBy(self) -> str:
        """Empty while the shift is open."""
        end = self._end
        return "" if end is None else end.closed_by

    @Property(str, notify=changed)
    def closedAt(self) -> str:
        end = self._end
        return "" if end is None else self._texts().until(end.closed_at)

    @Property(str, notify=changed)
    def left(self) -> str:
        return self.state.left

    @Property(str, constant=True)
    def currency(self) -> str:
        return self._texts().currency

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self.state.problem


def report_lines(report: ShiftReport, texts: DeskTexts) -> list[ReportLine]:
    """The report of a shift line by line: float, what moved, and how it ended."""
    lines = [ReportLine("float", "", texts.money(report.float_), is_total=False)]
    for move in report.moves:
        for way, amount in (("taken", move.taken), ("given", -move.given)):
            if amount:
                code = f"{way}:{move.kind}"
                lines.append(
                    ReportLine(code, str(move.count), texts.money(amount), is_total=False)
                )
    expected = report.in_till if report.end is None else report.end.expected
    lines.append(ReportLine("expected", "", texts.money(expected), is_total=True))
    if report.end is None:
        return lines
    end = report.end
    lines.append(ReportLine("counted", "", texts.money(end.counted), is_total=False))
    code = "over" if end.over.minor > 0 else "short" if end.over.minor < 0 else "even"
    lines.append(ReportLine(code, "", texts.money(end.over), is_total=True))
    lines.append(ReportLine("banked", "", texts.money(end.banked), is_total=False))
    lines.append(ReportLine("left", "", texts.money(end.left), is_total=False))
    return lines
