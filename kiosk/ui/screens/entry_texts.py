"""The review before money and the paid ticket as texts for QML; adds nothing up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.cancellation import ALL_BP
from kiosk.domain.outcomes import Granted, Reserved, TicketIssued
from kiosk.domain.site import Rules
from kiosk.domain.tariff import Tariff
from kiosk.domain.time import Window
from kiosk.ui.format import code, countdown, percent, plate
from kiosk.ui.models import RowsModel
from kiosk.ui.screens.say import Say
from kiosk.ui.screens.tariff_words import overstay_words

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ReviewState:
    """What the driver must know before paying (ux 22), in one language."""

    space: str = ""
    area: str = ""
    window: str = ""
    plate: str = ""
    price: str = ""
    tax: str = ""
    free_until: str = ""
    """Leaving up to here costs no more than the price."""
    overstay: str = ""
    """What the time after the booked end costs, once the grace is over."""
    free_to_cancel_for: str = ""
    """How long after reserving cancelling costs nothing, even when the window has begun."""
    no_show_after: str = ""
    no_show_fee: str = ""
    """How much of the booked time a no-show pays, as a duration."""
    is_later: bool = False
    """The window begins later: what follows is about cancelling before it."""
    back_in_full_until: str = ""
    """Cancelling up to here gives everything back."""
    back_in_part: str = ""
    """What cancelling later than that gives back, in percent, until when; empty for nothing."""
    here_by: str = ""
    """Who is not here by then has not come."""
    needs_permit: bool = False
    """The space is an accessible one."""


def review_state(
    reserved: Reserved, *, tariff: Tariff | None, rules: Rules, say: Say, now: datetime
) -> ReviewState:
    """The review of a pending reservation; the tariff is the one its area was shown with."""
    starts_at = reserved.window.from_
    full_until = max(now + rules.regret, _back_in_full_until(reserved.window, rules, now=now))
    return ReviewState(
        space=reserved.space.label,
        area=reserved.area.name,
        window=say.window(reserved.window),
        plate=plate(reserved.plate),
        price=say.money(reserved.quote.total),
        tax=say.money(reserved.quote.tax),
        free_until=say.time(reserved.free_until),
        overstay="" if tariff is None else overstay_words(tariff, say),
        free_to_cancel_for=say.span(rules.regret),
        no_show_after=say.span(rules.no_show_after),
        no_show_fee=say.span(rules.no_show_fee),
        is_later=starts_at > now,
        back_in_full_until=say.day_and_time(full_until),
        back_in_part=_back_in_part(reserved.window, rules, say=say, now=now),
        here_by=say.time(starts_at + rules.no_show_after),
        needs_permit=reserved.space.is_accessible,
    )


def _back_in_full_until(window: Window, rules: Rules, *, now: datetime) -> datetime:
    """Up to here cancelling costs nothing, whenever the reservation was made."""
    if window.duration <= rules.long_window:
        return window.from_
    full = [each.notice for each in rules.cancel_tiers if each.refund_bp == ALL_BP]
    return window.from_ - min(full) if full else now


def _back_in_part(window: Window, rules: Rules, *, say: Say, now: datetime) -> str:
    """ "50 % until Tue 24 Nov 09:00" for each later tier of a long window, the first one first."""
    if window.duration <= rules.long_window:
        return ""
    parts = [
        (percent(Fraction(each.refund_bp, ALL_BP)), window.from_ - each.notice)
        for each in rules.cancel_tiers
        if 0 < each.refund_bp < ALL_BP
    ]
    return say.listed(
        translate("Entry", "{part} until {time}").format(part=part, time=say.day_and_time(until))
        for part, until in parts
        if until > now
    )


@QmlElement
@QmlUncreatable("Belongs to its screen")
class ReviewText(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """What is about to be paid, and how long the space is kept for it."""

    changed = Signal()
    ticked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.state = ReviewState()
        self._left = timedelta()
        self._hurry = False

    def show(self, state: ReviewState) -> None:
        """Show this review."""
        self.state = state
        self.changed.emit()

    def tick(self, left: timedelta, *, is_short: bool) -> None:
        """How long the space is still kept."""
        self._left, self._hurry = left, is_short
        self.ticked.emit()

    def is_short(self) -> bool:
        """Whether little time is left to pay."""
        return self._hurry

    @Property(str, notify=changed)
    def space(self) -> str:
        return self.state.space

    @Property(str, notify=changed)
    def area(self) -> str:
        return self.state.area

    @Property(str, notify=changed)
    def window(self) -> str:
        return self.state.window

    @Property(str, notify=changed)
    def plate(self) -> str:
        return self.state.plate

    @Property(str, notify=changed)
    def price(self) -> str:
        return self.state.price

    @Property(str, notify=changed)
    def tax(self) -> str:
        return self.state.tax

    @Property(str, notify=changed)
    def freeUntil(self) -> str:
        return self.state.free_until

    @Property(str, notify=changed)
    def overstay(self) -> str:
        return self.state.overstay

    @Property(str, notify=changed)
    def freeToCancelFor(self) -> str:
        return self.state.free_to_cancel_for

    @Property(str, notify=changed)
    def noShowAfter(self) -> str:
        return self.state.no_show_after

    @Property(str, notify=changed)
    def noShowFee(self) -> str:
        return self.state.no_show_fee

    @Property(bool, notify=changed)
    def isLater(self) -> bool:
        return self.state.is_later

    @Property(str, notify=changed)
    def backInFullUntil(self) -> str:
        return self.state.back_in_full_until

    @Property(str, notify=changed)
    def backInPart(self) -> str:
        return self.state.back_in_part

    @Property(str, notify=changed)
    def hereBy(self) -> str:
        return self.state.here_by

    @Property(bool, notify=changed)
    def needsPermit(self) -> bool:
        return self.state.needs_permit

    @Property(str, notify=ticked)
    def timeLeft(self) -> str:
        return countdown(self._left)

    @Property(bool, notify=ticked)
    def isShort(self) -> bool:
        return self._hurry


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A paid ticket among several of one wallet."""

    key: int
    space: str
    area: str
    window: str
    plate: str


