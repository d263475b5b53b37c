"""The drivers' screens and the desk before the real services: every answer finds its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from kiosk.domain.ids import AreaId, ReservationId, SpaceId
from kiosk.domain.outcomes import TicketIssued
from kiosk.domain.reservation import State
from kiosk.services.commands import Command
from kiosk.ui.desk.screen import DeskScreen
from kiosk.ui.screens.entry import EntryScreen
from kiosk.ui.screens.exit import ExitScreen
from kiosk.ui.screens.my_ticket import MyTicket
from kiosk.ui.screens.pay import PayForm
from tests.fakes.stage import (
    DESK_PIN,
    DRIVER_PIN,
    ENTRY,
    EXIT,
    Stage,
    Wallet,
    ada,
    founded,
    stage,
)
from tests.services.moving import close
from tests.ui.taking_down import take_down

__all__ = ["ada", "founded", "stage"]

Answer = TypeVar("Answer")


class Core:
    """Asks the small site at once, and tells the screens what it published meanwhile."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.screens: list[EntryScreen | ExitScreen | DeskScreen] = []
        self._told = len(stage.site.events)

    def ask(self, command: Command[Answer], then: Callable[[Answer], None]) -> None:
        answer = self._stage.site.do(command)
        then(answer)
        self.tell()

    def tell(self) -> None:
        """Everything that was published since."""
        news = self._stage.site.events[self._told :]
        self._told = len(self._stage.site.events)
        for event in news:
            for screen in self.screens:
                screen.on_published(event)


@dataclass
class Windows:
    """The screens of the small site."""

    entry: EntryScreen
    exit: ExitScreen
    desk: DeskScreen
    core: Core

    def read(self, what: str, *, at_exit: bool = False) -> object:
        """What the page of the ticket shows."""
        mine: MyTicket = self.exit.flow.mine if at_exit else self.entry.flow.mine
        return mine.property(what)

    def look_up(self, ticket: TicketIssued, *, at_exit: bool = False) -> MyTicket:
        """A driver types the short code."""
        screen = self.exit if at_exit else self.entry
        screen.lookAtMine()
        mine: MyTicket = screen.flow.mine
        for sign in ticket.short_code:
            mine.press(sign)
        return mine

    def show_stay(self, reservation_id: ReservationId) -> None:
        """The attendant opens a stay."""
        self.desk._refresher.now()
        self.desk.showStay(str(reservation_id))


@pytest.fixture
def windows(qapp: QGuiApplication, stage: Stage) -> Iterator[Windows]:
    home, core, site = QObject(), Core(stage), stage.site.core.site
    entry = EntryScreen(
        core,
        site=site,
        lane=ENTRY,
        kiosk_number="E-1",
        help_phone="",
        card_adapter="simulator",
        language="en",
        country="latin",
        now=stage.site.clock.now,
        parent=home,
    )
    exit_ = ExitScreen(
        core,
        site=site,
        lane=EXIT,
        kiosk_number="X-1",
        help_phone="",
        card_adapter="simulator",
        language="en",
        now=stage.site.clock.now,
        parent=home,
    )
    desk = DeskScreen(
        core,
        site_name=site.name,
        zone=site.zone,
        currency=site.currency,
        now=stage.site.clock.now,
        parent=home,
    )
    core.screens = [entry, exit_, desk]
    desk._sign_in.typeName("Kim")
    desk._sign_in.typeDigit(DESK_PIN)
    desk._sign_in.confirm()
    yield Windows(entry, exit_, desk, core)
    take_down(home)


def pay(form: PayForm, wallet: Wallet) -> None:
    form.scan(wallet.pass_code)
    for digit in DRIVER_PIN:
        form.press(digit)
    form.pay()


def for_later(stage: Stage, wallet: Wallet, *, space_id: int = 1) -> TicketIssued:
    return stage.ticket(wallet.proof, space_id=space_id, starts_at=stage.now + timedelta(hours=20))


def state_of(stage: Stage, ticket: TicketIssued) -> State:
    return stage.reservation(ticket.reservation_id).state


# At the entrance -------------------------------------------------------------------------


