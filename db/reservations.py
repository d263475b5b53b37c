# ruff: noqa: S608 (every statement is put together from constants of our own)
"""Reservations, the cars they are for, and their stays.

Which change is allowed is the domain's table (kiosk.domain.reservation); the schema holds a
copy of it and of the rule against overlaps, which nobody can get round.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from peewee import IntegrityError

from db.errors import Overlap
from db.records import StayRecord
from db.rows import (
    RESERVATION,
    RESERVATION_FROM,
    RESERVATION_WIDTH,
    SPACE,
    STAY,
    reservation_of,
    space_of,
    stay_of,
)
from kiosk.domain.ids import DriverId, LaneName, ReservationId, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.reservation import Event, Reservation, State, next_state
from kiosk.domain.stay import Stay
from kiosk.domain.time import Window, from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_ADD = """INSERT INTO reservation(space_id, vehicle_id, t0, t1, state, quote_minor, currency,
tariff_id, split_terms_id, pay_until, short_code, created_at)
SELECT s.id, ?, ?, ?, 'pending', ?, ?, a.tariff_id, a.split_terms_id, ?, ?, ?
FROM space s JOIN area a ON a.id = s.area_id WHERE s.id = ?"""
_GET = f"SELECT {RESERVATION} {RESERVATION_FROM} WHERE r.id = ?"
_BY_SHORT_CODE = f"SELECT {RESERVATION} {RESERVATION_FROM} WHERE r.short_code = ?"
_OF_DRIVER = f"SELECT {RESERVATION} {RESERVATION_FROM} WHERE r.driver_id = ? ORDER BY r.t0, r.id"
_STATE = "SELECT state FROM reservation WHERE id = ?"
_APPLY = "UPDATE reservation SET state = ? WHERE id = ? AND state = ?"
_SET_DRIVER = "UPDATE reservation SET driver_id = ? WHERE id = ?"
_PLATE = """SELECT v.plate FROM reservation r JOIN vehicle v ON v.id = r.vehicle_id
WHERE r.id = ?"""
_VEHICLE = "SELECT id FROM vehicle WHERE plate = ?"
_ADD_VEHICLE = "INSERT INTO vehicle(plate) VALUES (?)"
_PAID_FOR_VEHICLE = """SELECT t0, t1 FROM reservation WHERE vehicle_id = ?
AND (state = 'arrived' OR (state = 'confirmed' AND t1 > ?)) ORDER BY t0 LIMIT 1"""
_PENDING_FOR_VEHICLE = """SELECT id FROM reservation
WHERE vehicle_id = ? AND state = 'pending' ORDER BY id"""
_HAS_USED_FREE = """SELECT 1 FROM reservation r JOIN stay y ON y.reservation_id = r.id
JOIN tariff t ON t.id = r.tariff_id
WHERE r.vehicle_id = ? AND y.entered_at > ? AND y.entered_at < ?
AND json_extract(t.text, '$.free.minutes') IS NOT NULL
AND coalesce((SELECT EXISTS (SELECT 1 FROM json_each(e.lines) l
                             WHERE json_extract(l.value, '$.kind') = 'free')
              FROM receipt e WHERE e.reservation_id = r.id
              ORDER BY e.number DESC LIMIT 1), 1) LIMIT 1"""
_DUE_PENDING = """SELECT id FROM reservation WHERE state = 'pending' AND pay_until <= ?
ORDER BY pay_until, id"""
_DUE_NO_SHOW = """SELECT id FROM reservation WHERE state = 'confirmed' AND t0 <= ?
ORDER BY t0, id"""
_BEGIN_STAY = "INSERT INTO stay(reservation_id, entry_lane, entered_at) VALUES (?, ?, ?)"
_PRESENT = "UPDATE stay SET exit_lane = ?, presented_at = ? WHERE reservation_id = ?"
_END_STAY = "UPDATE stay SET left_at = ? WHERE reservation_id = ? AND left_at IS NULL"
_GET_STAY = f"SELECT {STAY} FROM stay y WHERE y.reservation_id = ?"
_PICK_ONE = "WITH picked(id) AS (SELECT ?)"
_PICK_RECENT = """WITH picked(id) AS (
SELECT id FROM reservation WHERE state IN ('pending', 'confirmed', 'arrived', 'settled')
UNION SELECT id FROM reservation WHERE created_at >= ?
UNION SELECT reservation_id FROM stay WHERE left_at >= ?)"""
_STAY_RECORDS = f"""SELECT {RESERVATION}, {STAY}, {SPACE}, v.plate, r.created_at,
(SELECT total_minor FROM receipt e WHERE e.reservation_id = r.id ORDER BY number DESC LIMIT 1),
EXISTS(SELECT 1 FROM passage_grant g
       WHERE g.reservation_id = r.id AND g.attendant_id IS NOT NULL AND g.state <> 'void')
{RESERVATION_FROM} JOIN picked ON picked.id = r.id JOIN space s ON s.id = r.space_id
JOIN vehicle v ON v.id = r.vehicle_id LEFT JOIN stay y ON y.reservation_id = r.id
ORDER BY r.t0 DESC, r.id DESC"""
_RECENT = f"{_PICK_RECENT} {_STAY_RECORDS}"
_RECORD = f"{_PICK_ONE} {_STAY_RECORDS}"


class Reservations:
    """Reservations and stays by id, by car, by driver and by what is due."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        *,
        space_id: SpaceId,
        vehicle_id: int,
        window: Window,
        quote: Money,
        pay_until: datetime,
        short_code: str,
        created_at: datetime,
    ) -> ReservationId:
        """A new pending reservation with the tariff and split that its area has now.

        Raises Overlap when another live reservation of the space overlaps the window; the
        reservation is then not written.
        """
        try:
            cursor = self._session.run(
                _ADD,
                vehicle_id,
                to_epoch(window.from_),
                to_epoch(window.until),
                quote.minor,
                quote.currency,
                to_epoch(pay_until),
                short_code,
                to_epoch(created_at),
                space_id,
            )
        except IntegrityError as error:
            if str(error) != "overlap":
                raise
            raise Overlap(f"space {space_id}") from error
        assert cursor.rowcount == 1, f"no space {space_id}"
        assert cursor.lastrowid is not None
        return ReservationId(cursor.lastrowid)

    def get(self, reservation_id: ReservationId) -> Reservation | None:
        """The reservation with this id."""
        return _reservation(self._session.one(_GET, reservation_id))

    def by_short_code(self, short_code: str) -> Reservation | None:
        """The reservation with this short code under its QR."""
        return _reservation(self._session.one(_BY_SHORT_CODE, short_code))

    def of_driver(self, driver_id: DriverId, states: Collection[State]) -> tuple[Reservation, ...]:
        """The reservations a driver's wallet paid that are in one of the states, by start."""
        found = map(reservation_of, self._session.run(_OF_DRIVER, driver_id))
        return tuple(each for each in found if each.state in states)

    def apply(self, reservation_id: ReservationId, event: Event) -> State:
        """Moves a reservation on and returns its new state; an event not allowed is a bug."""
        row = self._session.one(_STATE, reservation_id)
        assert row is not None, f"no reservation {reservation_id}"
        after = next_state(State(row[0]), event)
        assert after is not None, f"{event.value} in {row[0]}"
        cursor = self._session.run(_APPLY, after.value, reservation_id, row[0])
        assert cursor.rowcount == 1
        return after

    def set_driver(self, reservation_id: ReservationId, driver_id: DriverId) -> None:
        """Whose wallet paid the deposit."""
        self._session.run(_SET_DRIVER, driver_id, reservation_id)

    def plate_of(self, reservation_id: ReservationId) -> str:
        """The plate that a reservation is for."""
        plate: str = self._session.one(_PLATE, reservation_id)[0]
        return plate

    def vehicle_id_for(self, plate: str) -> int:
        """The vehicle with this plate, added when it is new."""
        row = self._session.one(_VEHICLE, plate)
        if row is not None:
            return int(row[0])
        vehicle_id = self._session.run(_ADD_VEHICLE, plate).lastrowid
        assert vehicle_id is not None
        return vehicle_id

    def paid_for_vehicle(self, vehicle_id: int, at: datetime) -> Window | None:
        """The window of a paid reservation of this car that is not over at `at`.

        A car that is inside always has one, however late it is.
        """
        row = self._session.one(_PAID_FOR_VEHICLE, vehicle_id, to_epoch(at))
        return None if row is None else Window(from_epoch(row[0]), from_epoch(row[1]))

    def pending_for_vehicle(self, vehicle_id: int) -> tuple[ReservationId, ...]:
        """Reservations of this car that wait for their deposit."""
        rows = self._session.run(_PENDING_FOR_VEHICLE, vehicle_id)
        return tuple(ReservationId(row[0]) for row in rows)

    def has_used_free(self, vehicle_id: int, *, after: datetime, before: datetime) -> bool:
        """Whether a stay of this car that began between the two had free minutes.

        One that is not settled yet may still have them.
        """
        row = self._session.one(_HAS_USED_FREE, vehicle_id, to_epoch(after), to_epoch(before))
        return row is not None

    def due_pending(self, now: datetime) -> tuple[ReservationId, ...]:
        """Pending reservations whose time to pay has run out, longest ago first."""
        return tuple(row[0] for row in self._session.run(_DUE_PENDING, to_epoch(now)))

    def due_no_show(self, started_before: datetime) -> tuple[ReservationId, ...]:
        """Confirmed reservations that started at `started_before` or earlier, oldest first."""
        return tuple(row[0] for row in self._session.run(_DUE_NO_SHOW, to_epoch(started_before)))

    def begin_stay(self, reservation_id: ReservationId, *, lane: LaneName, at: datetime) -> None:
        """The car has passed the entrance."""
        self._session.run(_BEGIN_STAY, reservation_id, lane, to_epoch(at))

    def present(self, reservation_id: ReservationId, *, lane: LaneName, at: datetime) -> None:
        """The ticket was presented at the exit: its charge is frozen at this instant."""
        cursor = self._session.run(_PRESENT, lane, to_epoch(at), reservation_id)
        assert cursor.rowcount == 1, f"no stay of {reservation_id}"

    def end_stay(self, reservation_id: ReservationId, at: datetime) -> None:
        """The car has passed the exit."""
        cursor = self._session.run(_END_STAY, to_epoch(at), reservation_id)
        assert cursor.rowcount == 1, f"no running stay of {reservation_id}"

    def stay(self, reservation_id: ReservationId) -> Stay | None:
        """The stay of a reservation, when its car ever came."""
        row = self._session.one(_GET_STAY, reservation_id)
        return None if row is None else stay_of(row)

    def recent(self, since: datetime) -> tuple[StayRecord, ...]:
        """Every reservation that has not ended, was made since, or was left since.

        Latest start first.
        """
        first = to_epoch(since)
        return tuple(map(_stay_record, self._session.run(_RECENT, first, first)))

    def record(self, reservation_id: ReservationId) -> StayRecord | None:
        """One reservation as `recent` gives them, however old it is."""
        row = self._session.one(_RECORD, reservation_id)
        return None if row is None else _stay_record(row)


def _reservation(row: Any) -> Reservation | None:
    return None if row is None else reservation_of(row)


def _stay_record(row: Any) -> StayRecord:
    reservation = reservation_of(row)
    rest = row[RESERVATION_WIDTH:]
    plate, created_at, charged_minor, was_opened_by_hand = rest[16:20]
    currency = reservation.quote.currency
    return StayRecord(
        reservation=reservation,
        space=space_of(rest[5:16]),
        plate=plate,
        created_at=from_epoch(created_at),
        stay=stay_of(rest),
        charged=None if charged_minor is None else Money(charged_minor, currency),
        was_opened_by_hand=was_opened_by_hand == 1,
    )