@dataclass(frozen=True, slots=True)
class TicketState:
    """A paid ticket in one language."""

    text: str = ""
    code: str = ""
    space: str = ""
    area: str = ""
    window: str = ""
    plate: str = ""
    deposit: str = ""
    opens: str = ""
    """When the entrance opens for it, if that is later."""
    moved_from: str = ""
    """The space that stands on the paper, when it is another one now."""


def ticket_state(ticket: TicketIssued, say: Say, *, opens_at: datetime | None) -> TicketState:
    """The ticket as it stands on the screen; `opens_at` only when the entrance opens later."""
    return TicketState(
        text=ticket.text,
        code=code(ticket.short_code),
        space=ticket.space.label,
        area=ticket.area.name,
        window=say.window(ticket.window),
        plate=plate(ticket.plate),
        deposit=say.money(ticket.deposit),
        opens="" if opens_at is None else say.day_and_time(opens_at),
    )


def granted_state(granted: Granted, say: Say) -> TicketState:
    """Where the driver who was let in goes; without the ticket itself."""
    return TicketState(
        space=granted.space.label,
        area=granted.area.name,
        window=say.window(granted.window),
        moved_from="" if granted.moved_from is None else granted.moved_from.label,
    )


def ticket_row(ticket: TicketIssued, say: Say) -> TicketRow:
    """The ticket as one of several."""
    return TicketRow(
        key=int(ticket.reservation_id),
        space=ticket.space.label,
        area=ticket.area.name,
        window=say.window(ticket.window),
        plate=plate(ticket.plate),
    )


@QmlElement
@QmlUncreatable("Belongs to its screen")
class TicketText(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """The ticket that is shown, or the tickets to choose from."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.state = TicketState()
        self._rows = RowsModel(TicketRow, key="key", parent=self)

    def show(self, state: TicketState) -> None:
        """Show this ticket."""
        self.state = state
        self.changed.emit()

    def offer(self, rows: tuple[TicketRow, ...]) -> None:
        """Show these tickets to choose from."""
        self._rows.show(rows)

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        return self._rows

    @Property(str, notify=changed)
    def text(self) -> str:
        return self.state.text

    @Property(str, notify=changed)
    def code(self) -> str:
        return self.state.code

    @Property(str, notify=changed)
    def space(self) -> str:
        return self.state.space

    @Property(str, notify=changed)
    def area(self) -> str:
        return self.state.area

    @Property(str, notify=changed)
    def window(self) -> str:
        return self.state.window

    @Property(str, notify=changed)
    def plate(self) -> str:
        return self.state.plate

    @Property(str, notify=changed)
    def deposit(self) -> str:
        return self.state.deposit

    @Property(str, notify=changed)
    def movedFrom(self) -> str:
        return self.state.moved_from

    @Property(str, notify=changed)
    def opens(self) -> str:
        return self.state.opens
