"""A bill as texts for QML: what was paid, what it cost line by line, where every cent went.

It adds nothing up: every amount stands in the bill that services made.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.money import Money
from kiosk.domain.outcomes import Bill
from kiosk.domain.pricing.charge_lines import Charge, ChargeLine, LineKind
from kiosk.domain.time import Window
from kiosk.ui.format import plate
from kiosk.ui.models import RowsModel
from kiosk.ui.screens.bill_words import line_words
from kiosk.ui.screens.say import Say

translate = QCoreApplication.translate

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


LINES_IN_LARGE = 2
"""A bill of more lines has them in small letters, so that all of them stand on the page."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the charge; `note` lists what it is made of when it is a sum."""

    key: str
    label: str
    note: str
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

    return BillState(
        plate=plate(bill.plate),
        space=bill.space.label,
        area=bill.area.name,
        booked=say.window(bill.booked),
        stayed=say.window(Window(bill.entered_at, bill.presented_at))
        if bill.entered_at < bill.presented_at
        else say.time(bill.presented_at),
        parked=say.span(_shown(bill.presented_at) - _shown(bill.entered_at)),
        total=say.money(bill.charge.total),
        tax=money_or_none(bill.charge.tax),
        deposit=say.money(bill.deposit),
        due=money_or_none(bill.due),
        refund=money_or_none(bill.refund),
        receipt_number="" if bill.receipt_number is None else f"{bill.receipt_number:06d}",
        leave_by="" if exit_until is None else say.time(exit_until),
        is_free=not bill.charge.total,
        lines=line_rows(bill.charge, say),
        shares=_share_rows(bill, say),
    )


def line_rows(charge: Charge, say: Say) -> tuple[LineRow, ...]:
    """The lines of a charge; with an overstay, all that lies inside the reserved time is one sum.

    So that a driver sees what was promised, and beside it what came on top, before paying.
    """
    of_rows = {line.name for line in charge.lines if line.kind in _OF_ROWS}
    words = [
        line_words(_as_shown(line, charge), say, with_band=len(of_rows) > 1)
        for line in charge.lines
    ]
    rows = [
        LineRow(f"{line.kind.value}-{number}", words[number], "", say.money(line.amount))
        for number, line in enumerate(charge.lines)
    ]
    if not any(line.kind is LineKind.OVERSTAY for line in charge.lines):
        return tuple(rows)
    inside = [
        number
        for number, line in enumerate(charge.lines)
        if line.kind not in _BESIDE_THE_RESERVATION
    ]
    amount = Money.zero(charge.total.currency)
    for number in inside:
        amount += charge.lines[number].amount
    booked = LineRow(
        key="inside",
        label=translate("Bill", "Inside your reserved time"),
        note=_itemised([rows[number] for number in inside]),
        amount=say.money(amount),
    )
    return (booked, *(row for number, row in enumerate(rows) if number not in inside))


def _as_shown(line: ChargeLine, charge: Charge) -> ChargeLine:
    """The line with a duration that agrees with the times beside it, which show no seconds."""
    span, window = timedelta(seconds=line.seconds), charge.window
    match line.kind:
        case LineKind.OVERSTAY:
            span = _shown(window.until) - _shown(window.until - span)
        case LineKind.EARLY:
            span = _shown(window.from_ + span) - _shown(window.from_)
        case _:
            return line
    return replace(line, seconds=int(span.total_seconds()))


_OF_ROWS = frozenset({LineKind.BLOCK, LineKind.TIME, LineKind.FLAT, LineKind.PER_ENTRY})
"""Lines that carry the name of their band."""

_BESIDE_THE_RESERVATION = frozenset(
    {
        LineKind.EARLY,
        LineKind.OVERSTAY,
        LineKind.OVERSTAY_SURCHARGE,
        LineKind.SURCHARGE,
        LineKind.LOST_TICKET,
        LineKind.TAX,
        LineKind.ROUNDING,
        LineKind.CASH_ROUNDING,
        LineKind.WAIVED,
    }
)
"""Lines that are no part of the price of the booked time."""


def _itemised(rows: list[LineRow]) -> str:
    """What a sum is made of: each line, with its amount when there are several."""
    if len(rows) == 1:
        return rows[0].label
    return "\n".join(f"{row.label} = {row.amount}" for row in rows)


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
        self._lines = RowsModel(LineRow, key="key", parent=self)
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
    def isLong(self) -> bool:
        written = sum(1 + len(row.note.splitlines()) for row in self.state.lines)
        return written > LINES_IN_LARGE

    @Property(bool, notify=changed)
    def isFree(self) -> bool:
        return self.state.is_free
