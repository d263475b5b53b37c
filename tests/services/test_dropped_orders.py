"""A lane that takes no order gives the right back at once; nobody waits for an arm that stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from hardware.errors import CommandDropped
from hardware.lane_control import LaneControl
from kiosk.domain.ids import LaneName
from kiosk.domain.outcomes import ExitCovered, Granted, LaneBusy
from kiosk.services.commands import ShowDesk
from kiosk.services.events import GrantReturned, TicketPresented
from tests.fakes.stage import CARD, ENTRY, EXIT, KIM, Stage, Wallet


class DeafControl:
    """A lane that has more to do than it can remember: it takes no order."""

    name = "deaf"

    def grant(self, token: str) -> None:
        raise CommandDropped("queue full")

    def attendant_open(self, token: str, reason: str) -> None:
        raise CommandDropped("queue full")

    def attendant_close(self) -> None:
        raise CommandDropped("queue full")

    def attendant_stop(self) -> None:
        raise CommandDropped("queue full")

    def attendant_hold(self) -> None:
        raise CommandDropped("queue full")

    def attendant_release(self) -> None:
        raise CommandDropped("queue full")

    def lock(self) -> None:
        raise CommandDropped("queue full")

    def unlock(self) -> None:
        raise CommandDropped("queue full")

    def reset(self) -> None:
        raise CommandDropped("queue full")

    def show_full(self, is_full: bool) -> None:
        """A sign may be lost: nobody is let in or out by it."""


def deafen(stage: Stage, lane: LaneName) -> Callable[[], None]:
    """From now on the lane takes no order; what is returned heals it."""
    known = stage.site.core.lanes[lane]
    control: LaneControl | None = known.control
    known.control = DeafControl()

    def heal() -> None:
        known.control = control

    return heal


def open_grants(stage: Stage) -> int:
    with stage.site.core.store.reading() as tx:
        return len(tx.lanes.open_grants())


def test_an_entrance_that_takes_no_order_leaves_the_ticket_as_it_was(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)
    heal = deafen(stage, ENTRY)

    stage.scan(ENTRY, ticket.text)
    returned, open_then = stage.last(GrantReturned), open_grants(stage)
    heal()
    again = stage.scan(ENTRY, ticket.text)
    stage.site.car_through(ENTRY, car)

    assert returned == GrantReturned(ENTRY, ticket.reservation_id, "not_taken")
    assert open_then == 0
    assert isinstance(again, Granted)
    assert stage.state(ticket.reservation_id) == "arrived"


def test_the_screen_hears_the_answer_before_it_hears_that_the_right_is_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    stage.site.car_to(ENTRY)
    deafen(stage, ENTRY)
    queued: list[Callable[[], object]] = []
    stage.site.core.post = queued.append

    stage.site.scan(ENTRY, ticket.text)
    while queued:
        queued.pop(0)()

    kinds = [
        type(event)
        for event in stage.site.events
        if isinstance(event, TicketPresented | GrantReturned)
    ]
    assert kinds == [TicketPresented, GrantReturned]


@pytest.mark.parametrize("by_card", [False, True])
def test_an_exit_that_takes_no_order_charges_once_and_opens_for_the_same_ticket(
    stage: Stage, ada: Wallet, by_card: bool
) -> None:
    ticket = stage.inside(ada.proof)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    stage.scan(EXIT, ticket.text)
    heal = deafen(stage, EXIT)

    stage.pay_due(ticket.reservation_id, CARD if by_card else ada.proof)
    returned, books = stage.last(GrantReturned), stage.books()
    heal()
    again = stage.scan(EXIT, ticket.text)
    stage.site.car_through(EXIT, car)

    assert returned == GrantReturned(EXIT, ticket.reservation_id, "not_taken")
    assert isinstance(again, ExitCovered)
    assert stage.books() == books
    assert stage.state(ticket.reservation_id) == "left"


def test_a_lane_that_takes_no_order_is_busy_for_the_attendant_and_holds_no_grant(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)
    heal = deafen(stage, ENTRY)

    refused = stage.open_barrier(ENTRY, reservation_id=ticket.reservation_id)
    open_then = open_grants(stage)
    heal()
    by_ticket = stage.scan(ENTRY, ticket.text)
    stage.site.car_through(ENTRY, car)

    assert (refused, open_then) == (LaneBusy(), 0)
    assert isinstance(by_ticket, Granted)
    assert stage.state(ticket.reservation_id) == "arrived"
    assert stage.site.do(ShowDesk(actor=KIM)).unreported == ()
