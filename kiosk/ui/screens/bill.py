"""A bill as texts for QML: what was paid, what it cost line by line, where every cent went.

Every amount stands in the bill that services made; lines are only added up to sums of several.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from unicodedata import east_asian_width

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.money import Money
from kiosk.domain.outcomes import Bill
from kiosk.domain.payee import Supplier
from kiosk.domain.pricing.charge_lines import Charge, ChargeLine, LineKind
from kiosk.domain.time import Window
from kiosk.ui.format import plate
from kiosk.ui.models import RowsModel
from kiosk.ui.screens.bill_words import late_words, line_words, others_words
from kiosk.ui.screens.say import Say

translate = QCoreApplication.translate

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


LINES_IN_LARGE = 2
"""A bill of more lines has them in small letters, so that all of them stand on the page."""

MOST_WRITTEN = 6
"""Lines of text, notes among them, that the pages of the exit have room for."""

LINES_IN_A_NOTE = 2
"""A sum of more lines only says how many they are."""

LETTERS_IN_A_LINE = 54
"""Small letters of a label that stand beside an amount; a Chinese sign is as wide as two."""


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
    others: str = ""
    """What shops and each of several drivers paid of it, a line each; empty for one driver."""
    due: str = ""
    """Empty when nothing is due."""
    refund: str = ""
    """Empty when nothing goes back."""
    receipt_number: str = ""
    supplier: str = ""
    """Who owes the tax, with the tax number; empty where nobody is named."""
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
        tax=money_or_none(bill.tax_shown or Money.zero(bill.charge.total.currency)),
        deposit=say.money(bill.deposit),
        others=others_words(bill, say),
        due=money_or_none(bill.due),
        refund=money_or_none(bill.refund),
        receipt_number="" if bill.receipt_number is None else f"{bill.receipt_number:06d}",
        supplier=_supplier_words(bill.supplier),
        leave_by="" if exit_until is None else say.time(exit_until),
        is_free=not bill.charge.total,
        lines=line_rows(bill.charge, say),
        shares=_share_rows(bill, say),
    )


def _supplier_words(supplier: Supplier | None) -> str:
    """A person who was forgotten since has no name any more."""
    if supplier is None or not supplier.name:
        return ""
    if not supplier.tax_number:
        return translate("Bill", "Supplied by {name}").format(name=supplier.name)
    text = translate("Bill", "Supplied by {name} ({number})")
    return text.format(name=supplier.name, number=supplier.tax_number)


def line_rows(charge: Charge, say: Say) -> tuple[LineRow, ...]:
    """The lines of a charge; with an overstay, all that lies inside the reserved time is one sum.

    So that a driver sees what was promised, and beside it what came on top, before paying.
    More than the page has room for is summed up by what it is for; the rows always add up to
    the total, and the receipt has every line.
    """
    of_rows = {line.name for line in charge.lines if line.kind in _OF_ROWS}
    parts = [
        _Part(
            key=f"{line.kind.value}-{number}",
            label=line_words(_as_shown(line, charge), say, with_band=len(of_rows) > 1),
            amount=line.amount,
            kinds=frozenset({line.kind}),
            note=late_words(line, say),
        )
        for number, line in enumerate(charge.lines)
    ]
    if any(line.kind is LineKind.OVERSTAY for line in charge.lines):
        inside = [part for part in parts if part.kinds.isdisjoint(_BESIDE_THE_RESERVATION)]
        beside = [part for part in parts if part not in inside]
        booked = _Part(
            key="inside",
            label=translate("Bill", "Inside your reserved time"),
            amount=_together(inside, charge.total.currency),
            note=_itemised(inside, say),
        )
        if _written([booked, *beside]) > MOST_WRITTEN and len(inside) > 1:
            booked = replace(booked, note=_where_all_are(len(inside)))
        parts = [booked, *beside]
    return tuple(
        LineRow(part.key, part.label, part.note, say.money(part.amount))
        for part in _fitted(parts, charge.total.currency)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A row that can still be summed up with others; `kinds` are those of its lines."""

    key: str
    label: str
    amount: Money
    kinds: frozenset[LineKind] = frozenset()
    """Empty for what lies inside the reserved time: that is one sum already."""
    lines: int = 1
    note: str = ""


def _together(parts: list[_Part], currency: str) -> Money:
    return sum((part.amount for part in parts), Money.zero(currency))


def _written(parts: list[_Part]) -> int:
    """How many lines of text these rows take."""
    count = 0
    for part in parts:
        width = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in part.label)
        count += -(-width // LETTERS_IN_A_LINE) + len(part.note.splitlines())
    return count


def _fitted(parts: list[_Part], currency: str) -> list[_Part]:
    """The parts, summed up group by group until they take no more lines than there is room for."""
    parking, surcharges = translate("Bill", "Parking"), translate("Bill", "Surcharges")
    tax = translate("Bill", "Tax and rounding")
    groups = (
        ("prices", parking, _OF_ROWS | _LIMITS),
        ("surcharges", surcharges, frozenset({LineKind.SURCHARGE})),
        ("taxes", tax, _AFTER_ALL_PRICES),
        ("stay", parking, frozenset(LineKind) - _BESIDE_THE_RESERVATION),
        ("on-top", surcharges, _SURCHARGES),
    )
    for key, label, kinds in groups:
        several = [part for part in parts if part.kinds and part.kinds <= kinds]
        if len(several) < 2 or _written(parts) <= MOST_WRITTEN:
            continue
        lines = sum(part.lines for part in several)
        whole = _Part(
            key=key,
            label=label,
            amount=_together(several, currency),
            kinds=kinds,
            lines=lines,
            note=_where_all_are(lines) if key in {"prices", "stay"} else "",
        )
        if _written([whole]) >= _written(several):
            continue
        first = parts.index(several[0])
        parts = [part for part in parts if part not in several]
        parts.insert(first, whole)
    return parts


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

_LIMITS = frozenset({LineKind.CAP, LineKind.BAND_MINIMUM})
"""Lines that stand instead of those of rows."""

_AFTER_ALL_PRICES = frozenset({LineKind.TAX, LineKind.ROUNDING, LineKind.CASH_ROUNDING})

_SURCHARGES = frozenset({LineKind.SURCHARGE, LineKind.OVERSTAY_SURCHARGE})

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


def _itemised(parts: list[_Part], say: Say) -> str:
    """What a sum is made of: each line, with its amount when there are two, or how many."""
    if len(parts) == 1:
        return parts[0].label
    if len(parts) > LINES_IN_A_NOTE:
        return _where_all_are(len(parts))
    return "\n".join(f"{part.label} = {say.money(part.amount)}" for part in parts)


def _where_all_are(count: int) -> str:
    return translate("Bill", "{count} prices; all of them are on the receipt").format(count=count)


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
class BillText(QObject):  # type: ignore[operator]  # as PySide types the decorator
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
    def others(self) -> str:
        return self.state.others

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
    def supplier(self) -> str:
        return self.state.supplier

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