def test_a_reservation_for_later_is_made_and_paid(
    windows: Windows, stage: Stage, ada: Wallet
) -> None:
    entry = windows.entry
    forms = entry.flow.stage.forms
    entry.start()
    forms.find.choose(1)
    entry.askWhen()
    forms.when.pick_day("2026-06-02")
    forms.when.pick_hour("20")
    entry.comeLater()
    entry.search()
    entry.take()
    for sign in "BAB1":
        forms.plate.press(sign)
    entry.reserve()
    pay(forms.pay, ada)

    assert entry.flow.stage.state.page == "ticket"
    assert forms.ticket.state.opens == "Tue 2 Jun 19:45"
    ticket = entry.flow.stage.state.ticket
    assert ticket is not None
    assert state_of(stage, ticket) is State.CONFIRMED


def test_what_comes_nearest_can_be_had(windows: Windows, stage: Stage, ada: Wallet) -> None:
    stage.reserve(60, plate="B AB 7", space_id=1)
    stage.reserve(60, plate="B AB 8", space_id=3)
    entry = windows.entry
    forms = entry.flow.stage.forms
    entry.start()
    forms.find.choose_area(AreaId(1))
    entry.search()
    assert entry.flow.stage.state.shown_page == "nothing"
    keys = {row.key for row in forms.instead._rows.rows}
    assert {"area_2", "later"} <= keys

    entry.takeInstead("later")

    assert entry.flow.stage.state.page == "choose"
    assert forms.find.state.starts_at is not None


def test_a_reservation_is_cancelled_at_the_price_that_was_shown(
    windows: Windows, stage: Stage, ada: Wallet
) -> None:
    ticket = for_later(stage, ada)
    mine = windows.look_up(ticket)
    mine.do("cancel")
    assert windows.read("refund") == "€4.80"

    mine.cancelReservation()

    assert state_of(stage, ticket) is State.CANCELLED
    assert (windows.read("page"), windows.read("paysBack")) == ("status", "€4.80")


@pytest.mark.parametrize("is_by_card", [False, True])
def test_a_longer_window_is_kept_and_paid(
    windows: Windows, stage: Stage, ada: Wallet, is_by_card: bool
) -> None:
    ticket = for_later(stage, ada)
    mine = windows.look_up(ticket)
    mine.do("change")
    for _ in range(4):
        mine.step("end_later")
    mine.change()
    assert (windows.read("page"), windows.read("difference")) == ("pay", "€2.40")
    if is_by_card:
        mine.flow.pay.choose_card()
        mine.flow.pay.pay()
    else:
        pay(mine.flow.pay, ada)
    windows.core.tell()

    assert windows.read("done") == "Changed. This is your ticket now."
    until = stage.reservation(ticket.reservation_id).window.until
    assert until == ticket.window.until + timedelta(hours=1)


def test_a_change_that_is_not_paid_is_given_back(
    windows: Windows, stage: Stage, ada: Wallet
) -> None:
    ticket = for_later(stage, ada)
    mine = windows.look_up(ticket)
    mine.do("change")
    for _ in range(4):
        mine.step("end_later")
    mine.change()
    windows.entry.cancel()
    assert stage.sql("SELECT * FROM change") == []
    assert stage.reservation(ticket.reservation_id).window == ticket.window


def test_a_car_inside_can_stay_until_the_next_one_comes(
    windows: Windows, stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof, minutes=60)
    stage.reserve(60, plate="B AB 9", starts_at=ticket.window.until + timedelta(minutes=52))
    mine = windows.look_up(ticket)
    latest = mine._say.day_and_time(ticket.window.until + timedelta(minutes=37))
    assert mine._deeds.rows[0].detail == f"Until {latest} at the latest"
    mine.do("extend")
    for _ in range(4):
        mine.step("end_later")
    assert (windows.read("wantedUntil"), windows.read("steps")) == (latest, ["end_earlier"])


def test_who_comes_while_a_driver_thinks_is_told_with_what_is_left(
    windows: Windows, stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof, minutes=60)
    mine = windows.look_up(ticket)
    stage.reserve(60, plate="B AB 9", starts_at=stage.now + timedelta(minutes=105))
    mine.do("extend")
    for _ in range(4):
        mine.step("end_later")
    mine.change()
    assert mine.note().number == "M10"
    assert "at the latest" in mine.note().now


