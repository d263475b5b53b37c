"""What QML sees of the exit screen and what it may ask; the way itself is exit_flow.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import LaneName
from kiosk.domain.site import Site
from kiosk.services.events import Published
from kiosk.ui.bridge import Asker
from kiosk.ui.format import Language
from kiosk.ui.screens.bill import BillText
from kiosk.ui.screens.exit_flow import ExitFlow
from kiosk.ui.screens.exit_leaving import ExitLeaving
from kiosk.ui.screens.exit_state import ExitState
from kiosk.ui.screens.exit_words import exit_note, wants_ticket
from kiosk.ui.screens.my_ticket import MyTicket
from kiosk.ui.screens.note import Note
from kiosk.ui.screens.pay import PayForm
from kiosk.ui.session import Session

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by kiosk.app")
class ExitScreen(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """One lane's exit screen; give it every event of the bridge with `on_published`."""

    changed = Signal()
    language_changed = Signal(str)
    """The driver speaks this language from now on: switch the translator, then retranslate."""
    help_asked = Signal(str)
    """The driver in this lane wants the attendant: ring the desk (ux 36)."""

    def __init__(
        self,
        asker: Asker,
        *,
        site: Site,
        lane: LaneName,
        kiosk_number: str,
        help_phone: str,
        card_adapter: str | None,
        language: Language,
        now: Callable[[], datetime],
        second_ms: int = 1000,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._site_name = site.name
        self._lane = lane
        self._kiosk_number = kiosk_number
        self._help_phone = help_phone
        self.flow = ExitFlow(
            asker,
            site=site,
            lane=lane,
            card_adapter=card_adapter,
            language=language,
            now=now,
            second_ms=second_ms,
            owner=self,
            changed=self.changed.emit,
            ring=lambda: self.help_asked.emit(self._lane),
        )
        self.person = self.flow.person
        self.pay_form = self.flow.pay_form
        self.bill_text = self.flow.bill_text
        self.person.language_changed.connect(self.language_changed)
        self.flow.mine.helpWanted.connect(self.help)

    @property
    def state(self) -> ExitState:
        """What the driver before the barrier sees."""
        return self.flow.state

    @Slot(object)
    def on_published(self, event: Published) -> None:
        """An event of the core, on the main thread."""
        self.flow.on_published(event)

    @Slot()
    def on_overloaded(self) -> None:
        """The core took no command: the driver may press again."""
        self.flow.on_overloaded()

    def note(self) -> Note:
        """What went otherwise, in the present language; empty when nothing did."""
        state = self.state
        if state.problem is None:
            return Note("", "", "", "", is_bad=False)
        return exit_note(
            state.problem,
            is_in_order=self.flow.is_in_order(),
            has_paid=state.has_paid,
            say=self.flow.say,
        )

    # What the driver does ----------------------------------------------------------------

    @Slot()
    def pay(self) -> None:
        """From what is due to how it is paid."""
        self.flow.pay()

    @Slot()
    def lookAtMine(self) -> None:
        """A ticket without a picture: its code is typed."""
        self.flow.look_at_mine()

    @Slot()
    def back(self) -> None:
        """One page back; entries stay."""
        self.flow.back()

    @Slot()
    def cancel(self) -> None:
        """End the session: what is due stays due, and nothing is charged by leaving."""
        self.flow.cancel()

    @Slot()
    def help(self) -> None:
        """Ring the desk and show how to reach it; again on the help page rings again."""
        self.flow.help()

    # What QML shows --------------------------------------------------------------------------

    @Property(Session, constant=True)
    def session(self) -> Session:
        return self.person

    @Property(BillText, constant=True)
    def bill(self) -> BillText:
        return self.bill_text

    @Property(PayForm, constant=True)
    def form(self) -> PayForm:
        return self.pay_form

    @Property(ExitLeaving, constant=True)
    def leaving(self) -> ExitLeaving:
        return self.flow.leaving

    @Property(MyTicket, constant=True)
    def mine(self) -> MyTicket:
        return self.flow.mine

    @Property(str, constant=True)
    def siteName(self) -> str:
        return self._site_name

    @Property(str, constant=True)
    def kioskNumber(self) -> str:
        return self._kiosk_number

    @Property(str, constant=True)
    def helpPhone(self) -> str:
        return self._help_phone

    @Property(str, notify=changed)
    def page(self) -> str:
        is_waiting = self.state.page == "present" and not self.flow.is_in_order()
        is_fire = self.flow.trouble() == "fire"
        return "out-of-order" if is_waiting or is_fire else self.state.page

    @Property(str, notify=changed)
    def trouble(self) -> str:
        """Why the lane takes no ticket: fire, locked, stopped, fault; empty when it does."""
        return self.flow.trouble()

    @Property(str, notify=changed)
    def laneSign(self) -> str:
        return self.flow.sign()

    @Property(bool, notify=changed)
    def isSettled(self) -> bool:
        return self.state.is_settled

    @Property(bool, notify=changed)
    def isCarThere(self) -> bool:
        return self.flow.is_car_there()

    @Property(bool, notify=changed)
    def offersHelp(self) -> bool:
        return self.state.offers_help

    @Property(bool, notify=changed)
    def hasNoPaper(self) -> bool:
        return self.state.has_no_paper

    @Property(bool, notify=changed)
    def mayHavePaper(self) -> bool:
        return self.state.may_have_paper

    @Property(str, notify=changed)
    def happened(self) -> str:
        return self.note().happened

    @Property(str, notify=changed)
    def money(self) -> str:
        return self.note().money

    @Property(str, notify=changed)
    def advice(self) -> str:
        return self.note().now

    @Property(str, notify=changed)
    def number(self) -> str:
        return self.note().number

    @Property(bool, notify=changed)
    def isBad(self) -> bool:
        return self.note().is_bad

    @Property(bool, notify=changed)
    def wantsTicket(self) -> bool:
        problem = self.state.problem
        return problem is not None and wants_ticket(problem, is_in_order=self.flow.is_in_order())
