"""What QML sees of the entry screen and what it may ask; the way itself is entry_flow.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.outcomes import (
    NoCarInLane,
    PlateHasReservation,
    ReservationEnded,
    TicketEarly,
    TicketExpired,
    TicketRevoked,
    TicketUsed,
)
from kiosk.domain.site import Site
from kiosk.services.events import Published
from kiosk.ui.bridge import Asker
from kiosk.ui.format import Language
from kiosk.ui.lane_sign import LaneSign, lane_sign, lane_trouble, sign_after_grant
from kiosk.ui.plate_keys import Country
from kiosk.ui.screens.choose import SpaceChoice
from kiosk.ui.screens.entry_flow import EntryFlow
from kiosk.ui.screens.entry_state import STEPS
from kiosk.ui.screens.entry_texts import ReviewText, TicketText
from kiosk.ui.screens.entry_words import entry_note
from kiosk.ui.screens.find import FindForm
from kiosk.ui.screens.instead import InsteadText
from kiosk.ui.screens.my_ticket import MyTicket
from kiosk.ui.screens.needs import NeedsForm
from kiosk.ui.screens.note import Note
from kiosk.ui.screens.pay import PayForm
from kiosk.ui.screens.plate import PlateForm
from kiosk.ui.screens.when import WhenForm
from kiosk.ui.session import Session

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by kiosk.app")
class EntryScreen(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """One lane's entry screen; give it every event of the bridge with `on_published`."""

    changed = Signal()
    help_asked = Signal(str)
    """The driver in this lane wants the attendant: ring the desk (ux 36)."""
    language_changed = Signal(str)
    """kiosk.app switches the translator of this screen: "en" or "zh_CN"."""

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
        country: Country,
        now: Callable[[], datetime],
        open_local: tuple[time, time] | None = None,
        second_ms: int = 1000,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._site_name = site.name
        self._lane = lane
        self._kiosk_number = kiosk_number
        self._help_phone = help_phone
        self._open_local = open_local
        self.flow = EntryFlow(
            asker,
            site=site,
            lane=lane,
            card_adapter=card_adapter,
            country=country,
            language=language,
            now=now,
            second_ms=second_ms,
            owner=self,
            changed=self.changed.emit,
        )
        self.person = self.flow.stage.session
        self.flow.mine.helpWanted.connect(self.help)
        self.person.language_changed.connect(self.language_changed)
        self.flow.refresh()

    @Slot(object)
    def on_published(self, event: Published) -> None:
        """An event of the core, on the main thread."""
        self.flow.on_published(event)

    @Slot()
    def on_overloaded(self) -> None:
        """The core took no more commands."""
        self.flow.on_overloaded()

    # What the driver does ----------------------------------------------------------------

    @Slot()
    def start(self) -> None:
        """Any touch of the first page."""
        self.flow.start()

    @Slot()
    def askWhen(self) -> None:
        """Later than now."""
        self.flow.sale.ask_when()

    @Slot()
    def comeLater(self) -> None:
        """Day and time are chosen."""
        self.flow.sale.come_later()

    @Slot()
    def askCar(self) -> None:
        """What does the car need?"""
        self.flow.ask_car()

    @Slot()
    def search(self) -> None:
        """Area and duration are chosen."""
        self.flow.sale.search()

    @Slot()
    def take(self) -> None:
        """The chosen space, or the best one for me."""
        self.flow.sale.take()

    @Slot()
    def reserve(self) -> None:
        """The plate is typed."""
        self.flow.sale.reserve()

    @Slot()
    def prove(self) -> None:
        """I have paid already: show my ticket."""
        self.flow.prove()

    @Slot()
    def lookAtMine(self) -> None:
        """A ticket of my own: by its code, or held to the reader."""
        self.flow.look_at_mine()

    @Slot(int)
    def pick(self, key: int) -> None:
        """One of several tickets."""
        self.flow.pick(ReservationId(key))

    @Slot()
    def back(self) -> None:
        """One page back."""
        self.flow.back()

    @Slot()
    def cancel(self) -> None:
        """End: Cancel, or Done under a ticket."""
        self.flow.cancel()

    @Slot()
    def dismiss(self) -> None:
        """The note was read."""
        self.flow.dismiss()

    @Slot()
    def followNote(self) -> None:
        """What the note offers: the ticket again, by its pass or as it was presented."""
        match self.note_offer():
            case "ticket":
                self.flow.prove()
            case "mine":
                self.flow.look_at_mine(self.flow.stage.state.presented)

    @Slot(str)
    def takeInstead(self, key: str) -> None:
        """One of the areas or windows that could be had."""
        self.flow.sale.take_instead(key)

    @Slot()
    def takeSecond(self) -> None:
        """The first of two spaces is paid: on to the other one."""
        self.flow.sale.take_second()

    @Slot()
    def help(self) -> None:
        """Ring the desk and show how to reach it; again on the help page rings again."""
        self.help_asked.emit(self._lane)
        self.flow.ask_for_help()

    # What QML shows ----------------------------------------------------------------------

    @Property(Session, constant=True)
    def session(self) -> Session:
        return self.flow.stage.session

    @Property(FindForm, constant=True)
    def find(self) -> FindForm:
        return self.flow.stage.forms.find

    @Property(WhenForm, constant=True)
    def when(self) -> WhenForm:
        return self.flow.stage.forms.when

    @Property(NeedsForm, constant=True)
    def needs(self) -> NeedsForm:
        return self.flow.stage.forms.needs

    @Property(InsteadText, constant=True)
    def instead(self) -> InsteadText:
        return self.flow.stage.forms.instead

    @Property(SpaceChoice, constant=True)
    def choice(self) -> SpaceChoice:
        return self.flow.stage.forms.choice

    @Property(PlateForm, constant=True)
    def plate(self) -> PlateForm:
        return self.flow.stage.forms.plate

    @Property(PayForm, constant=True)
    def pay(self) -> PayForm:
        return self.flow.stage.forms.pay

    @Property(PayForm, constant=True)
    def proof(self) -> PayForm:
        return self.flow.stage.forms.proof

    @Property(MyTicket, constant=True)
    def mine(self) -> MyTicket:
        return self.flow.mine

    @Property(ReviewText, constant=True)
    def review(self) -> ReviewText:
        return self.flow.stage.forms.review

    @Property(TicketText, constant=True)
    def ticket(self) -> TicketText:
        return self.flow.stage.forms.ticket

    @Property(str, constant=True)
    def siteName(self) -> str:
        return self._site_name

    @Property(str, constant=True)
    def kioskNumber(self) -> str:
        return self._kiosk_number

    @Property(str, constant=True)
    def helpPhone(self) -> str:
        return self._help_phone

    @Property(str, constant=True)
    def openHours(self) -> str:
        """Empty when the site never closes."""
        if self._open_local is None:
            return ""
        opens, closes = self._open_local
        return f"{opens:%H:%M} – {closes:%H:%M}"

    @Property(str, notify=changed)
    def page(self) -> str:
        return self.flow.stage.state.shown_page

    @Property(int, notify=changed)
    def step(self) -> int:
        return STEPS.get(self.flow.stage.state.page, 0)

    @Property(bool, notify=changed)
    def isBusy(self) -> bool:
        return self.flow.stage.state.is_busy

    @Property(bool, notify=changed)
    def canLeave(self) -> bool:
        return self.flow.stage.can_leave()

    @Property(bool, notify=changed)
    def isInOrder(self) -> bool:
        return self.flow.stage.state.is_in_order

    @Property(str, notify=changed)
    def trouble(self) -> str:
        """Why the lane takes no ticket: fire, locked, stopped, fault; empty when it does."""
        return lane_trouble(self.flow.stage.state.lane)

    @Property(bool, notify=changed)
    def hasNoPaper(self) -> bool:
        return self.flow.stage.state.has_no_paper

    @Property(bool, notify=changed)
    def mayHavePaper(self) -> bool:
        return self.flow.stage.state.may_have_paper

    @Property(bool, notify=changed)
    def isThrough(self) -> bool:
        return self.flow.stage.state.is_through

    @Property(str, notify=changed)
    def laneSign(self) -> str:
        return self.sign()

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

    @Property(str, notify=changed)
    def noteOffer(self) -> str:
        return self.note_offer()

    @Property(str, notify=changed)
    def secondWindow(self) -> str:
        """When the other one of two spaces begins; empty when there is none."""
        second = self.flow.stage.state.second
        return "" if second is None else self.flow.stage.say.window(second.window)

    def sign(self) -> LaneSign:
        """What the barrier does, for the driver who was let in or for everybody."""
        state = self.flow.stage.state
        if state.granted is not None and not state.is_through:
            return sign_after_grant(state.lane)
        return lane_sign(state.lane)

    def note_offer(self) -> str:
        """What the note has a second button for: ticket, mine, or nothing."""
        match self.flow.stage.state.news:
            case PlateHasReservation() | ReservationEnded():
                return "ticket"
            case TicketEarly() | TicketExpired() | TicketUsed() | TicketRevoked() | NoCarInLane():
                return "mine" if self.flow.stage.state.presented else ""
            case _:
                return ""

    def note(self) -> Note:
        """What went otherwise, in the present language; empty when nothing did."""
        state = self.flow.stage.state
        if state.news is None:
            return Note("", "", "", "", is_bad=False)
        return entry_note(
            state.news,
            is_in_order=state.is_in_order,
            say=self.flow.stage.say,
        )
