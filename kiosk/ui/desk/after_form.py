"""What an attendant does about a stay's money after it was settled: refund, dispute, chargeback.

Each deed is asked once more. What gives money back wants the PIN again, and for much a second
person with an own one.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.disputes import DisputeKind
from kiosk.domain.money import Money
from kiosk.services.after_commands import (
    CloseDispute,
    DecideChargeback,
    OpenChargeback,
    OpenDispute,
    RefundStay,
)
from kiosk.services.commands import Command
from kiosk.services.debt_commands import CashAtDesk, PayDebt, WriteOffDebt
from kiosk.services.views import AfterMoney, StayMoney
from kiosk.ui import format as written
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.after_answers import Answer, told
from kiosk.ui.desk.after_deeds import (
    GIVING,
    PROVEN,
    TYPED,
    AfterState,
    adapter_of,
    deeds_of,
    most_of,
)
from kiosk.ui.desk.proof_entry import OWN, ProofEntry
from kiosk.ui.desk.seat import Attendant, Seat
from kiosk.ui.desk.stay_detail import StayDetail
from kiosk.ui.desk.texts import DeskTexts, minor_of

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by the desk")
class AfterForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Asks once more, with the PIN where money goes back, and does it under the own name."""

    changed = Signal()
    done = Signal(str, str)
    """disputed, refused, charged-back, lost, won, debt-paid or debt-given-up; of a plate."""

    def __init__(
        self,
        asker: Asker,
        seat: Seat,
        *,
        desk: str,
        detail: StayDetail,
        texts: Callable[[], DeskTexts],
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self._desk = desk
        self._detail = detail
        self._texts = texts
        self._now = now
        self._proof = ProofEntry(self)
        self._proof.typed.connect(self._typed)
        self._intent = ""
        self.state = AfterState()
        detail.changed.connect(self.changed)

    def show(self, state: AfterState) -> None:
        """Show this as it stands."""
        self.state = state
        self.changed.emit()

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        if self.state.is_waiting:
            self.show(replace(self.state, is_waiting=False, problem=problem))

    @Slot(str)
    def begin(self, deed: str) -> None:
        """The attendant wants this for the stay that is shown."""
        money = self._detail.money
        if money is None or money.after is None or deed not in deeds_of(money):
            return
        self._proof.begin("amount" if deed in GIVING | {"chargeback"} else OWN)
        self._intent = uuid.uuid4().hex
        self.show(
            AfterState(
                deed=deed,
                stay=money.row.reservation_id,
                plate=written.plate(money.row.plate),
                most=most_of(deed, money.after),
                choice="charges" if deed == "dispute" else "parties" if deed in GIVING else "",
            )
        )

    @Slot(str, str)
    def say(self, field: str, text: str) -> None:
        """What a line says so far: reason, amount, fee, days or choice."""
        if getattr(self.state, field) != text:
            changed: dict[str, str] = {field: text}
            self.show(replace(self.state, problem="", **changed))  # type: ignore[arg-type]

    @Slot(str)
    def typeDigit(self, digit: str) -> None:
        """One more digit, where the attendant is."""
        if self._proof.field == "amount":
            self.say("amount", self.state.amount + digit)
        else:
            self._proof.typeDigit(digit)

    @Slot()
    def erase(self) -> None:
        """Take the last digit back."""
        if self._proof.field == "amount":
            self.say("amount", self.state.amount[:-1])
        else:
            self._proof.erase()

    @Slot()
    def confirm(self) -> None:
        """Do it; what is missing is asked for first."""
        attendant, state, money = self._seat.attendant, self.state, self._detail.money
        if state.deed == "given":
            self.cancel()
        elif attendant is not None and money is not None and not state.is_waiting:
            problem = self._missing()
            if problem or money.after is None or state.stay != money.row.reservation_id:
                self.show(replace(state, problem=problem or "changed"))
                return
            command = self._command(attendant, money, money.after)
            self.show(replace(state, is_waiting=True, problem=""))
            self._asker.ask(command, lambda outcome: self._answered(state, outcome))

    @Slot()
    def cancel(self) -> None:
        """Leave everything as it is."""
        self._proof.begin()
        self.show(AfterState())

    # Inside ----------------------------------------------------------------------------------

    @Slot()
    def _typed(self) -> None:
        self.show(replace(self.state, problem=""))

    def _missing(self) -> str:
        state = self.state
        if state.deed in GIVING | {"chargeback"} and not self._money_of(state.amount):
            return "amount-missing"
        if state.deed == "chargeback" and self._money_of(state.fee or "0") is None:
            return "amount-missing"
        if state.deed in TYPED and not state.reason.strip():
            return "reason-missing"
        return self._proof.missing() if state.deed in PROVEN else ""

    def _money_of(self, text: str) -> Money | None:
        currency = self._texts().currency
        minor = minor_of(text, currency)
        return None if minor is None else Money(minor, currency)

    def _command(
        self, attendant: Attendant, money: StayMoney, after: AfterMoney
    ) -> Command[Answer]:
        state, actor = self.state, attendant.actor
        reason = state.reason.strip()
        command: Command[Answer]
        match state.deed:
            case "give-back" | "uphold" | "refuse":
                command = self._giving(attendant, money, after)
            case "dispute":
                command = OpenDispute(
                    actor=actor,
                    attendant_id=attendant.id,
                    reservation_id=money.row.reservation_id,
                    kind=DisputeKind(state.choice),
                    words=reason,
                )
            case "chargeback":
                days = int(state.days) if state.days.isascii() and state.days.isdigit() else 0
                command = OpenChargeback(
                    actor=actor,
                    attendant_id=attendant.id,
                    reservation_id=money.row.reservation_id,
                    adapter=adapter_of(money),
                    reference=reason,
                    amount=self._amount(state.amount),
                    fee=self._amount(state.fee),
                    answer_by=self._now() + timedelta(days=days) if days else None,
                )
            case "debt-cash":
                command = PayDebt(
                    actor=actor,
                    code=after.debts[0][0],
                    method=CashAtDesk(self._desk, attendant.id),
                    intent=self._intent,
                )
            case "debt-give-up":
                command = WriteOffDebt(
                    actor=actor, attendant_id=attendant.id, code=after.debts[0][0], reason=reason
                )
            case _:
                command = DecideChargeback(
                    actor=actor,
                    attendant_id=attendant.id,
                    chargeback_id=after.chargebacks[-1].id,
                    is_lost=state.deed == "lost",
                )
        return command

    def _giving(
        self, attendant: Attendant, money: StayMoney, after: AfterMoney
    ) -> Command[Answer]:
        state, is_goodwill = self.state, self.state.choice == "operator"
        if state.deed == "give-back":
            return RefundStay(
                actor=attendant.actor,
                proof=self._proof.take(attendant),
                reservation_id=money.row.reservation_id,
                amount=self._amount(state.amount),
                is_goodwill=is_goodwill,
                reason=state.reason.strip(),
                intent=self._intent,
            )
        return CloseDispute(
            actor=attendant.actor,
            proof=self._proof.take(attendant),
            dispute_id=after.disputes[-1].id,
            refund=self._amount(state.amount) if state.deed == "uphold" else None,
            is_goodwill=is_goodwill,
            words=state.reason.strip(),
        )

    def _amount(self, text: str) -> Money:
        """What is typed, which was looked at before; nothing where nothing is."""
        return self._money_of(text or "0") or Money.zero(self._texts().currency)

    def _answered(self, asked: AfterState, outcome: Answer) -> None:
        """`asked` may have been cancelled meanwhile; what was done all the same is told."""
        if self._seat.attendant is None:
            return  # a locked desk has forgotten it
        answer = told(outcome, self._texts())
        is_same = (self.state.deed, self.state.stay) == (asked.deed, asked.stay)
        if answer.has_left:
            self._seat.leave()
        elif answer.problem:
            if is_same:
                if answer.problem == "second-needed":
                    self._proof.ask_second()
                told_so = replace(self.state, is_waiting=False, limit=answer.limit)
                self.show(replace(told_so, problem=answer.problem))
        elif answer.note and is_same:
            self.show(
                AfterState(
                    deed="given",
                    stay=asked.stay,
                    plate=asked.plate,
                    amount=answer.limit,
                    note=answer.note,
                    in_cash=answer.in_cash,
                )
            )
        else:
            if is_same:
                self.cancel()
            self.done.emit(answer.done, asked.plate)

    # What QML reads --------------------------------------------------------------------------

    @Property(list, notify=changed)
    def deeds(self) -> list[str]:
        """What can be begun for the stay that is shown."""
        money = self._detail.money
        return [] if money is None else list(deeds_of(money))

    @Property(bool, notify=changed)
    def isShown(self) -> bool:
        return self.state.deed != ""

    @Property(dict, notify=changed)
    def shown(self) -> dict[str, str]:
        """What is typed and told, by the names of AfterState."""
        state = self.state
        named = ("deed", "plate", "amount", "fee", "days", "reason", "choice")
        texts = {name: getattr(state, name) for name in (*named, "note", "problem", "limit")}
        most = "" if state.most is None else self._texts().money(state.most)
        stay = "" if state.stay is None else str(state.stay)
        return {**texts, "most": most, "inCash": state.in_cash, "stay": stay}

    @Property(bool, notify=changed)
    def givesBack(self) -> bool:
        return self.state.deed in GIVING

    @Property(bool, notify=changed)
    def asksPin(self) -> bool:
        return self.state.deed in PROVEN

    @Property(bool, notify=changed)
    def asksText(self) -> bool:
        return self.state.deed in TYPED

    @Property(ProofEntry, constant=True)
    def proof(self) -> ProofEntry:
        return self._proof

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting
