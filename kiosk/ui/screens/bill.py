"""A bill as texts for QML: what was paid, what it cost line by line, where every cent went.

It adds nothing up: every amount stands in the bill that services made.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.money import Money
from kiosk.domain.outcomes import Bill
from kiosk.domain.time import Window
from kiosk.ui.format import plate
from kiosk.ui.models import RowsModel
from kiosk.ui.screens.say import Say

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the charge; QML has the words for its kind."""

    kind: str
    count: str
    unit: str
    amount: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One party's part; `permille` is for the length of its bar alone."""

    party: str
    amount: str
    permille: int


@dataclass(frozen=True, slots=True)
class BillState:
    """Everything a driver reads of a bill, in one language."""

    plate: str = ""
    space: str = ""
    area: str = ""
    booked: str = ""
    stayed: str = ""
    """From the entry to the scan at the exit."""
    parked: str = ""
    overstay: str = ""
    """Empty when no time after the booked end is charged."""
    total: str = ""
    tax: str = ""
    deposit: str = ""
    due: str = ""
    """Empty when nothing is due."""
    refund: str = ""
    """Empty when nothing goes back."""
    receipt_number: str = ""
    leave_by: str = ""
    is_free: bool = False
    lines: tuple[LineRow, ...] = ()
    shares: tuple[ShareRow, ...] = ()


def bill_state(bill: Bill, *, exit_until: datetime | None, say: Say) -> BillState:
    """The bill in the present language; `exit_until` only when it is settled."""

    def money_or_none(amount: Money) -> str:
        return say.money(amount) if amount else ""

    charged_late = bill.charge.window.until - bill.booked.until
    is_late = charged_late > timedelta() and bool(bill.charge.total)
    return BillState(
        plate=plate(bill.plate),
        space=bill.space.label,
        area=bill.area.name,
        booked=say.window(bill.booked),
        stayed=say.window(Window(bill.entered_at, bill.presented_at))
        if bill.entered_at < bill.presented_at
        else say.time(bill.presented_at),
        parked=say.span(_shown(bill.presented_at) - _shown(bill.entered_at)),
        overstay=say.span(_shown(bill.charge.window.until) - _shown(bill.booked.until))
        if is_late
        else "",
        total=say.money(bill.charge.total),
        tax=money_or_none(bill.charge.tax),
        deposit=say.money(bill.deposit),
        due=money_or_none(bill.due),
        refund=money_or_none(bill.refund),
        receipt_number="" if bill.receipt_number is None else f"{bill.receipt_number:06d}",
        leave_by="" if exit_until is None else say.time(exit_until),
        is_free=not bill.charge.total,
        lines=tuple(
            LineRow(line.kind, str(line.count), say.money(line.unit), say.money(line.amount))
            for line in bill.charge.lines
        ),
        shares=_share_rows(bill, say),
    )


def _shown(instant: datetime) -> datetime:
    """An instant as screens show it, so that a duration agrees with the times beside it."""
    return instant.replace(second=0)


def _share_rows(bill: Bill, say: Say) -> tuple[ShareRow, ...]:
    """Owner first, as the biggest; nobody when nothing was charged."""
    total_minor = bill.charge.total.minor
    if total_minor == 0:
        return ()
    parties = (
        ("owner", bill.shares.owner),
        ("manager", bill.shares.manager),
        ("commission", bill.shares.commission),
        ("vat", bill.shares.vat),
    )
    return tuple(
        ShareRow(party, say.money(share), share.minor * 1000 // total_minor)
        for party, share in parties
    )


@QmlElement
@QmlUncreatable("Belongs to its screen")
class BillText(QObject):  # type: ignore[operator]  # the stub of the decorator
    """The bill that a screen shows now; empty texts when there is none."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.state = BillState()
        self._lines = RowsModel(LineRow, key="kind", parent=self)
        self._shares = RowsModel(ShareRow, key="party", parent=self)

    def show(self, state: BillState) -> None:
        """Show this bill, and say so once."""
        if state == self.state:
            return
        self.state = state
        self._lines.show(state.lines)
        self._shares.show(state.shares)
        self.changed.emit()

    @Property(QObject, constant=True)
    def lines(self) -> QObject:
        return self._lines

    @Property(QObject, constant=True)
    def shares(self) -> QObject:
        return self._shares

    @Property(str, notify=changed)
    def plate(self) -> str:
        return self.state.plate

    @Property(str, notify=changed)
    def space(self) -> str:
        return self.state.space

    @Property(str, notify=changed)
    def area(self) -> str:
        return self.state.area

    @Property(str, notify=changed)
    def booked(self) -> str:
        return self.state.booked

    @Property(str, notify=changed)
    def stayed(self) -> str:
        return self.state.stayed

    @Property(str, notify=changed)
    def parked(self) -> str:
        return self.state.parked

    @Property(str, notify=changed)
    def overstay(self) -> str:
        return self.state.overstay

    @Property(str, notify=changed)
    def total(self) -> str:
        return self.state.total

    @Property(str, notify=changed)
    def tax(self) -> str:
        return self.state.tax

    @Property(str, notify=changed)
    def deposit(self) -> str:
        return self.state.deposit

    @Property(str, notify=changed)
    def due(self) -> str:
        return self.state.due

    @Property(str, notify=changed)
    def refund(self) -> str:
        return self.state.refund

    @Property(str, notify=changed)
    def receiptNumber(self) -> str:
        return self.state.receipt_number

    @Property(str, notify=changed)
    def leaveBy(self) -> str:
        return self.state.leave_by

    @Property(bool, notify=changed)
    def isFree(self) -> bool:
        return self.state.is_free
