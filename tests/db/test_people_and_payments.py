"""People, payment operations, the record of acts and the library: what goes in comes back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from peewee import IntegrityError

from db.records import OperationRecord
from db.store import Store, Tx
from kiosk.domain.ids import AttendantId, DriverId, LaneName, OperationKey, ReservationId
from kiosk.domain.space import Area
from tests.db.conftest import NOON, TARIFF, TERMS, Site, euro, hours

LATER = hours(0, 1).until
KEY = OperationKey("op-1")


def add_driver(tx: Tx) -> DriverId:
    return tx.people.add_driver(name="Di", phone="+49 1", pass_code="PASS1", pin_hash="hash")


def add_operation(tx: Tx, reservation_id: ReservationId, **other: Any) -> bool:
    """Adds an intent to collect what a stay cost, and whether it was new."""
    asked: dict[str, Any] = {
        "key": KEY,
        "adapter": "sim",
        "kind": "collect",
        "purpose": "due",
        "reservation_id": reservation_id,
        "amount": euro(150),
        "state": "new",
        "lane": LaneName("exit"),
        "at": NOON,
    }
    return tx.payments.add_operation(**asked | other)


def test_a_driver_is_found_by_pass_and_by_id(store: Store) -> None:
    with store.transaction() as tx:
        driver_id = add_driver(tx)
        by_pass, by_id = tx.people.driver_by_pass("PASS1"), tx.people.driver(driver_id)

    assert by_pass is not None
    assert by_pass == by_id
    assert (by_pass.name, by_pass.phone, by_pass.pin_hash) == ("Di", "+49 1", "hash")
    assert (by_pass.wrong_pins, by_pass.locked_until) == (0, None)


def test_a_pass_belongs_to_one_driver(store: Store) -> None:
    with store.transaction() as tx:
        add_driver(tx)
        with pytest.raises(IntegrityError):
            add_driver(tx)


def test_wrong_pins_of_a_driver_are_kept(store: Store) -> None:
    with store.transaction() as tx:
        driver_id = add_driver(tx)
        tx.people.note_wrong_pin(driver_id, wrong_pins=5, locked_until=LATER)
        locked = tx.people.driver(driver_id)
        tx.people.note_wrong_pin(driver_id, wrong_pins=0, locked_until=None)
        cleared = tx.people.driver(driver_id)

    assert locked is not None
    assert (locked.wrong_pins, locked.locked_until) == (5, LATER)
    assert cleared is not None
    assert (cleared.wrong_pins, cleared.locked_until) == (0, None)


def test_a_new_pin_of_an_attendant_replaces_the_one_time_pin(store: Store) -> None:
    with store.transaction() as tx:
        attendant_id = tx.people.add_attendant(
            name="At", pin_hash="once", is_one_time=True, at=NOON
        )
        tx.people.note_attendant_wrong_pin(attendant_id, wrong_pins=3, locked_until=LATER)
        before = tx.people.attendant_by_name("At")
        tx.people.set_attendant_pin(attendant_id, pin_hash="own", is_one_time=False, at=NOON)
        after = tx.people.attendant(attendant_id)

    assert before is not None
    assert (before.pin_hash, before.is_one_time, before.wrong_pins) == ("once", True, 3)
    assert before.locked_until == LATER
    assert after is not None
    assert (after.pin_hash, after.is_one_time, after.wrong_pins) == ("own", False, 0)
    assert after.locked_until is None


def test_people_that_are_not_known_are_none(store: Store) -> None:
    with store.reading() as tx:
        assert tx.people.driver(DriverId(9)) is None
        assert tx.people.driver_by_pass("none") is None
        assert tx.people.attendant(AttendantId(9)) is None
        assert tx.people.attendant_by_name("none") is None


def test_an_operation_is_written_once(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        added = add_operation(tx, reservation_id)
        again = add_operation(tx, reservation_id, amount=euro(1))
        kept = tx.payments.operation(KEY)

    assert (added, again) == (True, False)
    assert kept == OperationRecord(
        key=KEY,
        adapter="sim",
        kind="collect",
        purpose="due",
        reservation_id=reservation_id,
        amount=euro(150),
        state="new",
        lane=LaneName("exit"),
        reference=None,
        created_at=NOON,
        changed_at=NOON,
    )


def test_a_reference_once_known_is_kept(site: Site) -> None:
    with site.store.transaction() as tx:
        add_operation(tx, site.reserve(tx, hours(0, 2)))
        tx.payments.set_operation(KEY, state="sent", reference="ref", at=NOON)
        tx.payments.set_operation(KEY, state="succeeded", reference=None, at=LATER)
        kept = tx.payments.operation(KEY)

    assert kept is not None
    assert (kept.state, kept.reference, kept.changed_at) == ("succeeded", "ref", LATER)


def test_operations_without_an_answer_are_unfinished(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        for state in ("new", "sent", "succeeded", "declined", "in-doubt", "failed"):
            add_operation(tx, reservation_id, key=OperationKey(state), state=state)
        unfinished = [each.key for each in tx.payments.unfinished()]

    assert unfinished == ["in-doubt", "new", "sent"]


def test_an_unknown_operation_cannot_be_changed(store: Store) -> None:
    with store.transaction() as tx, pytest.raises(AssertionError, match="no operation"):
        tx.payments.set_operation(KEY, state="sent", reference=None, at=NOON)

    with store.reading() as tx:
        assert tx.payments.operation(KEY) is None


def test_acts_are_told_newest_first_and_of_one_reservation_oldest_first(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        for action in ("reservation.made", "deposit.paid"):
            tx.audit.write(
                at=NOON,
                actor_kind="driver",
                actor_name="entry",
                action=action,
                lane=LaneName("entry"),
                reservation_id=reservation_id,
            )
        tx.audit.write(at=LATER, actor_kind="clock", actor_name="", action="gaps.built")
        latest = [act.action for act in tx.audit.latest(2)]
        acts = tx.audit.of_reservation(reservation_id)

    assert latest == ["gaps.built", "deposit.paid"]
    assert [act.action for act in acts] == ["reservation.made", "deposit.paid"]
    assert (acts[0].at, acts[0].lane, acts[0].detail) == (NOON, "entry", "")


def test_the_library_comes_back_as_it_was_set_up(site: Site) -> None:
    with site.store.reading() as tx:
        library = tx.library
        area, (space,) = library.area(site.area_id), library.spaces(site.area_id)

        assert area == Area(site.area_id, "P1", "Level 1", 1, 30_000, 20_000)
        assert library.areas() == (area,)
        assert (space, library.spaces()) == (library.space(site.space_id), (space,))
        assert library.owner_names() == {site.owner_id: "Ada Owner"}
        assert library.tariff_of(site.area_id) == TARIFF
        assert library.split_terms_of(site.area_id) == TERMS


@pytest.mark.parametrize(("has_charger", "is_accessible"), [(True, False), (False, True)])
def test_a_space_keeps_what_it_is_fit_for(
    site: Site, has_charger: bool, is_accessible: bool
) -> None:
    with site.store.transaction() as tx:
        space_id = tx.library.add_space(
            area_id=site.area_id,
            owner_id=site.owner_id,
            label="E1",
            rank=2,
            x_mm=1,
            y_mm=2,
            width_mm=3,
            depth_mm=4,
            has_charger=has_charger,
            is_accessible=is_accessible,
        )
        space = tx.library.space(space_id)

    assert (space.has_charger, space.is_accessible) == (has_charger, is_accessible)
    assert (space.x_mm, space.y_mm, space.width_mm, space.depth_mm) == (1, 2, 3, 4)


def test_areas_come_nearest_level_first(site: Site) -> None:
    with site.store.transaction() as tx:
        for code, level in (("U2", -2), ("P0", 0), ("U1", -1)):
            tx.library.add_area(
                code=code,
                name=code,
                level=level,
                width_mm=1,
                depth_mm=1,
                tariff_id=1,
                split_terms_id=1,
            )
        assert [area.code for area in tx.library.areas()] == ["P0", "P1", "U1", "U2"]


def imported_by(modules: str) -> set[str]:
    code = f"import sys, {modules}; print(*sys.modules)"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    return set(done.stdout.split())


def test_values_of_the_database_load_no_driver() -> None:
    assert not imported_by("db, db.records, db.errors") & {"peewee", "sqlite3", "pysqlite3"}


def test_opening_a_store_does_not_load_the_migrations() -> None:
    assert "playhouse.migrations" not in imported_by("db.open, db.store")