def test_an_occupied_space_is_changed_and_the_barrier_says_so(
    windows: Windows, stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    mine = windows.look_up(ticket)
    mine.do("occupied")
    assert windows.read("page") == "spaces"
    mine.takeSpace(mine._spaces.rows[0].key)
    moved_to = stage.reservation(ticket.reservation_id).space_id
    assert moved_to != ticket.space.id
    assert windows.read("ticket")["movedFrom"] == ticket.space.label  # type: ignore[index]

    stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)
    windows.core.tell()

    assert windows.entry.flow.stage.state.shown_page == "drive"
    assert windows.entry.flow.stage.forms.ticket.state.moved_from == ticket.space.label


def test_with_no_other_space_the_money_comes_back(
    windows: Windows, stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    for space_id in (3, 5):
        close(stage, space_id)
    mine = windows.look_up(ticket)
    mine.do("occupied")
    assert windows.read("page") == "none"
    mine.takeMoney()
    assert state_of(stage, ticket) is State.DISPLACED
    assert windows.read("done") == "All your money goes back: €4.80."


def test_drive_in_now_raises_the_arm_and_a_ticket_shown_too_early_is_looked_at(
    windows: Windows, stage: Stage, ada: Wallet
) -> None:
    later = for_later(stage, ada, space_id=3)
    stage.scan(ENTRY, later.text)
    windows.core.tell()
    assert windows.entry.note_offer() == "mine"
    windows.entry.followNote()
    assert windows.read("opens") != ""
    ticket = stage.ticket(ada.proof, plate="B AB 2")
    mine = windows.look_up(ticket)
    stage.site.car_to(ENTRY)
    mine.do("enter")
    assert windows.entry.flow.stage.state.shown_page == "drive"


def test_a_typed_code_lets_out(windows: Windows, stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    windows.core.tell()
    windows.look_up(ticket, at_exit=True).do("leave")
    assert windows.exit.state.page == "receipt"
    assert state_of(stage, ticket) is State.SETTLED


# At the desk -----------------------------------------------------------------------------


def test_the_desk_replaces_a_lost_ticket_against_the_plate(
    windows: Windows, stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    windows.show_stay(ticket.reservation_id)
    form = windows.desk._forms.life_form
    form.begin("replace")
    form.say("B AB 2")
    form.confirm()
    assert form.state.problem == "evidence"
    form.say("b ab 1")
    form.confirm()
    assert windows.desk.state.said == "replaced"
    assert stage.reservation(ticket.reservation_id).short_code != ticket.short_code


def test_the_desk_moves_a_car_and_takes_its_word_for_where_it_stands(
    windows: Windows, stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    windows.show_stay(ticket.reservation_id)
    form = windows.desk._forms.life_form
    form.begin("move")
    form.choose(form._choices.rows[0].key)
    form.confirm()
    assert windows.desk.state.said == "moved"
    windows.show_stay(ticket.reservation_id)
    form.begin("wrong")
    form.say("B")  # there is one space on the street
    form.confirm()
    assert (windows.desk.state.said, form.state.problem) == ("moved", "")
    assert stage.reservation(ticket.reservation_id).space_id == SpaceId(5)


def test_the_desk_links_a_pulled_ticket_with_the_reservation(
    windows: Windows, stage: Stage, ada: Wallet
) -> None:
    reserved = stage.ticket(ada.proof, plate="B AB 5", space_id=3)
    pulled = stage.inside(ada.proof, plate="B AB 6")
    windows.show_stay(pulled.reservation_id)
    form = windows.desk._forms.life_form
    form.begin("link")
    form.say("bab5")
    form.confirm()
    assert (windows.desk.state.said, windows.desk.state.said_of) == ("linked", "€4.80")
    assert state_of(stage, reserved) is State.SUBSTITUTED


def test_the_desk_closes_a_space_and_tells_who_was_moved(
    windows: Windows, stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof, starts_at=stage.now + timedelta(hours=1))
    windows.show_stay(ticket.reservation_id)
    windows.desk.closeSpace()
    form = windows.desk._forms.space_form
    form.say("Building work")
    form.confirm()
    assert form.state.deed == "closed"
    assert len(form.state.moved) == 1
    form.confirm()
    windows.desk._refresher.now()
    windows.desk._board.look("1")
    windows.desk._board.close()
    assert form.state.deed == "reopen"
