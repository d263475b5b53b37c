"""Reservations and stays: states, what is due, and what the desk's list shows."""

from __future__ import annotations

import pytest

from db.store import Tx
from kiosk.domain.ids import AttendantId, GrantToken, LaneName, ReservationId
from kiosk.domain.reservation import Event, State
from kiosk.domain.stay import Stay
from tests.db.conftest import NOON, TARIFF, TERMS, Site, euro, hours
from tests.db.test_ledger import a_receipt
from tests.fakes.tariffs import simple_tariff

ENTRY, EXIT = LaneName("entry"), LaneName("exit")


def confirm(site: Site, tx: Tx, first: float, last: float) -> ReservationId:
    reservation_id = site.reserve(tx, hours(first, last))
    tx.reservations.apply(reservation_id, Event.DEPOSIT_PAID)
    return reservation_id


def enter(site: Site, tx: Tx) -> ReservationId:
    reservation_id = confirm(site, tx, 0, 2)
    tx.reservations.apply(reservation_id, Event.ENTRY_PASSAGE)
    tx.reservations.begin_stay(reservation_id, lane=ENTRY, at=NOON)
    return reservation_id


def leave(site: Site, tx: Tx) -> ReservationId:
    reservation_id = enter(site, tx)
    tx.reservations.present(reservation_id, lane=EXIT, at=hours(0, 1).until)
    tx.reservations.apply(reservation_id, Event.EXIT_SETTLED)
    tx.ledger.add_receipt(a_receipt(reservation_id, 400))
    tx.reservations.apply(reservation_id, Event.EXIT_PASSAGE)
    tx.reservations.end_stay(reservation_id, hours(0, 2).until)
    return reservation_id


