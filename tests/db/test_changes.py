"""What becomes of a reservation besides its states: changes, moves, links, displacements."""

from __future__ import annotations

from datetime import timedelta

import pytest
from peewee import IntegrityError

from db.errors import Overlap
from db.records import MoveRecord
from db.store import Tx
from kiosk.domain.ids import LaneName, ReservationId, SpaceId
from kiosk.domain.reservation import Event, PendingChange, State
from kiosk.domain.stay import Stay
from kiosk.domain.time import Window
from tests.db.conftest import AHEAD, ALWAYS, BUFFER, NOON, ZONE, Site, build, euro, hours

LATER = NOON + timedelta(minutes=5)
ENTRY = LaneName("entry")


def a_change(
    reservation_id: ReservationId, space_id: SpaceId, window: Window, *, minor: int = 600
) -> PendingChange:
    """A change that waits for its money."""
    return PendingChange(
        reservation_id=reservation_id,
        space_id=space_id,
        window=window,
        quote=euro(minor),
        tariff_id=1,
        split_terms_id=1,
        pay_until=LATER,
    )


def confirmed(
    site: Site, tx: Tx, first: float, last: float, plate: str = "B AA 1"
) -> ReservationId:
    reservation_id = site.reserve(tx, hours(first, last), plate=plate)
    tx.reservations.apply(reservation_id, Event.DEPOSIT_PAID)
    build(tx, site.space_id)
    return reservation_id


def second_space(site: Site, tx: Tx) -> SpaceId:
    space_id = site.add_space(tx, "2")
    tx.library.add_offer(space_id, ALWAYS)
    build(tx, space_id)
    return space_id


def test_a_pending_change_comes_back_until_it_is_dropped(site: Site) -> None:
    with site.store.transaction() as tx:
        change = a_change(confirmed(site, tx, 0, 2), second_space(site, tx), hours(1, 4))
        tx.changes.put(change)
        kept = tx.changes.get(change.reservation_id)
        tx.changes.drop(change.reservation_id)

        assert kept == change
        assert tx.changes.get(change.reservation_id) is None


def test_a_reservation_has_one_pending_change_at_most(site: Site) -> None:
    with site.store.transaction() as tx:
        change = a_change(confirmed(site, tx, 0, 2), site.space_id, hours(0, 3))
        tx.changes.put(change)
        with pytest.raises(IntegrityError):
            tx.changes.put(change)


