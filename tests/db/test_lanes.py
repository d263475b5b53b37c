"""Grants and ticket uses: one open grant a lane, one use a way, and rights given back."""

from __future__ import annotations

import pytest
from peewee import IntegrityError

from db.records import PassageDirection
from db.store import Tx
from kiosk.domain.ids import GrantToken, LaneName, ReservationId
from tests.db.conftest import NOON, Site, hours

ENTRY, EXIT = LaneName("entry"), LaneName("exit")
LATER = hours(0, 1).until


def grant(
    tx: Tx,
    token: str,
    reservation_id: ReservationId,
    *,
    lane: LaneName = ENTRY,
    direction: PassageDirection = "entry",
) -> bool:
    return tx.lanes.open_grant(
        token=GrantToken(token),
        lane=lane,
        direction=direction,
        reservation_id=reservation_id,
        attendant_id=None,
        reason=None,
        at=NOON,
    )


def test_a_lane_has_one_open_grant_at_most(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        given = grant(tx, "a", reservation_id)
        refused = grant(tx, "b", reservation_id)
        elsewhere = grant(tx, "c", reservation_id, lane=EXIT, direction="exit")
        open_ = [each.token for each in tx.lanes.open_grants()]

    assert (given, refused, elsewhere) == (True, False, True)
    assert open_ == ["a", "c"]


def test_a_lane_is_free_for_the_next_grant_when_the_first_has_ended(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        grant(tx, "a", reservation_id)
        tx.lanes.close_grant(GrantToken("a"), state="passed", why="passage", at=LATER)

        assert grant(tx, "b", reservation_id)


def test_a_token_is_never_given_twice(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        grant(tx, "a", reservation_id)
        tx.lanes.close_grant(GrantToken("a"), state="passed", why="passage", at=LATER)

        with pytest.raises(IntegrityError):
            grant(tx, "a", reservation_id)


def test_a_grant_ends_once_and_says_how(site: Site) -> None:
    with site.store.transaction() as tx:
        grant(tx, "a", site.reserve(tx, hours(0, 2)))
        ended = tx.lanes.close_grant(GrantToken("a"), state="void", why="back-out", at=LATER)
        again = tx.lanes.close_grant(GrantToken("a"), state="passed", why="passage", at=LATER)
        kept = tx.lanes.grant(GrantToken("a"))

    assert ended is not None
    assert (ended.state, ended.why, ended.ended_at) == ("void", "back-out", LATER)
    assert again is None
    assert kept == ended


def test_an_unknown_grant_is_none(site: Site) -> None:
    with site.store.reading() as tx:
        assert tx.lanes.grant(GrantToken("none")) is None


def test_a_ticket_is_used_once_each_way(site: Site) -> None:
    token = GrantToken("a")
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        grant(tx, "a", reservation_id)
        first = tx.lanes.use_ticket(reservation_id, "entry", token=token, at=NOON)
        again = tx.lanes.use_ticket(reservation_id, "entry", token=token, at=LATER)
        way_out = tx.lanes.use_ticket(reservation_id, "exit", token=token, at=LATER)

    assert (first, again, way_out) == (None, NOON, None)


def test_a_returned_ticket_opens_again(site: Site) -> None:
    token = GrantToken("a")
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        grant(tx, "a", reservation_id)
        tx.lanes.use_ticket(reservation_id, "entry", token=token, at=NOON)
        tx.lanes.return_ticket(reservation_id, "entry", token)

        assert tx.lanes.use_ticket(reservation_id, "entry", token=token, at=LATER) is None


def test_only_the_very_grant_gives_a_ticket_back(site: Site) -> None:
    token = GrantToken("a")
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        grant(tx, "a", reservation_id)
        tx.lanes.use_ticket(reservation_id, "entry", token=token, at=NOON)
        tx.lanes.return_ticket(reservation_id, "entry", GrantToken("b"))

        assert tx.lanes.use_ticket(reservation_id, "entry", token=token, at=LATER) == NOON


def test_a_ticket_is_never_used_without_its_grant(site: Site) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        use_without_grant(site)

    assert site.raw("SELECT * FROM ticket_use") == []


def use_without_grant(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        tx.lanes.use_ticket(reservation_id, "entry", token=GrantToken("none"), at=NOON)


def test_a_restart_leaves_a_list_of_what_it_ended(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        grant(tx, "a", reservation_id)
        grant(tx, "c", reservation_id, lane=EXIT, direction="exit")
        tx.lanes.close_grant(GrantToken("a"), state="void", why="restart", at=LATER)
        tx.lanes.close_grant(GrantToken("c"), state="void", why="back-out", at=LATER)
        listed = [each.token for each in tx.lanes.void_since(LATER)]
        later = tx.lanes.void_since(hours(0, 2).until)

    assert (listed, later) == (["a"], ())