def test_a_reservation_comes_back_with_the_terms_its_area_had(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        reservation = tx.reservations.get(reservation_id)

    assert reservation is not None
    assert (reservation.state, reservation.window) == (State.PENDING, hours(0, 2))
    assert (reservation.tariff, reservation.split_terms) == (TARIFF, TERMS)
    assert reservation.quote == euro(400)


def test_a_new_tariff_of_the_area_leaves_a_reservation_as_it_was(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        dearer = simple_tariff(
            "standard", version=2, block_minutes=60, price_minor=300, cap_minor=3_000
        )
        tx.library.set_tariff(site.area_id, tx.library.add_tariff(dearer))
        reservation = tx.reservations.get(reservation_id)

        assert tx.library.tariff_of(site.area_id) == dearer
        assert reservation is not None
        assert reservation.tariff == TARIFF


def test_an_unknown_reservation_is_none(site: Site) -> None:
    with site.store.reading() as tx:
        assert tx.reservations.get(ReservationId(99)) is None
        assert tx.reservations.record(ReservationId(99)) is None
        assert tx.reservations.by_short_code("none") is None
        assert tx.reservations.stay(ReservationId(99)) is None


def test_a_reservation_of_an_unknown_space_is_a_bug(site: Site) -> None:
    with pytest.raises(AssertionError, match="no space"), site.store.transaction() as tx:
        site.reserve(tx, hours(0, 2), space_id=type(site.space_id)(99))


def test_an_event_that_is_not_allowed_is_a_bug(site: Site) -> None:
    with pytest.raises(AssertionError, match="exit-passage in pending"):
        apply_at_once(site, Event.EXIT_PASSAGE)


def apply_at_once(site: Site, event: Event) -> State:
    with site.store.transaction() as tx:
        return tx.reservations.apply(site.reserve(tx, hours(0, 2)), event)


def test_an_allowed_event_moves_the_reservation_on(site: Site) -> None:
    assert apply_at_once(site, Event.PENDING_RAN_OUT) is State.EXPIRED
    assert site.raw("SELECT state FROM reservation") == [("expired",)]


def test_a_plate_is_one_vehicle_however_often_it_comes(site: Site) -> None:
    with site.store.transaction() as tx:
        first = tx.reservations.vehicle_id_for("B AA 1")
        again = tx.reservations.vehicle_id_for("B AA 1")
        other = tx.reservations.vehicle_id_for("B BB 2")
        plate = tx.reservations.plate_of(site.reserve(tx, hours(0, 2), plate="B BB 2"))

    assert first == again != other
    assert plate == "B BB 2"


def test_a_paid_car_has_its_window_until_it_is_over(site: Site) -> None:
    with site.store.transaction() as tx:
        confirm(site, tx, 0, 2)
        vehicle_id = tx.reservations.vehicle_id_for("B AA 1")
        during = tx.reservations.paid_for_vehicle(vehicle_id, hours(0, 1), at=NOON)
        afterwards = tx.reservations.paid_for_vehicle(
            vehicle_id, hours(2, 3), at=hours(0, 2).until
        )

    assert (during, afterwards) == (hours(0, 2), None)


def test_a_car_that_is_inside_has_its_window_however_late_it_is(site: Site) -> None:
    with site.store.transaction() as tx:
        enter(site, tx)
        vehicle_id = tx.reservations.vehicle_id_for("B AA 1")

        late = hours(99, 100)
        paid = tx.reservations.paid_for_vehicle(vehicle_id, late, at=late.from_)

    assert paid == hours(0, 2)


def test_a_car_that_is_inside_may_have_another_window_after_its_own(site: Site) -> None:
    with site.store.transaction() as tx:
        enter(site, tx)
        vehicle_id = tx.reservations.vehicle_id_for("B AA 1")
        after_it = tx.reservations.paid_for_vehicle(vehicle_id, hours(2, 3), at=NOON)
        upon_it = tx.reservations.paid_for_vehicle(vehicle_id, hours(1.9, 3), at=NOON)

    assert (after_it, upon_it) == (None, hours(0, 2))


def test_a_pending_reservation_is_not_paid(site: Site) -> None:
    with site.store.transaction() as tx:
        site.reserve(tx, hours(0, 2))
        vehicle_id = tx.reservations.vehicle_id_for("B AA 1")

        assert tx.reservations.paid_for_vehicle(vehicle_id, hours(0, 2), at=NOON) is None


def test_a_driver_finds_the_reservations_in_the_wanted_states(site: Site) -> None:
    with site.store.transaction() as tx:
        driver_id = tx.people.add_driver(name="Di", phone="", pass_code="P1", pin_hash="x")
        paid, pending = confirm(site, tx, 3, 4), site.reserve(tx, hours(0, 2))
        tx.reservations.set_driver(paid, driver_id)
        tx.reservations.set_driver(pending, driver_id)
        site.reserve(tx, hours(5, 6))
        found = tx.reservations.of_driver(driver_id, {State.CONFIRMED, State.ARRIVED})
        both = tx.reservations.of_driver(driver_id, set(State))

    assert [each.id for each in found] == [paid]
    assert [each.id for each in both] == [pending, paid]


def test_a_short_code_finds_its_reservation(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation = tx.reservations.get(site.reserve(tx, hours(0, 2)))
        assert reservation is not None

        assert tx.reservations.by_short_code(reservation.short_code) == reservation


def test_a_stay_goes_from_entry_over_exit_scan_to_exit(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = enter(site, tx)
        entered = tx.reservations.stay(reservation_id)
        tx.reservations.present(reservation_id, lane=EXIT, at=hours(0, 1).until)
        tx.reservations.end_stay(reservation_id, hours(0, 2).until)
        left = tx.reservations.stay(reservation_id)

    assert entered == Stay(reservation_id, ENTRY, NOON, None, None)
    assert left == Stay(reservation_id, ENTRY, NOON, hours(0, 1).until, hours(0, 2).until)


def test_a_stay_does_not_end_twice(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = leave(site, tx)

        with pytest.raises(AssertionError, match="no running stay"):
            tx.reservations.end_stay(reservation_id, hours(0, 3).until)


def test_the_desk_sees_all_of_a_finished_stay_in_one_record(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = leave(site, tx)
        (record,) = tx.reservations.recent(NOON)
        again = tx.reservations.record(reservation_id)

    assert (record.reservation.id, record.reservation.state) == (reservation_id, State.LEFT)
    assert (record.plate, record.space.label, record.charged) == ("B AA 1", "1", euro(400))
    assert record.stay is not None
    assert record.stay.left_at == hours(0, 2).until
    assert not record.was_opened_by_hand
    assert again == record


def test_the_desk_sees_what_has_not_ended_and_what_was_left_or_made_since(site: Site) -> None:
    with site.store.transaction() as tx:
        gone = site.reserve(tx, hours(-9, -8))
        tx.reservations.apply(gone, Event.DRIVER_CANCELLED)
        waiting = site.reserve(tx, hours(-7, -6))
        left = leave(site, tx)
        seen = [each.reservation.id for each in tx.reservations.recent(hours(0, 2).until)]
        later = [each.reservation.id for each in tx.reservations.recent(hours(0, 3).until)]

    assert seen == [left, waiting]
    assert later == [waiting]


def grant_entry(tx: Tx, reservation_id: ReservationId, attendant_id: AttendantId | None) -> None:
    tx.lanes.open_grant(
        token=GrantToken("g1"),
        lane=ENTRY,
        direction="entry",
        reservation_id=reservation_id,
        attendant_id=attendant_id,
        reason=None if attendant_id is None else "scanner is dirty",
        at=NOON,
    )


def test_a_passage_by_ticket_is_not_opened_by_hand(site: Site) -> None:
    with site.store.transaction() as tx:
        grant_entry(tx, confirm(site, tx, 0, 2), None)
        (record,) = tx.reservations.recent(NOON)

    assert not record.was_opened_by_hand


def test_the_desk_sees_that_a_barrier_was_opened_by_hand(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = confirm(site, tx, 0, 2)
        attendant_id = tx.people.add_attendant(name="At", pin_hash="x", is_one_time=False, at=NOON)
        grant_entry(tx, reservation_id, attendant_id)
        (record,) = tx.reservations.recent(NOON)

    assert record.was_opened_by_hand
    assert (record.stay, record.charged) == (None, None)
