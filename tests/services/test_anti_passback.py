"""A car is inside once: neither a second ticket nor a second lane lets it in again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app.config import read_site_file
from kiosk.domain.ids import LaneName
from kiosk.domain.outcomes import (
    CarInside,
    ExitCovered,
    Granted,
    TicketIssued,
    TicketNotInside,
    TicketUsed,
)
from kiosk.domain.stay import Stay as ParkedCar
from tests.fakes.stage import ENTRY, EXIT, EXIT_2, SITE_FILE, Stage, Wallet

ENTRY_2 = LaneName("entry-2")
SECOND_ENTRY = """
[[lane]]
name = "entry-2"
direction = "entry"
[lane.board]
port = "sim"
[lane.inputs]
arming = 1
under_arm = 2
open_limit = 3
closed_limit = 4
[lane.scanner]
port = "sim"
"""


@pytest.fixture
def two_entries(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """The small site with a second way in."""
    for source in (founded, SITE_FILE):
        shutil.copy(source, tmp_path)
    shutil.copytree(SITE_FILE.parent / "tariffs", tmp_path / "tariffs")
    path = tmp_path / SITE_FILE.name
    path.write_text(path.read_text(encoding="utf-8") + SECOND_ENTRY, encoding="utf-8")
    stage = Stage(tmp_path, file=read_site_file(path))
    yield stage
    stage.close()


def two_tickets(stage: Stage, wallet: Wallet) -> tuple[TicketIssued, TicketIssued]:
    """One car's ticket from now on, and another one from its end on."""
    now_on = stage.ticket(wallet.proof, minutes=30)
    later = stage.ticket(
        wallet.proof, minutes=60, space_id=3, starts_at=stage.now + timedelta(minutes=30)
    )
    return now_on, later


def parked(stage: Stage, ticket: TicketIssued) -> ParkedCar:
    stay = stage.stay(ticket.reservation_id)
    assert stay is not None
    return stay


def test_a_car_that_is_inside_does_not_come_in_with_another_ticket(
    stage: Stage, ada: Wallet
) -> None:
    first, second = two_tickets(stage, ada)
    stage.drive(ENTRY, first.text)
    stage.wait(minutes=40)
    books = stage.books()

    outcome = stage.drive(ENTRY, second.text)

    assert outcome == CarInside(parked(stage, first).entered_at)
    assert stage.state(second.reservation_id) == "confirmed"
    assert stage.books() == books
    assert not stage.is_arm_up(ENTRY)


def test_a_car_that_has_paid_and_not_left_is_still_inside(stage: Stage, ada: Wallet) -> None:
    first, second = two_tickets(stage, ada)
    stage.drive(ENTRY, first.text)
    stage.wait(minutes=30)
    car = stage.site.car_to(EXIT)
    settled = stage.scan(EXIT, first.text)
    stage.back_out(EXIT, car)

    outcome = stage.drive(ENTRY, second.text)

    assert isinstance(settled, ExitCovered)
    assert outcome == CarInside(parked(stage, first).entered_at)


def test_a_car_that_came_back_is_inside_since_then(stage: Stage, ada: Wallet) -> None:
    first = stage.inside(ada.proof, minutes=60)
    second = stage.ticket(
        ada.proof, minutes=60, space_id=3, starts_at=stage.now + timedelta(minutes=70)
    )
    stage.drive(EXIT, first.text, at=stage.now + timedelta(minutes=10))
    stage.drive(ENTRY, first.text)
    stage.wait(minutes=60)

    outcome = stage.drive(ENTRY, second.text)

    assert outcome == CarInside(parked(stage, first).re_entered_at or stage.now)
    assert parked(stage, first).re_entered_at is not None


def test_once_it_has_left_the_other_ticket_opens(stage: Stage, ada: Wallet) -> None:
    first, second = two_tickets(stage, ada)
    stage.drive(ENTRY, first.text)
    stage.drive(EXIT, first.text, at=stage.now + timedelta(minutes=35))

    outcome = stage.drive(ENTRY, second.text)

    assert isinstance(outcome, Granted)
    assert stage.wrong() == []


def test_another_car_comes_in_whoever_is_inside(stage: Stage, ada: Wallet) -> None:
    stage.inside(ada.proof)

    stage.inside(ada.proof, plate="B AB 3", space_id=3)


def test_a_car_that_is_inside_again_does_not_come_back_with_its_old_ticket(
    stage: Stage, ada: Wallet
) -> None:
    first = stage.inside(ada.proof, minutes=120)
    stage.drive(EXIT, first.text, at=stage.now + timedelta(minutes=10))
    second = stage.inside(ada.proof, minutes=30, space_id=3)

    outcome = stage.drive(ENTRY, first.text)

    assert outcome == CarInside(parked(stage, second).entered_at)
    assert stage.state(first.reservation_id) == "left"


def test_two_lanes_do_not_let_in_two_cars_with_one_plate(two_entries: Stage) -> None:
    stage = two_entries
    first, second = two_tickets(stage, stage.wallet())
    stage.wait_until(second.window.from_ - timedelta(minutes=15))
    stage.site.car_to(ENTRY)
    stage.site.car_to(ENTRY_2)

    granted = stage.scan(ENTRY, first.text)
    refused = stage.scan(ENTRY_2, second.text)

    assert isinstance(granted, Granted)
    assert refused == CarInside(stage.now)
    assert not stage.is_arm_up(ENTRY_2)


def test_two_lanes_do_not_let_in_two_cars_with_one_ticket(two_entries: Stage) -> None:
    stage = two_entries
    ticket = stage.ticket(stage.wallet().proof)
    stage.site.car_to(ENTRY)
    stage.site.car_to(ENTRY_2)

    granted = stage.scan(ENTRY, ticket.text)
    refused = stage.scan(ENTRY_2, ticket.text)

    assert isinstance(granted, Granted)
    assert refused == TicketUsed(stage.now)


def test_two_lanes_do_not_let_a_car_come_back_twice(two_entries: Stage) -> None:
    stage = two_entries
    ticket = stage.inside(stage.wallet().proof)
    stage.drive(EXIT, ticket.text, at=stage.now + timedelta(minutes=10))
    stage.site.car_to(ENTRY)
    stage.site.car_to(ENTRY_2)

    granted = stage.scan(ENTRY, ticket.text)
    refused = stage.scan(ENTRY_2, ticket.text)

    assert isinstance(granted, Granted)
    assert refused == TicketUsed(stage.now)


def test_a_ticket_that_is_outside_opens_no_exit(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    before = stage.drive(EXIT, ticket.text)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)
    stage.site.car_through(ENTRY, car)
    stage.drive(EXIT_2, ticket.text)
    left_at = parked(stage, ticket).left_at

    after = stage.drive(EXIT_2, ticket.text)

    assert before == TicketNotInside()
    assert left_at is not None
    assert after == TicketUsed(left_at)
