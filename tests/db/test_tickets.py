"""Tickets as they were printed: each has its number and window, and revoked ones are known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from peewee import IntegrityError

from db.records import TicketRecord
from kiosk.domain.ids import ReservationId
from tests.db.conftest import NOON, Site, hours

LATER = NOON + timedelta(minutes=5)
LAST = NOON + timedelta(minutes=9)


def ticket(reservation_id: ReservationId, number: int, first: float, last: float) -> TicketRecord:
    """A ticket that was issued at NOON and is good."""
    return TicketRecord(
        reservation_id=reservation_id,
        number=number,
        window=hours(first, last),
        issued_at=NOON,
        revoked_at=None,
        why=None,
    )


def test_tickets_of_a_reservation_are_numbered_in_their_order(site: Site) -> None:
    with site.store.transaction() as tx:
        one, other = site.reserve(tx, hours(0, 2)), site.reserve(tx, hours(3, 4), plate="B BB 2")
        tx.tickets.issue(one, hours(0, 2), at=NOON)
        tx.tickets.issue(other, hours(3, 4), at=NOON)
        tx.tickets.issue(one, hours(0, 3), at=NOON)

        assert tx.tickets.of_reservation(one) == (ticket(one, 1, 0, 2), ticket(one, 2, 0, 3))
        assert tx.tickets.of_reservation(other) == (ticket(other, 1, 3, 4),)


def test_all_tickets_so_far_are_revoked_and_the_next_one_is_good(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        tx.tickets.issue(reservation_id, hours(0, 2), at=NOON)
        tx.tickets.issue(reservation_id, hours(0, 3), at=NOON)
        tx.tickets.revoke(reservation_id, why="changed", at=LATER)
        tx.tickets.issue(reservation_id, hours(1, 3), at=NOON)
        tickets = tx.tickets.of_reservation(reservation_id)

    assert [(each.revoked_at, each.why) for each in tickets] == [
        (LATER, "changed"),
        (LATER, "changed"),
        (None, None),
    ]


def test_a_revoked_ticket_keeps_when_and_why_it_was_revoked_first(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        tx.tickets.issue(reservation_id, hours(0, 2), at=NOON)
        tx.tickets.revoke(reservation_id, why="changed", at=LATER)
        tx.tickets.revoke(reservation_id, why="driver-cancelled", at=LAST)
        (found,) = tx.tickets.of_reservation(reservation_id)

    assert (found.revoked_at, found.why) == (LATER, "changed")


def test_the_revocation_list_has_what_is_revoked_and_could_still_be_shown(site: Site) -> None:
    with site.store.transaction() as tx:
        past, good, coming = (
            site.reserve(tx, hours(first, first + 1), plate=f"B {first}") for first in (-9, 0, 3)
        )
        for reservation_id, first in ((past, -9), (good, 0), (coming, 3)):
            tx.tickets.issue(reservation_id, hours(first, first + 1), at=NOON)
        tx.tickets.revoke(past, why="lost", at=LATER)
        tx.tickets.revoke(coming, why="lost", at=LATER)
        until_its_end = tx.tickets.revoked(until_after=hours(3, 4).until - timedelta(seconds=1))
        at_its_end = tx.tickets.revoked(until_after=hours(3, 4).until)
        ever = tx.tickets.revoked(until_after=hours(-99, 0).from_)

    assert [each.reservation_id for each in until_its_end] == [coming]
    assert at_its_end == ()
    assert [each.reservation_id for each in ever] == [past, coming]


def test_a_ticket_belongs_to_a_reservation(site: Site) -> None:
    with pytest.raises(IntegrityError), site.store.transaction() as tx:
        tx.tickets.issue(ReservationId(99), hours(0, 2), at=NOON)
