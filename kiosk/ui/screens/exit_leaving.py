"""The offer to leave now and pay later, when no payment at the exit has come to anything.

Whether it is offered is decided in kiosk.services.leave_unpaid; a refusal rings the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.debt_outcomes import LeavingOffered, LeavingRefused, LeftUnpaid
from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.outcomes import ExitCovered, TicketProblem
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.debt_commands import LeaveUnpaid, OfferLeaving
from kiosk.ui.bridge import Asker
from kiosk.ui.format import code
from kiosk.ui.screens.say import Say

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate
LeavingAnswer = LeftUnpaid | LeavingOffered | LeavingRefused | ExitCovered | TicketProblem


@QmlElement
@QmlUncreatable("Belongs to its screen")
class ExitLeaving(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """What one exit screen offers to a driver who cannot pay; `left` gets what opens the arm."""

    changed = Signal()

    def __init__(
        self,
        asker: Asker,
        *,
        lane: LaneName,
        say: Say,
        ring: Callable[[], None],
        left: Callable[[ExitCovered | TicketProblem], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._lane = lane
        self._say = say
        self._ring = ring
        self._left = left
        self._asked_for: ReservationId | None = None
        self.answer: LeavingOffered | LeavingRefused | LeftUnpaid | None = None

    # What its screen calls -------------------------------------------------------------------

    def ask(self, reservation_id: ReservationId) -> None:
        """A payment came to nothing: may this car leave all the same?"""
        self._asked_for = reservation_id
        command = OfferLeaving(
            actor=Actor(ActorKind.DRIVER, self._lane),
            lane=self._lane,
            reservation_id=reservation_id,
        )
        self._asker.ask(command, lambda answer: self._hear(reservation_id, answer))

    def wipe(self) -> None:
        """Another driver, or another page: nothing is offered."""
        self._asked_for, self.answer = None, None
        self.changed.emit()

    # What QML calls --------------------------------------------------------------------------

    @Slot()
    def leave(self) -> None:
        """The driver agrees to pay later."""
        if isinstance(self.answer, LeavingOffered):
            reservation_id = self.answer.reservation_id
            command = LeaveUnpaid(
                actor=Actor(ActorKind.DRIVER, self._lane),
                lane=self._lane,
                reservation_id=reservation_id,
                agreed=self.answer.amount,
            )
            self.answer = None
            self.changed.emit()
            self._asker.ask(command, lambda answer: self._hear(reservation_id, answer))

    def _hear(self, reservation_id: ReservationId, answer: LeavingAnswer) -> None:
        if reservation_id != self._asked_for and not isinstance(answer, LeftUnpaid):
            return  # that driver is not here any more
        match answer:
            case LeavingOffered():
                self.answer = answer
            case LeavingRefused():
                if not isinstance(self.answer, LeavingRefused):
                    self._ring()
                self.answer = answer
            case LeftUnpaid(covered=covered):
                self._left(covered)
                self.answer = answer
            case _:
                self._left(answer)
        self.changed.emit()

    # What QML shows --------------------------------------------------------------------------

    @Property(bool, notify=changed)
    def isOffered(self) -> bool:
        return isinstance(self.answer, LeavingOffered)

    @Property(bool, notify=changed)
    def isRefused(self) -> bool:
        return isinstance(self.answer, LeavingRefused)

    @Property(bool, notify=changed)
    def hasLeft(self) -> bool:
        return isinstance(self.answer, LeftUnpaid)

    @Property(str, notify=changed)
    def title(self) -> str:
        match self.answer:
            case LeavingOffered(amount=amount):
                return translate("Exit", "You may leave now and pay {amount} later.").format(
                    amount=self._say.money(amount)
                )
            case LeavingRefused():
                return translate("Exit", "An attendant is coming to you.")
            case LeftUnpaid(amount=amount):
                return translate("Exit", "{amount} are still open.").format(
                    amount=self._say.money(amount)
                )
            case None:
                return ""
            case _:
                assert_never(self.answer)

    @Property(str, notify=changed)
    def detail(self) -> str:
        match self.answer:
            case LeavingOffered(pay_until=pay_until):
                return translate("Exit", "You get a code, and pay with it until {time}.").format(
                    time=self._say.day_and_time(pay_until)
                )
            case LeavingRefused():
                return translate("Exit", "Your price stays as it is. You can pay another way.")
            case LeftUnpaid(pay_until=pay_until):
                return translate(
                    "Exit", "Please pay at the desk until {time} with the code"
                ).format(time=self._say.day_and_time(pay_until))
            case None:
                return ""
            case _:
                assert_never(self.answer)

    @Property(str, notify=changed)
    def code(self) -> str:
        return code(self.answer.code) if isinstance(self.answer, LeftUnpaid) else ""
