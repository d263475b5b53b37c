"""Who else pays, at the desk: a shop for a part, the next driver from now on, or the operator.

A next driver proves the pass with its PIN; what the operator gives to a wallet wants the PIN of
the attendant again, and for much a second person.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import ReservationId, ShopId
from kiosk.domain.money import Money
from kiosk.domain.reservation import State
from kiosk.domain.validation import Given, ValidationKind
from kiosk.services.after_commands import GiveGoodwill
from kiosk.services.commands import Command, WalletProof
from kiosk.services.payer_commands import HandOver, ValidateStay
from kiosk.services.views import DeskView, StayRow
from kiosk.ui import format as written
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.payer_answers import Answer, told
from kiosk.ui.desk.proof_entry import OWN, ProofEntry
from kiosk.ui.desk.seat import Attendant, Seat
from kiosk.ui.desk.stay_detail import StayDetail
from kiosk.ui.desk.texts import DeskTexts, minor_of

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

OPERATOR = "operator"
"""Chosen in place of a shop: the car park itself gives it."""
_OF_A_STAY = ("validate", "hand-over")
_MOST_SIGNS = 9
_MOST_MINUTES = 100_000


@dataclass(frozen=True, slots=True)
class PayerState:
    """What is about to be done; nothing while `deed` is empty."""

    deed: str = ""
    """validate, hand-over, goodwill; told once it was done"""
    stay: ReservationId | None = None
    plate: str = ""
    shop: str = OPERATOR
    kind: str = "amount"
    """amount, minutes or percent"""
    amount: str = ""
    pass_code: str = ""
    reason: str = ""
    is_waiting: bool = False
    problem: str = ""
    limit: str = ""
    note: str = ""
    """What was done, once it was."""


@QmlElement
@QmlUncreatable("made by the desk")
class PayerForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """One card for the three; the same intent is carried out once, however often it is pressed."""

    changed = Signal()
    done = Signal(str, str)
    """Never said: what was done stays on the card, with its amount."""

    def __init__(
        self,
        asker: Asker,
        seat: Seat,
        *,
        detail: StayDetail,
        texts: Callable[[], DeskTexts],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self._detail = detail
        self._texts = texts
        self._proof = ProofEntry(self)
        self._proof.typed.connect(self._typed)
        self._intent = ""
        self._shops: tuple[tuple[ShopId, str], ...] = ()
        self.state = PayerState()
        detail.changed.connect(self.changed)

    def know(self, view: DeskView | None) -> None:
        """The shops that take part now."""
        shops = () if view is None else view.shops
        if shops != self._shops:
            self._shops = shops
            self.changed.emit()

    def show(self, state: PayerState) -> None:
        """Show this as it stands."""
        self.state = state
        self.changed.emit()

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        if self.state.is_waiting:
            self.show(replace(self.state, is_waiting=False, problem=problem))

    @Slot(str)
    def begin(self, deed: str) -> None:
        """The attendant wants this: for the stay that is shown, or for a wallet."""
        row = self._detail.row if deed in _OF_A_STAY else None
        if self._seat.attendant is None or deed not in {"goodwill", *_deeds_of(row)}:
            return
        self._proof.begin(OWN if deed == "hand-over" else "amount")
        self._intent = uuid.uuid4().hex
        self.show(
            PayerState(
                deed=deed,
                stay=None if row is None else row.reservation_id,
                plate="" if row is None else written.plate(row.plate),
                shop=str(self._shops[0][0]) if self._shops else OPERATOR,
            )
        )

    @Slot(str, str)
    def say(self, field: str, text: str) -> None:
        """What a line or a choice says so far: shop, kind, amount, pass_code, reason."""
        if getattr(self.state, field) != text:
            changed: dict[str, str] = {field: text}
            self.show(replace(self.state, problem="", **changed))  # type: ignore[arg-type]

    @Slot(str)
    def typeDigit(self, digit: str) -> None:
        """One more digit, where the attendant is."""
        if self._proof.field == "amount":
            self.say("amount", (self.state.amount + digit)[:_MOST_SIGNS])
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
        attendant, state, row = self._seat.attendant, self.state, self._detail.row
        if state.deed == "told":
            self.cancel()
        elif attendant is not None and state.deed and not state.is_waiting:
            shown = None if row is None else row.reservation_id
            problem = "changed" if state.stay not in {None, shown} else self._missing()
            if problem:
                self.show(replace(state, problem=problem))
                return
            command = self._command(attendant)
            self.show(replace(state, is_waiting=True, problem=""))
            self._asker.ask(command, lambda outcome: self._answered(state, outcome))

    @Slot()
    def cancel(self) -> None:
        """Leave everything as it is."""
        self._proof.begin()
        self.show(PayerState())

    # Inside ----------------------------------------------------------------------------------

    @Slot()
    def _typed(self) -> None:
        self.show(replace(self.state, problem=""))

    def _missing(self) -> str:
        state = self.state
        if state.deed == "validate":
            return "" if self._given() else f"{state.kind}-missing"
        if not state.pass_code.strip():
            return "pass-missing"
        if state.deed == "goodwill" and not self._money():
            return "amount-missing"
        if state.deed == "goodwill" and not state.reason.strip():
            return "reason-missing"
        missing = self._proof.missing()
        return "driver-pin-missing" if missing and state.deed == "hand-over" else missing

    def _money(self) -> Money | None:
        currency = self._texts().currency
        minor = minor_of(self.state.amount, currency)
        return Money(minor, currency) if minor else None

    def _given(self) -> Given | None:
        """What is typed, if the kind that is chosen can be so much."""
        kind, text = ValidationKind(self.state.kind), self.state.amount
        if kind is ValidationKind.AMOUNT:
            amount = self._money()
            return None if amount is None else Given(kind, amount.minor)
        whole = int(text) if text.isascii() and text.isdigit() else 0
        most = 100 if kind is ValidationKind.PERCENT else _MOST_MINUTES
        if not 1 <= whole <= most:
            return None
        return Given(kind, whole * 100 if kind is ValidationKind.PERCENT else whole)

    def _command(self, attendant: Attendant) -> Command[Answer]:
        state = self.state
        command: Command[Answer]
        if state.deed == "validate":
            given = self._given()
            assert state.stay is not None, "of the stay that is shown"
            assert given is not None, "looked at before"
            command = ValidateStay(
                actor=attendant.actor,
                attendant_id=attendant.id,
                reservation_id=state.stay,
                shop_id=None if state.shop == OPERATOR else ShopId(int(state.shop)),
                given=given,
            )
        elif state.deed == "hand-over":
            assert state.stay is not None, "of the stay that is shown"
            command = HandOver(
                actor=attendant.actor,
                reservation_id=state.stay,
                method=WalletProof(state.pass_code.strip(), self._proof.take_pin()),
                intent=self._intent,
            )
        else:
            amount = self._money()
            assert amount is not None, "looked at before"
            command = GiveGoodwill(
                actor=attendant.actor,
                proof=self._proof.take(attendant),
                pass_code=state.pass_code.strip(),
                amount=amount,
                reason=state.reason.strip(),
                intent=self._intent,
            )
        return command

    def _answered(self, asked: PayerState, outcome: Answer) -> None:
        """`asked` may have been cancelled meanwhile; nothing is told of it then."""
        answer = told(outcome, self._texts())
        if self._seat.attendant is None:
            return  # a locked desk has forgotten it
        if answer.has_left:
            self._seat.leave()
        elif (self.state.deed, self.state.stay) != (asked.deed, asked.stay):
            return
        elif answer.problem:
            if answer.problem == "second-needed":
                self._proof.ask_second()
            told_so = replace(self.state, is_waiting=False, limit=answer.limit)
            self.show(replace(told_so, problem=answer.problem))
        else:
            plate = asked.plate
            self.show(PayerState("told", plate=plate, note=answer.note, limit=answer.limit))

    # What QML reads --------------------------------------------------------------------------

    @Property(list, notify=changed)
    def deeds(self) -> list[str]:
        """What can be begun for the stay that is shown."""
        return list(_deeds_of(self._detail.row))

    @Property(bool, notify=changed)
    def isShown(self) -> bool:
        return self.state.deed != ""

    @Property(list, notify=changed)
    def shops(self) -> list[dict[str, str]]:
        """Keys and names to choose among; the last is the car park itself, without a name."""
        shops = [{"key": str(shop_id), "name": name} for shop_id, name in self._shops]
        return [*shops, {"key": OPERATOR, "name": ""}]

    @Property(dict, notify=changed)
    def shown(self) -> dict[str, str]:
        """What is typed and told, by the names of PayerState."""
        named = (
            "deed", "plate", "shop", "kind", "amount", "pass_code", "reason",
            "problem", "limit", "note",
        )  # fmt: skip
        return {name: getattr(self.state, name) for name in named}

    @Property(ProofEntry, constant=True)
    def proof(self) -> ProofEntry:
        return self._proof

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting


def _deeds_of(row: StayRow | None) -> tuple[str, ...]:
    """Only a stay of a car that is inside has a part to pay, or another driver."""
    return _OF_A_STAY if row is not None and row.state is State.ARRIVED else ()
