"""One stay's money at the desk: bill, every transfer, balances, and what happened when."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import OwnerId, ReservationId
from kiosk.domain.outcomes import Bill, StayNotPriced
from kiosk.domain.reservation import ENDED
from kiosk.services.commands import ShowStay
from kiosk.services.views import DeskView, StayMoney, StayRow
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.bill_lines import BillLine, bill_lines, correction_lines, share_lines
from kiosk.ui.desk.seat import Seat
from kiosk.ui.desk.stays import StayLine, stay_line
from kiosk.ui.desk.texts import DeskTexts
from kiosk.ui.desk.timeline_lines import TimelineLine, happened
from kiosk.ui.models import RowsModel

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class TransferLine:
    """One transfer; an account is its kind and, where there are several, whose it is."""

    key: str
    at: str
    journal: str
    debit: str
    debit_of: str
    credit: str
    credit_of: str
    amount: str


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """What went out of and into one account of this stay, and what is left."""

    key: str
    account: str
    account_of: str
    debits: str
    credits: str
    owed: str


@dataclass(frozen=True, slots=True)
class DetailState:
    """The stay that is shown; None while none is open or its answer is awaited."""

    line: StayLine | None = None
    receipt: str = ""


@QmlElement
@QmlUncreatable("made by the desk")
class StayDetail(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Asks for one stay and shows it until another one is opened or the page is closed."""

    changed = Signal()
    openWanted = Signal(str)
    """The attendant wants the barrier up for this stay: the desk asks for the reason."""
    lostWanted = Signal()
    """The same, and the driver has no ticket and proves nothing."""

    def __init__(self, asker: Asker, seat: Seat, parent: QObject) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self.state = DetailState()
        self._bill = RowsModel(BillLine, key="key", parent=self)
        self._shares = RowsModel(BillLine, key="key", parent=self)
        self._transfers = RowsModel(TransferLine, key="key", parent=self)
        self._balances = RowsModel(BalanceLine, key="key", parent=self)
        self._timeline = RowsModel(TimelineLine, key="key", parent=self)
        self._wanted: ReservationId | None = None
        self._texts: DeskTexts | None = None
        self._money: StayMoney | None = None
        self._owners: dict[OwnerId, str] = {}

    @property
    def row(self) -> StayRow | None:
        """The stay that is shown."""
        return self._money.row if self._money else None

    @property
    def money(self) -> StayMoney | None:
        """The stay that is shown, with its money."""
        return self._money

    def open(self, reservation_id: ReservationId, texts: DeskTexts) -> None:
        """Show this stay; until the answer comes nothing of an earlier one is shown."""
        if reservation_id != self._wanted:
            self.close()
        self._wanted = reservation_id
        self._texts = texts
        self.ask()

    def ask(self) -> None:
        """Ask again for what is shown: something at the site changed."""
        attendant = self._seat.attendant
        if attendant is None or self._wanted is None:
            return
        command = ShowStay(actor=attendant.actor, reservation_id=self._wanted)
        self._asker.ask(command, self._answered)

    def close(self) -> None:
        """Forget the stay."""
        self._wanted, self._money = None, None
        for model in (self._bill, self._shares, self._transfers, self._balances, self._timeline):
            model.show(())
        self.state = DetailState()
        self.changed.emit()

    def know_owners(self, view: DeskView) -> None:
        """Owners have names on the plan; the books know only their numbers."""
        self._owners = {each.space.owner_id: each.owner_name for each in view.spaces}

    def speak(self, texts: DeskTexts) -> None:
        """Write everything again in another language."""
        self._texts = texts
        if self._money is not None:
            self._show(self._money, texts)

    @Slot()
    def openBarrier(self) -> None:
        """The attendant wants to open a barrier for this stay."""
        if self.state.line is not None:
            self.openWanted.emit(self.state.line.key)

    @Slot()
    def openLost(self) -> None:
        """The attendant wants to let the shown car out at the price of a lost ticket."""
        if self.state.line is not None:
            self.lostWanted.emit()

    def _answered(self, money: StayMoney) -> None:
        if money.row.reservation_id == self._wanted and self._texts is not None:
            self._money = money
            self._show(money, self._texts)

    def _show(self, money: StayMoney, texts: DeskTexts) -> None:
        bill = money.bill if isinstance(money.bill, Bill) else None
        if isinstance(money.bill, StayNotPriced):
            why = type(money.bill.why).__name__
            self._bill.show((BillLine("not-priced", "not-priced", why, ""),))
        else:
            corrections = money.after.corrections if money.after else ()
            lines = bill_lines(bill, texts) if bill else ()
            self._bill.show((*lines, *correction_lines(corrections, bill, texts)))
        self._shares.show(share_lines(bill, texts) if bill else ())
        self._transfers.show(
            tuple(
                TransferLine(
                    str(number),
                    texts.clock(each.at),
                    each.journal,
                    *self._account(each.debit),
                    *self._account(each.credit),
                    texts.money(each.amount),
                )
                for number, each in enumerate(money.transfers)
            )
        )
        self._balances.show(
            tuple(
                BalanceLine(
                    each.account,
                    *self._account(each.account),
                    texts.money(each.debits),
                    texts.money(each.credits),
                    texts.money(each.owed),
                )
                for each in money.balances
            )
        )
        self._timeline.show(
            tuple(happened(str(number), each, texts) for number, each in enumerate(money.timeline))
        )
        number = bill.receipt_number if bill else None
        self.state = DetailState(
            line=stay_line(money.row, texts), receipt="" if number is None else str(number)
        )
        self.changed.emit()

    def _account(self, account: str) -> tuple[str, str]:
        kind, _, whose = account.partition(":")
        if kind == "owner" and whose.isdigit():
            whose = self._owners.get(OwnerId(int(whose)), whose)
        return kind, whose

    @Property(bool, notify=changed)
    def isShown(self) -> bool:
        return self.state.line is not None

    @Property(bool, notify=changed)
    def isEnded(self) -> bool:
        """Whether its car has left, or never comes: no barrier waits for it."""
        return self._money is not None and self._money.row.state in ENDED

    @Property(dict, notify=changed)
    def stay(self) -> dict[str, str]:
        """The line of the table that is shown, by the names of StayLine."""
        line = self.state.line
        return {name: getattr(line, name) for name in StayLine.__slots__} if line else {}

    @Property(str, notify=changed)
    def receipt(self) -> str:
        return self.state.receipt

    @Property(QObject, constant=True)
    def bill(self) -> RowsModel[BillLine]:
        return self._bill

    @Property(QObject, constant=True)
    def shares(self) -> RowsModel[BillLine]:
        return self._shares

    @Property(QObject, constant=True)
    def transfers(self) -> RowsModel[TransferLine]:
        return self._transfers

    @Property(QObject, constant=True)
    def balances(self) -> RowsModel[BalanceLine]:
        return self._balances

    @Property(QObject, constant=True)
    def timeline(self) -> RowsModel[TimelineLine]:
        return self._timeline
