"""Wallets at the desk: open one with the driver's own PIN, and top one up in cash or by card."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    AmountRefused,
    NotSignedIn,
    PaymentDeclined,
    PaymentRunning,
    PaymentUnavailable,
    PinRefused,
    UnknownPass,
    WalletOpened,
    WalletShown,
)
from kiosk.domain.till_outcomes import ShiftClosed
from kiosk.services.commands import CardPresented, OpenWallet, TopUpWallet
from kiosk.services.events import PaymentFinished
from kiosk.services.till_commands import TopUpByCard
from kiosk.services.wallets import PASS_PREFIX
from kiosk.ui import format as written
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.pin_entry import PinEntry
from kiosk.ui.desk.seat import Seat
from kiosk.ui.desk.texts import DeskTexts, minor_of
from kiosk.ui.desk.wallet_deeds import WalletDeeds
from kiosk.ui.desk.wallet_state import CardAnswer, WalletState, after_card

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

QUICK_AMOUNTS = (10, 20, 50, 100)
"""Whole units of the site's currency: the notes that drivers hand over."""


@QmlElement
@QmlUncreatable("made by the desk")
class WalletForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """One step after another; the same money is never added twice, however often it is pressed."""

    changed = Signal()
    opened = Signal(str)
    """A wallet was opened: the code of its pass."""

    def __init__(
        self,
        asker: Asker,
        seat: Seat,
        *,
        desk: str,
        card: str | None,
        texts: Callable[[], DeskTexts],
        parent: QObject,
    ) -> None:
        """`card` names who takes cards; None: nobody does."""
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self._desk = desk
        self._card = card
        self._texts = texts
        self._pin = PinEntry()
        self._first_pin = ""
        self._intent = ""
        self._deeds = WalletDeeds(asker, seat, desk=desk, texts=texts, parent=self)
        self.state = WalletState()

    def show(self, state: WalletState) -> None:
        """Show this step."""
        self.state = state
        self.changed.emit()

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        self._deeds.try_again(problem)
        if self.state.is_waiting and self.state.page != "card":
            self.show(replace(self.state, is_waiting=False, problem=problem))

    def finish(self, event: PaymentFinished) -> None:
        """A provider has answered: ours is what this form has asked for."""
        if self._intent and event.operation_key == self._intent:
            answer = event.outcome
            assert isinstance(answer, CardAnswer), "another answer to a top-up"
            self._card_answered(answer)

    @Slot()
    def wipe(self) -> None:
        """Forget everything typed and shown: the next driver begins with a clean form."""
        self._deeds.wipe()
        self._pin.take()
        self._first_pin = self._intent = ""
        self.show(WalletState())

    @Slot()
    def openNew(self) -> None:
        """Begin a new wallet."""
        self.wipe()
        self.show(WalletState(page="driver"))

    @Slot()
    def topUpOpened(self) -> None:
        """Put money into the wallet that was just opened."""
        self.show(WalletState(page="top-up", pass_code=self.state.pass_code))

    @Slot(str)
    def typeName(self, name: str) -> None:
        """The driver's name as it stands now."""
        self.show(replace(self.state, driver_name=name, problem=""))

    @Slot(str)
    def typePhone(self, phone: str) -> None:
        """The driver's phone number as it stands now."""
        self.show(replace(self.state, phone=phone, problem=""))

    @Slot(str)
    def typePass(self, pass_code: str) -> None:
        """The pass code as it is typed or scanned so far."""
        self._intent = ""
        self.show(replace(self.state, pass_code=pass_code, problem=""))

    @Slot(str)
    def typeAmount(self, amount: str) -> None:
        """The amount as it stands now."""
        self._intent = ""
        self.show(replace(self.state, amount=amount, problem=""))

    @Slot(bool)
    def chooseCard(self, is_card: bool) -> None:
        """By card, or in cash."""
        self._intent = ""
        self.show(replace(self.state, is_card=is_card and self._card is not None, problem=""))

    @Slot(str)
    def typeDigit(self, digit: str) -> None:
        """One more digit of the driver's PIN."""
        self._pin.type(digit)
        self.show(replace(self.state, problem=""))

    @Slot()
    def erase(self) -> None:
        """Take the last digit of the PIN back."""
        self._pin.erase()
        self.show(replace(self.state, problem=""))

    @Slot()
    def confirm(self) -> None:
        """Go on from the step that is shown."""
        if self.state.is_waiting:
            return
        match self.state.page:
            case "driver":
                self._name_given()
            case "pin":
                if self._pin.length:
                    self._first_pin = self._pin.take()
                    self.show(replace(self.state, page="repeat", problem=""))
            case "repeat":
                self._pin_repeated()
            case "opened":
                self.topUpOpened()
            case "top-up":
                self._top_up()
            case _:
                self.wipe()

    def _name_given(self) -> None:
        if not self.state.driver_name.strip():
            self.show(replace(self.state, problem="name-missing"))
            return
        self.show(replace(self.state, page="pin", problem=""))

    def _pin_repeated(self) -> None:
        attendant = self._seat.attendant
        if attendant is None or self._pin.length == 0:
            return
        pin, first = self._pin.take(), self._first_pin
        self._first_pin = ""
        if pin != first:
            self.show(replace(self.state, page="pin", problem="differs"))
            return
        command = OpenWallet(
            actor=attendant.actor,
            attendant_id=attendant.id,
            driver_name=self.state.driver_name.strip(),
            phone=self.state.phone.strip(),
            pin=pin,
        )
        self.show(replace(self.state, is_waiting=True, problem=""))
        self._asker.ask(command, self._open_answered)

    def _open_answered(self, outcome: WalletOpened | PinRefused | NotSignedIn) -> None:
        match outcome:
            case WalletOpened(pass_code=pass_code):
                self.opened.emit(pass_code)
                self.show(WalletState(page="opened", pass_code=pass_code))
            case PinRefused(shortest_digits):
                refused = replace(self.state, page="pin", is_waiting=False, problem="pin-refused")
                self.show(replace(refused, shortest_digits=shortest_digits))
            case NotSignedIn():
                self.wipe()
                self._seat.leave()
            case _:
                assert_never(outcome)

    def _top_up(self) -> None:
        attendant = self._seat.attendant
        if attendant is None:
            return
        pass_code = "".join(self.state.pass_code.split())
        if not pass_code:
            self.show(replace(self.state, problem="pass-missing"))
            return
        currency = self._texts().currency
        minor = minor_of(self.state.amount, currency)
        if not minor:
            self.show(replace(self.state, problem="amount-missing"))
            return
        self._intent = self._intent or uuid.uuid4().hex
        amount = Money(minor, currency)
        self.show(replace(self.state, is_waiting=True, problem="", added=amount))
        if self.state.is_card and self._card is not None:
            by_card = TopUpByCard(
                actor=attendant.actor,
                attendant_id=attendant.id,
                pass_code=pass_code,
                amount=amount,
                card=CardPresented(self._card),
                intent=self._intent,
            )
            self._asker.ask(by_card, self._card_answered)
            return
        command = TopUpWallet(
            actor=attendant.actor,
            attendant_id=attendant.id,
            desk=self._desk,
            pass_code=pass_code,
            amount=amount,
            intent=self._intent,
        )
        self._asker.ask(command, self._top_up_answered)

    def _top_up_answered(
        self, outcome: WalletShown | UnknownPass | AmountRefused | ShiftClosed | NotSignedIn
    ) -> None:
        match outcome:
            case WalletShown(pass_code=pass_code, balance=balance):
                added = self.state.added
                self.wipe()
                self.show(
                    WalletState(
                        page="topped-up", pass_code=pass_code, added=added, balance=balance
                    )
                )
            case UnknownPass():
                self.show(replace(self.state, is_waiting=False, problem="unknown-pass"))
            case AmountRefused(most):
                refused = replace(self.state, is_waiting=False, problem="amount-refused")
                self.show(replace(refused, most=most))
            case ShiftClosed():
                self.show(replace(self.state, is_waiting=False, problem="shift-closed"))
            case NotSignedIn():
                self.wipe()
                self._seat.leave()
            case _:
                assert_never(outcome)

    def _card_answered(self, answer: CardAnswer | NotSignedIn) -> None:
        if isinstance(answer, NotSignedIn):
            self.wipe()
            self._seat.leave()
            return
        if isinstance(answer, PaymentRunning):
            if not self.state.is_waiting:
                return  # its provider was quicker, or the form was left
            self._intent = answer.operation_key
        shown = after_card(self.state, answer)
        if shown.page == "topped-up":
            self.wipe()
        elif isinstance(answer, PaymentDeclined | PaymentUnavailable):
            self._intent = ""
        self.show(shown)

    @Property(str, notify=changed)
    def page(self) -> str:
        return self.state.page

    @Property(str, notify=changed)
    def driverName(self) -> str:
        return self.state.driver_name

    @Property(str, notify=changed)
    def phone(self) -> str:
        return self.state.phone

    @Property(int, notify=changed)
    def pinLength(self) -> int:
        return self._pin.length

    @Property(str, notify=changed)
    def passCode(self) -> str:
        """The pass code as typed."""
        return self.state.pass_code

    @Property(str, notify=changed)
    def passText(self) -> str:
        """The pass code in groups, as it is read out."""
        return written.code(self.state.pass_code)

    @Property(str, notify=changed)
    def passQr(self) -> str:
        """What the pass says to a scanner."""
        return PASS_PREFIX + self.state.pass_code if self.state.pass_code else ""

    @Property(str, notify=changed)
    def amount(self) -> str:
        return self.state.amount

    @Property(list, constant=True)
    def quickAmounts(self) -> list[str]:
        """Amounts for one touch, as they would be typed."""
        return [str(whole) for whole in QUICK_AMOUNTS]

    @Property(str, constant=True)
    def currency(self) -> str:
        return self._texts().currency

    @Property(bool, constant=True)
    def takesCards(self) -> bool:
        """Whether a provider takes cards here."""
        return self._card is not None

    @Property(bool, notify=changed)
    def isCard(self) -> bool:
        return self.state.is_card

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self.state.problem

    @Property(WalletDeeds, constant=True)
    def deeds(self) -> WalletDeeds:
        return self._deeds

    @Property(int, notify=changed)
    def shortestDigits(self) -> int:
        return self.state.shortest_digits

    @Property(str, notify=changed)
    def most(self) -> str:
        return self._money(self.state.most)

    @Property(str, notify=changed)
    def added(self) -> str:
        return self._money(self.state.added)

    @Property(str, notify=changed)
    def balance(self) -> str:
        return self._money(self.state.balance)

    def _money(self, amount: Money | None) -> str:
        return self._texts().money(amount) if amount is not None else ""
