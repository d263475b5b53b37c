"""What QML sees of a ticket that a driver looks at, and what it may ask; ticket_flow.py acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import AreaId, LaneName, SpaceId
from kiosk.domain.reservation import State
from kiosk.domain.site import Rules
from kiosk.services.views import Direction
from kiosk.ui import format as written
from kiosk.ui.bridge import Asker
from kiosk.ui.models import RowsModel
from kiosk.ui.screens.note import Note
from kiosk.ui.screens.pay import PayForm
from kiosk.ui.screens.say import Say
from kiosk.ui.screens.ticket_flow import TicketFlow
from kiosk.ui.screens.ticket_news import ticket_note
from kiosk.ui.screens.ticket_rows import (
    WayRow,
    deed_row,
    difference_words,
    done_words,
    old_ticket_words,
    space_row,
    state_words,
    ticket_texts,
)
from kiosk.ui.screens.ticket_state import Steps, deeds_of, has_its_start, steps_of
from kiosk.ui.session import Session

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

MOST_SPACES = 5
"""Substitutes that are shown, the best first."""
HURRY = timedelta(minutes=2)


@QmlElement
@QmlUncreatable("Belongs to its screen")
class MyTicket(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """The pages of one ticket; `page` is empty while nobody looks at one."""

    changed = Signal()
    ticked = Signal()
    helpWanted = Signal()
    """The driver wants the attendant."""
    closed = Signal()
    """The driver is done: the session ends."""
    proofWanted = Signal()
    """The code is not at hand: the pass brings the ticket back."""

    def __init__(
        self,
        asker: Asker,
        *,
        lane: LaneName,
        direction: Direction,
        rules: Rules,
        say: Say,
        session: Session,
        card_adapter: str | None,
        area_name: Callable[[AreaId], str],
        now: Callable[[], datetime],
        second_ms: int,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._direction = direction
        self._rules = rules
        self._say = say
        self._session = session
        self._area_name = area_name
        self._now = now
        self.flow = TicketFlow(
            asker, lane=lane, now=now, show=self._shown, closed=self.closed.emit
        )
        self._form = PayForm(
            send=self.flow.send,
            card_adapter=card_adapter,
            say=say,
            now=now,
            parent=self,
            second_ms=second_ms,
        )
        self.flow.pay = self._form
        self._deeds = RowsModel(WayRow, key="key", parent=self)
        self._spaces = RowsModel(WayRow, key="key", parent=self)
        self._seconds = QTimer(self)
        self._seconds.setInterval(second_ms)
        self._seconds.timeout.connect(self._second_passed)
        self._form.changed.connect(self.changed)

    def is_open(self) -> bool:
        """Whether somebody looks at a ticket here."""
        return self.flow.look.page != ""

    def scan(self, pass_code: str) -> None:
        """A pass was held to the reader: filled in where one is asked for."""
        if self.flow.look.page in {"pay", "hand"}:
            self._form.scan(pass_code)

    def tell_again(self) -> None:
        """Say everything anew: the language is another."""
        self._form.show(self._form.state)
        self._shown()

    def note(self) -> Note:
        """Why something was not done; empty when nothing went wrong."""
        news = self.flow.look.news
        none = Note("", "", "", "", is_bad=False)
        return none if news is None else ticket_note(news, self._say)

    # What QML calls ----------------------------------------------------------------------

    @Slot(str)
    def press(self, sign: str) -> None:
        """A sign of the short code."""
        self.flow.press(sign)

    @Slot()
    def correct(self) -> None:
        """Take the last sign back."""
        self.flow.correct()

    @Slot()
    def back(self) -> None:
        """One page back."""
        self.flow.back()

    @Slot()
    def end(self) -> None:
        """Done."""
        if self.flow.can_be_left():
            self.closed.emit()

    @Slot()
    def help(self) -> None:
        """The attendant, please."""
        self.helpWanted.emit()

    @Slot()
    def prove(self) -> None:
        """No code at hand."""
        self.proofWanted.emit()

    @Slot()
    def dismiss(self) -> None:
        """The note was read."""
        self.flow.dismiss()

    @Slot(str)
    def do(self, deed: str) -> None:
        """One of the ways on."""
        match deed:
            case "enter" | "leave":
                self.flow.present()
            case "change" | "extend":
                self.flow.ask_change()
            case "cancel":
                self.flow.ask_cancel()
            case "occupied":
                self.flow.ask_spaces()
            case "hand":
                self.flow.ask_hand()
            case _:
                raise AssertionError(f"a ticket knows no {deed}")

    @Slot()
    def cancelReservation(self) -> None:
        """The driver agrees to what goes back."""
        self.flow.cancel()

    @Slot()
    def change(self) -> None:
        """Ask for the wanted window."""
        self.flow.change()

    @Slot(str)
    def step(self, key: str) -> None:
        """A key of a dial: start_earlier, start_later, end_earlier, end_later."""
        steps = self._steps()
        if steps is not None:
            self.flow.want(getattr(steps, key))

    @Slot(str)
    def takeSpace(self, key: str) -> None:
        """One of the substitutes."""
        self.flow.take_space(SpaceId(int(key)))

    @Slot()
    def takeMoney(self) -> None:
        """The money back."""
        self.flow.take_money()

    # What QML shows ----------------------------------------------------------------------

    @Property(Session, constant=True)
    def session(self) -> Session:
        return self._session

    @Property(PayForm, constant=True)
    def pay(self) -> PayForm:
        return self._form

    @Property(bool, constant=True)
    def isEntry(self) -> bool:
        return self._direction is Direction.ENTRY

    @Property(QObject, constant=True)
    def deeds(self) -> QObject:
        return self._deeds

    @Property(QObject, constant=True)
    def spaces(self) -> QObject:
        return self._spaces

    @Property(str, notify=changed)
    def page(self) -> str:
        look = self.flow.look
        return "note" if look.news is not None else look.page

    @Property(bool, notify=changed)
    def isBusy(self) -> bool:
        return self.flow.look.is_busy

    @Property(str, notify=changed)
    def typed(self) -> str:
        return written.code(self.flow.look.typed)

    @Property(dict, notify=changed)
    def ticket(self) -> dict[str, str]:
        """The ticket as it stands, by the names of ticket_rows.TICKET."""
        return ticket_texts(self.flow.look.shown, self._say)

    @Property(bool, notify=changed)
    def keepsStart(self) -> bool:
        """Whether only the end can be changed."""
        shown = self.flow.look.shown
        return shown is not None and has_its_start(shown, now=self._now())

    @Property(str, notify=changed)
    def state(self) -> str:
        return self._state()[1]

    @Property(str, notify=changed)
    def stateKind(self) -> str:
        return self._state()[0]

    @Property(str, notify=changed)
    def opens(self) -> str:
        """When the entrance opens for it, if that is later."""
        shown = self.flow.look.shown
        if shown is None or not self._is_early():
            return ""
        return self._say.day_and_time(shown.ticket.window.from_ - self._rules.early_entry)

    @Property(str, notify=changed)
    def paysBack(self) -> str:
        """What went back of a reservation that has ended; empty for all others."""
        shown = self.flow.look.shown
        if shown is None or shown.pays_back is None:
            return ""
        return self._say.money(shown.pays_back)

    @Property(str, notify=changed)
    def done(self) -> str:
        """What was done a moment ago."""
        done = self.flow.look.done
        return "" if done is None else done_words(done, self._say)

    @Property(str, notify=changed)
    def oldTicket(self) -> str:
        """What a change made of the ticket of before."""
        return old_ticket_words(self.flow.look)

    @Property(str, notify=changed)
    def refund(self) -> str:
        """What cancelling gives back."""
        priced = self.flow.look.priced
        return "" if priced is None else self._say.money(priced.refund)

    @Property(str, notify=changed)
    def kept(self) -> str:
        """What cancelling does not give back; empty when that is nothing."""
        priced = self.flow.look.priced
        return self._say.money(priced.kept) if priced is not None and priced.kept else ""

    @Property(str, notify=changed)
    def wantedFrom(self) -> str:
        wanted = self.flow.look.wanted
        return "" if wanted is None else self._say.day_and_time(wanted.from_)

    @Property(str, notify=changed)
    def wantedUntil(self) -> str:
        wanted = self.flow.look.wanted
        return "" if wanted is None else self._say.day_and_time(wanted.until)

    @Property(str, notify=changed)
    def wantedDuration(self) -> str:
        wanted = self.flow.look.wanted
        return "" if wanted is None else self._say.span(wanted.duration)

    @Property(list, notify=changed)
    def steps(self) -> list[str]:
        """The keys that can be pressed now."""
        steps = self._steps()
        return [key for key in Steps.__slots__ if getattr(steps, key, None) is not None]

    @Property(bool, notify=changed)
    def isChanged(self) -> bool:
        look = self.flow.look
        return look.shown is not None and look.wanted not in {None, look.shown.ticket.window}

    @Property(str, notify=changed)
    def keptWindow(self) -> str:
        """The window that waits to be paid."""
        kept = self.flow.look.kept
        return "" if kept is None else self._say.window(kept.window)

    @Property(str, notify=changed)
    def difference(self) -> str:
        """What is to be paid for it, or by the next driver."""
        return difference_words(self.flow.look, self._say)

    @Property(str, notify=ticked)
    def timeLeft(self) -> str:
        return written.countdown(self._left())

    @Property(bool, notify=ticked)
    def isShort(self) -> bool:
        return self._left() <= HURRY

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

    # -------------------------------------------------------------------------------------

    def _shown(self) -> None:
        look = self.flow.look
        if look.kept is not None and not self._seconds.isActive():
            self._seconds.start()
        elif look.kept is None:
            self._seconds.stop()
        self._deeds.show(self._deed_rows())
        name, say, spaces = self._area_name, self._say, look.spaces[:MOST_SPACES]
        self._spaces.show([space_row(each, name(each.area_id), say) for each in spaces])
        self.changed.emit()
        self.ticked.emit()

    @Slot()
    def _second_passed(self) -> None:
        self.flow.second_passed()
        self.ticked.emit()

    def _left(self) -> timedelta:
        kept = self.flow.look.kept
        return timedelta() if kept is None else kept.pay_until - self._now()

    def _is_early(self) -> bool:
        shown = self.flow.look.shown
        if shown is None or shown.state is not State.CONFIRMED:
            return False
        return self._now() < shown.ticket.window.from_ - self._rules.early_entry

    def _steps(self) -> Steps | None:
        look = self.flow.look
        if look.shown is None or look.wanted is None:
            return None
        return steps_of(look, rules=self._rules, now=self._now())

    def _deed_rows(self) -> list[WayRow]:
        shown = self.flow.look.shown
        if shown is None:
            return []
        now, rules = self._now(), self._rules
        deeds = deeds_of(shown, direction=self._direction, rules=rules, now=now)
        return [deed_row(each, shown, rules=rules, say=self._say) for each in deeds]

    def _state(self) -> tuple[str, str]:
        shown = self.flow.look.shown
        return ("neutral", "") if shown is None else state_words(shown, is_early=self._is_early())
