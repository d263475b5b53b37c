"""What time will do to reservations: found when it is due, and neither before nor twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from peewee import IntegrityError

from kiosk.domain.ids import ReservationId
from kiosk.domain.reservation import Due, DueKind
from tests.db.conftest import NOON, Site, hours

SECOND = timedelta(seconds=1)
PENDING, MISSED = DueKind.PENDING_RUNS_OUT, DueKind.START_MISSED


def test_a_thing_is_due_in_its_very_second_and_not_before(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        tx.dues.put(reservation_id, PENDING, NOON)
        before, then = tx.dues.by(NOON - SECOND), tx.dues.by(NOON)

    assert (before, then) == ((), (Due(reservation_id, PENDING, NOON),))


def test_what_has_been_due_longest_comes_first(site: Site) -> None:
    with site.store.transaction() as tx:
        one = site.reserve(tx, hours(0, 2))
        other = site.reserve(tx, hours(3, 4), plate="B BB 2")
        tx.dues.put(one, PENDING, NOON)
        tx.dues.put(other, PENDING, NOON - SECOND)
        tx.dues.put(one, MISSED, NOON - 2 * SECOND)
        due = [(each.reservation_id, each.kind) for each in tx.dues.by(NOON)]

    assert due == [(one, MISSED), (other, PENDING), (one, PENDING)]


def test_a_later_word_for_the_same_thing_takes_the_place_of_the_earlier(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        tx.dues.put(reservation_id, MISSED, NOON)
        tx.dues.put(reservation_id, MISSED, NOON + SECOND)
        due = tx.dues.of_reservation(reservation_id)

    assert due == (Due(reservation_id, MISSED, NOON + SECOND),)


def test_what_is_dropped_is_not_due_and_the_rest_still_is(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        for kind in DueKind:
            tx.dues.put(reservation_id, kind, NOON)
        tx.dues.drop(reservation_id, DueKind.STAY_RUNS_LATE, PENDING, DueKind.CHANGE_RUNS_OUT)
        tx.dues.drop(reservation_id, PENDING)

        assert tx.dues.by(NOON) == (Due(reservation_id, MISSED, NOON),)


def test_what_is_due_is_still_due_after_a_power_cut(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        tx.dues.put(reservation_id, MISSED, NOON)

    with site.store.reading() as tx:
        assert tx.dues.by(NOON + timedelta(days=400)) == (Due(reservation_id, MISSED, NOON),)


def test_nothing_is_due_of_a_reservation_that_does_not_exist(site: Site) -> None:
    with pytest.raises(IntegrityError), site.store.transaction() as tx:
        tx.dues.put(ReservationId(99), MISSED, NOON)


def test_only_what_the_program_knows_can_be_due(site: Site) -> None:
    with site.store.transaction() as tx:
        site.reserve(tx, hours(0, 2))

    with pytest.raises(IntegrityError):
        site.raw("INSERT INTO due(reservation_id, kind, at) VALUES (1, 'teatime', 0)")
