"""What needs the attendant: calls for help, faults raised and cleared, unseen passages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import LaneName
from kiosk.domain.lane_orders import LaneOrder
from kiosk.services.events import DriverWaits, PaperFailed, PaperLow, ReportImpossible
from kiosk.services.views import DeskView, LaneStatus, OpenCase
from kiosk.ui import format as written
from kiosk.ui.desk.lanes import WAYS, alarm_code
from kiosk.ui.desk.texts import DeskTexts
from kiosk.ui.models import RowsModel

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

MOST_REASONS = 2
"""So many of the things that are wrong with a tariff or a report are said in its notice."""
MOST_CLEARED = 5
"""Cleared faults that stay in sight until somebody has seen them; older ones go."""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One thing that needs the attendant."""

    key: str
    kind: str
    """help, fault, failed, unreported, tariff, paper, report, or the kind of an OpenCase"""
    lane: str
    code: str
    """Of a fault: the lane's alarm, which the words of the desk explain. Of paper: why.
    Of what failed: the fault's code. Of a tariff: its file. Of a report: whose it is.
    Of money: how much."""
    at: str
    cleared: str
    """When the fault went away; empty while it is there."""
    plate: str
    stay: str
    remedy: str
    """Of what failed: what to do, for codes that the words of the desk do not explain. Of a
    tariff or a report: what is wrong with it. Of money: until when, what a driver disputes, or
    a provider."""
    way: str
    """in or out, of its lane; empty while that is not known."""
    obstacle: str
    """Of a fault: why the lane cannot be reset now; empty when it can."""


@dataclass(frozen=True, slots=True)
class _Notice:
    key: str
    kind: str
    lane: LaneName
    at: datetime
    code: str = ""
    cleared_at: datetime | None = None
    plate: str = ""
    stay: str = ""
    remedy: str = ""


_RANK = {
    "help": 0,
    "fault": 1,
    "failed": 2,
    "unreported": 3,
    "tariff": 4,
    "paper": 5,
    "chargeback": 6,
    "dispute": 7,
    "debt": 8,
    "capture-failed": 8,
    "refund-refused": 9,
    "suspense-more": 10,
    "suspense-less": 10,
    "missing": 10,
    "missing-refund": 10,
    "unanswered": 11,
    "report": 12,
}
_TOLD_ONCE = frozenset({"paper_low", "unverified"})
"""Why of a paper that is no news after the first."""
_OPEN_CASES = frozenset(
    {
        "chargeback",
        "dispute",
        "debt",
        "capture-failed",
        "refund-refused",
        "suspense-more",
        "suspense-less",
        "missing",
        "missing-refund",
        "unanswered",
    }
)
"""Kinds that nobody sees to by looking: they stand until they are decided or paid."""
_PICTURED = _OPEN_CASES | {"unreported", "tariff"}
"""Kinds that stand in the desk's picture itself, for as long as they are so."""