def test_what_a_pending_change_keeps_is_nobody_elses(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id, other = confirmed(site, tx, 0, 2), second_space(site, tx)
        tx.changes.put(a_change(reservation_id, other, hours(1, 4)))
        build(tx, other)
        while_kept = tx.library.gap_around(other, hours(4, 5), now=NOON, ahead=AHEAD)
        after_it = tx.library.gap_around(other, hours(4.25, 5), now=NOON, ahead=AHEAD)
        tx.changes.drop(reservation_id)
        build(tx, other)

        assert (while_kept, after_it is not None) == (None, True)
        assert tx.library.gap_around(other, hours(1, 4), now=NOON, ahead=AHEAD) is not None


def test_for_its_own_change_a_reservation_is_not_in_its_own_way(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = confirmed(site, tx, 0, 2)
        confirmed(site, tx, 5, 6, "B BB 2")
        tx.changes.put(a_change(reservation_id, site.space_id, hours(2, 3)))
        idle = tx.library.idle_without(
            site.space_id, hours(-2, 7), but=reservation_id, zone=ZONE, buffer=BUFFER
        )
        of_others = tx.library.gaps(site.space_id, hours(-2, 7))

    assert idle == (hours(-2, 4.75), hours(6.25, 7))
    assert of_others[0].until == hours(-2, -0.25).until


def test_without_an_offer_nothing_is_idle_for_a_change_either(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id, other = confirmed(site, tx, 0, 2), site.add_space(tx, "2")
        idle = tx.library.idle_without(
            other, hours(0, 7), but=reservation_id, zone=ZONE, buffer=BUFFER
        )

    assert idle == ()


def test_a_change_sets_window_space_and_price_at_once(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id, other = confirmed(site, tx, 0, 2), second_space(site, tx)
        tx.reservations.set_window(a_change(reservation_id, other, hours(1, 4)))
        reservation = tx.reservations.get(reservation_id)

    assert reservation is not None
    assert (reservation.space_id, reservation.window) == (other, hours(1, 4))
    assert (reservation.quote, reservation.state) == (euro(600), State.CONFIRMED)


def test_a_change_over_another_reservation_is_an_overlap_and_changes_nothing(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = confirmed(site, tx, 0, 2)
        confirmed(site, tx, 3, 4, "B BB 2")
        with pytest.raises(Overlap):
            tx.reservations.set_window(a_change(reservation_id, site.space_id, hours(0, 3.5)))
        reservation = tx.reservations.get(reservation_id)

    assert reservation is not None
    assert reservation.window == hours(0, 2)


def test_a_reservation_may_be_moved_to_a_space_that_is_free_and_to_no_other(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id, other = confirmed(site, tx, 0, 2), second_space(site, tx)
        taken = site.add_space(tx, "3")
        site.reserve(tx, hours(1, 3), plate="B BB 2", space_id=taken)
        with pytest.raises(Overlap):
            tx.reservations.set_space(reservation_id, taken, split_terms_id=1)
        tx.reservations.set_space(reservation_id, other, split_terms_id=1)
        reservation = tx.reservations.get(reservation_id)

    assert reservation is not None
    assert (reservation.space_id, reservation.window) == (other, hours(0, 2))


@pytest.mark.parametrize("window", [hours(0, 1), hours(0.5, 3), hours(-1, 3)])
def test_the_window_of_a_car_inside_only_grows_at_its_end(site: Site, window: Window) -> None:
    with site.store.transaction() as tx:
        reservation_id = confirmed(site, tx, 0, 2)
        tx.reservations.apply(reservation_id, Event.ENTRY_PASSAGE)
        with pytest.raises(IntegrityError, match="window of this reservation stays"):
            tx.reservations.set_window(a_change(reservation_id, site.space_id, window))
        tx.reservations.set_window(a_change(reservation_id, site.space_id, hours(0, 3)))
        reservation = tx.reservations.get(reservation_id)

    assert reservation is not None
    assert reservation.window == hours(0, 3)


def test_the_window_of_an_ended_reservation_stays_as_it_was(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = confirmed(site, tx, 0, 2)
        tx.reservations.apply(reservation_id, Event.DRIVER_CANCELLED)
        with pytest.raises(IntegrityError, match="window of this reservation stays"):
            tx.reservations.set_window(a_change(reservation_id, site.space_id, hours(0, 3)))


def test_another_price_leaves_space_and_window(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = confirmed(site, tx, 0, 2)
        tx.reservations.set_price(reservation_id, quote=euro(90), tariff_id=1, split_terms_id=1)
        reservation = tx.reservations.get(reservation_id)

    assert reservation is not None
    assert (reservation.quote, reservation.window) == (euro(90), hours(0, 2))


def test_every_move_of_a_reservation_is_kept_in_its_order(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id, other = confirmed(site, tx, 0, 2), second_space(site, tx)
        for from_, to, at in ((site.space_id, other, NOON), (other, site.space_id, LATER)):
            tx.changes.add_move(
                reservation_id, from_space_id=from_, to_space_id=to, at=at, why="late leaver"
            )
        moves = tx.changes.moves(reservation_id)

    first = MoveRecord(
        reservation_id=reservation_id,
        from_space_id=site.space_id,
        to_space_id=other,
        at=NOON,
        why="late leaver",
    )
    assert moves[0] == first
    assert [(each.to_space_id, each.at) for each in moves] == [
        (other, NOON),
        (site.space_id, LATER),
    ]


def test_a_move_to_where_it_was_is_no_move(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = confirmed(site, tx, 0, 2)
        with pytest.raises(IntegrityError):
            tx.changes.add_move(
                reservation_id,
                from_space_id=site.space_id,
                to_space_id=site.space_id,
                at=NOON,
                why="no reason",
            )


def test_a_linked_stay_names_the_reservation_whose_terms_it_has(site: Site) -> None:
    with site.store.transaction() as tx:
        booked, pulled = confirmed(site, tx, 3, 5), confirmed(site, tx, 0, 2)
        tx.reservations.link(pulled, to=booked)
        reservation = tx.reservations.get(pulled)

    assert reservation is not None
    assert reservation.linked_to == booked


def test_whom_a_late_car_displaced_is_found_by_the_late_one(site: Site) -> None:
    with site.store.transaction() as tx:
        late, one, other = (confirmed(site, tx, hour, hour + 0.5) for hour in (0, 1, 2))
        tx.reservations.set_displaced_by(other, late)
        tx.reservations.set_displaced_by(one, late)

        assert tx.reservations.displaced_by(late) == (one, other)
        assert tx.reservations.displaced_by(one) == ()


def test_a_car_that_comes_back_goes_on_with_the_stay_it_had(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = confirmed(site, tx, 0, 2)
        tx.reservations.begin_stay(reservation_id, lane=ENTRY, at=NOON)
        with pytest.raises(AssertionError, match="no ended stay"):
            tx.reservations.resume_stay(reservation_id, LATER)
        tx.reservations.present(reservation_id, lane=LaneName("exit"), at=LATER)
        tx.reservations.end_stay(reservation_id, LATER)
        tx.reservations.resume_stay(reservation_id, hours(0, 1).until)
        stay = tx.reservations.stay(reservation_id)

    assert stay == Stay(reservation_id, ENTRY, NOON, None, None, re_entered_at=hours(0, 1).until)


def test_a_displaced_stay_is_known_as_one(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = confirmed(site, tx, 0, 2)
        tx.reservations.begin_stay(reservation_id, lane=ENTRY, at=NOON)
        tx.reservations.displace_stay(reservation_id, at=NOON)
        stay = tx.reservations.stay(reservation_id)

    assert stay is not None
    assert stay.is_displaced


def test_who_stands_on_a_space_is_inside_or_settled_and_has_begun(site: Site) -> None:
    with site.store.transaction() as tx:
        gone, here = confirmed(site, tx, -3, -2), confirmed(site, tx, 0, 2)
        before = tx.reservations.standing_on(site.space_id, at=NOON)
        tx.reservations.apply(gone, Event.ENTRY_PASSAGE)
        tx.reservations.apply(gone, Event.EXIT_SETTLED)
        settled = tx.reservations.standing_on(site.space_id, at=NOON)
        tx.reservations.apply(gone, Event.EXIT_PASSAGE)
        tx.reservations.apply(here, Event.ENTRY_PASSAGE)
        early = tx.reservations.standing_on(site.space_id, at=NOON - timedelta(seconds=1))
        inside = tx.reservations.standing_on(site.space_id, at=NOON)

    assert (before, settled, early, inside) == (None, gone, None, here)


def test_live_reservations_of_a_space_are_found_by_the_instants_they_share(site: Site) -> None:
    with site.store.transaction() as tx:
        first, second = confirmed(site, tx, 0, 1), confirmed(site, tx, 2, 3)
        ended = confirmed(site, tx, 4, 5)
        tx.reservations.apply(ended, Event.DRIVER_CANCELLED)
        both = [each.id for each in tx.reservations.of_space(site.space_id, hours(0.5, 9))]
        touching = tx.reservations.of_space(site.space_id, hours(1, 2))

    assert both == [first, second]
    assert touching == ()


def test_a_car_is_inside_until_it_has_left(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = confirmed(site, tx, 0, 2)
        vehicle_id = tx.reservations.vehicle_id_for("B AA 1")
        seen = [tx.reservations.inside_for_vehicle(vehicle_id)]
        for event in (Event.ENTRY_PASSAGE, Event.EXIT_SETTLED, Event.EXIT_PASSAGE):
            tx.reservations.apply(reservation_id, event)
            seen.append(tx.reservations.inside_for_vehicle(vehicle_id))
        every = [each.id for each in tx.reservations.of_vehicle(vehicle_id)]

    assert seen == [None, reservation_id, reservation_id, None]
    assert every == [reservation_id]


def test_spaces_that_are_reserved_for_later_are_counted_once(site: Site) -> None:
    with site.store.transaction() as tx:
        for hour in (1, 3):
            tx.reservations.add(
                space_id=site.space_id,
                vehicle_id=tx.reservations.vehicle_id_for("B AA 1"),
                window=hours(hour, hour + 1),
                quote=euro(400),
                pay_until=LATER,
                short_code=f"later{hour}",
                created_at=NOON,
            )
        site.reserve(tx, hours(0, 1), plate="B BB 2", space_id=second_space(site, tx))
        counts = [
            tx.changes.count_for_later(site.area_id, hours(*span))
            for span in ((0, 9), (2, 3), (2, 3.5), (0, 1))
        ]

    assert counts == [1, 0, 1, 0]


def test_what_a_change_for_later_keeps_counts_but_not_against_itself(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id, other = confirmed(site, tx, 0, 2), second_space(site, tx)
        tx.changes.put(a_change(reservation_id, other, hours(1, 4)))
        counts = [
            tx.changes.count_for_later(site.area_id, hours(2, 3)),
            tx.changes.count_for_later(site.area_id, hours(2, 3), but=reservation_id),
            tx.changes.count_for_later(site.area_id, hours(4, 5)),
        ]

    assert counts == [1, 0, 0]


def test_the_terms_of_a_reservation_are_known_as_they_are_stored(site: Site) -> None:
    with site.store.transaction() as tx:
        assert tx.changes.term_ids(confirmed(site, tx, 0, 2)) == (1, 1)