@QmlElement
@QmlUncreatable("made by the desk")
class NoticesCard(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Calls first, then faults that are there, then all that only wants to be seen."""

    changed = Signal()
    rang = Signal()
    """Somebody called or something broke: the desk sounds."""

    def __init__(
        self, now: Callable[[], datetime], texts: Callable[[], DeskTexts], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._texts = texts
        self._notices: dict[str, _Notice] = {}
        self._seen: set[str] = set()
        self._statuses: dict[LaneName, LaneStatus] = {}
        self._lines = RowsModel(NoticeLine, key="key", parent=self)
        self.has_call = False

    def show(self, view: DeskView) -> None:
        """Take a new picture: faults of every lane and passages nobody reported."""
        for status in view.lanes:
            self._take_alarms(status)
        plates = {row.reservation_id: written.plate(row.plate) for row in view.stays}
        kept = {key: each for key, each in self._notices.items() if each.kind not in _PICTURED}
        for grant in view.unreported:
            key = f"unreported {grant.lane} {grant.granted_at.isoformat()}"
            stay = grant.reservation_id
            kept[key] = _Notice(
                key=key,
                kind="unreported",
                lane=grant.lane,
                at=grant.granted_at,
                plate=plates.get(stay, "") if stay is not None else "",
                stay=str(stay) if stay is not None else "",
            )
        for refused in view.refused_tariffs:
            key = f"tariff {refused.file} {refused.at.isoformat()}"
            kept[key] = _Notice(
                key=key,
                kind="tariff",
                lane=LaneName(""),
                at=refused.at,
                code=refused.file,
                remedy=_first_reasons(refused.why),
            )
        for case in view.cases:
            kept[case.key] = self._case(case)
        self._notices = kept
        self.show_lines()

    def show_lane(self, status: LaneStatus) -> None:
        """A lane changed: raise and clear its faults at once."""
        self._take_alarms(status)
        self.show_lines()

    def hear(self, event: PaperFailed | PaperLow | DriverWaits | ReportImpossible) -> None:
        """A lane says by itself that somebody has to come, or a provider what cannot be."""
        match event:
            case PaperFailed(lane, why):
                self.paper_failed(lane, why)
            case PaperLow(lane):
                self.paper_failed(lane, "paper_low")
            case DriverWaits(lane):
                self.call(lane)
            case ReportImpossible():
                self.report_impossible(event)
            case _:
                assert_never(event)

    def call(self, lane: LaneName) -> None:
        """Somebody in this lane needs help, and asked for it or waits too long."""
        self._add(_Notice(key=f"help {lane}", kind="help", lane=lane, at=self._now()))

    def paper_failed(self, lane: LaneName, why: str) -> None:
        """A ticket or receipt was not printed, or the roll is near its end.

        What would come with every paper, because a roll or a printer is as it is, is told until
        somebody has seen it; what failed is told each time.
        """
        key = f"paper {lane} {why}"
        if key in self._seen:
            return
        if why not in _TOLD_ONCE:
            self._seen.discard(f"paper {lane} paper_low")  # whoever comes changes the roll
        self._add(_Notice(key=key, kind="paper", lane=lane, at=self._now(), code=why))

    def failed(self, code: str, remedy: str) -> None:
        """The computer could not carry something out; the same fault again is one notice."""
        at, nowhere = self._now(), LaneName("")
        key = f"failed {code}"
        self._add(_Notice(key=key, kind="failed", lane=nowhere, at=at, code=code, remedy=remedy))

    def report_impossible(self, event: ReportImpossible) -> None:
        """Lines of a provider's report that nothing was booked of; the same day is one notice."""
        self._add(
            _Notice(
                key=f"report {event.adapter} {event.day}",
                kind="report",
                lane=LaneName(""),
                at=self._now(),
                code=event.adapter,
                remedy=f"{event.day}: {_first_of(event.lines)}",
            )
        )

    @Slot(str)
    def done(self, key: str) -> None:
        """The attendant has seen to it; a fault that is still there stays."""
        notice = self._notices.get(key)
        if notice is None or notice.kind in _OPEN_CASES:
            return
        if notice.kind == "fault" and notice.cleared_at is None:
            return
        if notice.kind in _PICTURED or notice.code in _TOLD_ONCE:
            self._seen.add(key)
        if notice.kind not in _PICTURED:
            del self._notices[key]
        self.show_lines()

    def show_lines(self) -> None:
        """Write what there is in the present language."""
        texts = self._texts()
        shown = [each for each in self._notices.values() if each.key not in self._seen]
        shown.sort(key=lambda each: (each.cleared_at is not None, _RANK[each.kind], each.at))
        self._lines.show(
            tuple(_line(each, texts, self._statuses.get(each.lane)) for each in shown)
        )
        self.has_call = any(each.kind == "help" for each in shown)
        self.changed.emit()

    def _add(self, notice: _Notice) -> None:
        is_new = notice.key not in self._notices
        self._notices[notice.key] = notice
        self.show_lines()
        if is_new:
            self.rang.emit()

    def _case(self, case: OpenCase) -> _Notice:
        texts = self._texts()
        return _Notice(
            key=case.key,
            kind=case.kind,
            lane=LaneName(""),
            at=case.at,
            code="" if case.amount is None else texts.money(case.amount),
            plate=written.plate(case.plate),
            stay="" if case.reservation_id is None else str(case.reservation_id),
            remedy=case.words or texts.moment(case.until),
        )

    def _take_alarms(self, status: LaneStatus) -> None:
        self._statuses[status.lane] = status
        prefix = f"fault {status.lane} "
        present = {prefix + alarm_code(alarm): alarm_code(alarm) for alarm in status.alarms}
        now = self._now()
        for key, notice in list(self._notices.items()):
            if key.startswith(prefix) and key not in present and notice.cleared_at is None:
                self._notices[key] = replace(notice, cleared_at=now)
        for key, code in present.items():
            known = self._notices.get(key)
            if known is None or known.cleared_at is not None:
                self._notices[key] = _Notice(
                    key=key, kind="fault", lane=status.lane, at=now, code=code
                )
                self.rang.emit()
        self._drop_old_cleared()

    def _drop_old_cleared(self) -> None:
        cleared = [each for each in self._notices.values() if each.cleared_at is not None]
        cleared.sort(key=lambda each: each.cleared_at or each.at)
        for notice in cleared[:-MOST_CLEARED]:
            del self._notices[notice.key]

    @Property(QObject, constant=True)
    def lines(self) -> RowsModel[NoticeLine]:
        return self._lines

    @Property(bool, notify=changed)
    def hasCall(self) -> bool:
        return self.has_call


def _first_reasons(why: str) -> str:
    """As much as an attendant reads; all of it stands in the log."""
    return _first_of(tuple(why.splitlines()))


def _first_of(lines: tuple[str, ...]) -> str:
    more = len(lines) - MOST_REASONS
    return "; ".join(lines[:MOST_REASONS]) + (f" (+{more})" if more > 0 else "")


def _line(notice: _Notice, texts: DeskTexts, status: LaneStatus | None) -> NoticeLine:
    is_fault = notice.kind == "fault" and notice.cleared_at is None
    obstacle = status.obstacle_to(LaneOrder.RESET) if is_fault and status is not None else None
    return NoticeLine(
        key=notice.key,
        kind=notice.kind,
        lane=notice.lane,
        code=notice.code,
        at=texts.clock(notice.at),
        cleared=texts.clock(notice.cleared_at),
        plate=notice.plate,
        stay=notice.stay,
        remedy=notice.remedy,
        way="" if status is None else WAYS[status.direction],
        obstacle="" if obstacle is None else obstacle.value,
    )
