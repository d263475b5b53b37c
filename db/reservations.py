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

from db.conditions import ENDED, live
from db.errors import Overlap
from db.records import StayRecord
from db.rows import (
    RESERVATION,
    RESERVATION_FROM,
    RESERVATION_WIDTH,
    SPACE,
    SPACE_WIDTH,
    STAY,
    STAY_WIDTH,
    reservation_of,
    space_of,
    stay_of,
)
from kiosk.domain.ids import DriverId, LaneName, ReservationId, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.reservation import Event, PendingChange, Reservation, State, next_state
from kiosk.domain.space import ANY_CAR, CarNeeds
from kiosk.domain.stay import Stay
from kiosk.domain.time import Window, from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_ADD = """INSERT INTO reservation(space_id, vehicle_id, t0, t1, state, quote_minor, currency,
tariff_id, split_terms_id, pay_until, short_code, created_at, width_mm, length_mm, height_mm,
needs_charger, needs_accessible, needs_type)
SELECT s.id, ?, ?, ?, 'pending', ?, ?, coalesce(o.tariff_id, a.tariff_id),
coalesce(o.split_terms_id, a.split_terms_id), ?, ?, ?, ?, ?, ?, ?, ?, ?
FROM space s JOIN area a ON a.id = s.area_id
LEFT JOIN offer o ON o.space_id = s.id AND o.state = 'approved' WHERE s.id = ?"""
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
_PAID_FOR_VEHICLE = """SELECT t0, t1 FROM reservation WHERE vehicle_id = ? AND t0 < ?
AND (state = 'arrived' AND (t1 > ? OR ?) OR (state = 'confirmed' AND t1 > ?))
ORDER BY t0 LIMIT 1"""
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
_SET_SPACE = """UPDATE reservation SET space_id = ?,
split_terms_id = coalesce(?, split_terms_id) WHERE id = ?"""
_SET_WINDOW = """UPDATE reservation SET space_id = ?, t0 = ?, t1 = ?, quote_minor = ?,
tariff_id = ?, split_terms_id = ? WHERE id = ?"""
_SET_PRICE = """UPDATE reservation SET quote_minor = ?, tariff_id = ?, split_terms_id = ?
WHERE id = ?"""
_HAS_LEFT = """SELECT 1 FROM reservation r JOIN stay y ON y.reservation_id = r.id
WHERE r.vehicle_id = ? AND y.left_at >= ? AND y.left_at <= ? LIMIT 1"""
_SET_SHORT_CODE = "UPDATE reservation SET short_code = ? WHERE id = ?"
_SET_LINK = "UPDATE reservation SET linked_to = ? WHERE id = ?"
_SET_DISPLACED_BY = "UPDATE reservation SET displaced_by = ? WHERE id = ?"
_DISPLACED_BY = "SELECT id FROM reservation WHERE displaced_by = ? ORDER BY id"
_OF_SPACE = f"""SELECT {RESERVATION} {RESERVATION_FROM} WHERE r.space_id = ?
AND {live("r.state")} AND r.t0 < ? AND r.t1 > ?
ORDER BY r.t0, r.id"""
_STANDING = f"""SELECT id FROM reservation WHERE space_id = ? AND state = 'settled'
UNION ALL SELECT id FROM reservation WHERE space_id = ?
AND {live()} AND state = 'arrived' AND t0 <= ?"""
_INSIDE_ON = f"""WITH inside(id) AS (SELECT id FROM reservation WHERE space_id = :space
AND {live()} AND state = 'arrived'
UNION ALL SELECT id FROM reservation WHERE space_id = :space AND state = 'settled')
SELECT {RESERVATION} {RESERVATION_FROM} WHERE r.id IN inside ORDER BY r.t0, r.id"""
_INSIDE_FOR_VEHICLE = """SELECT r.id FROM reservation r WHERE r.vehicle_id = ?
AND r.state IN ('arrived', 'settled') ORDER BY r.id DESC LIMIT 1"""
_OF_VEHICLE = f"SELECT {RESERVATION} {RESERVATION_FROM} WHERE r.vehicle_id = ? ORDER BY r.t0, r.id"
_BEGIN_STAY = "INSERT INTO stay(reservation_id, entry_lane, entered_at) VALUES (?, ?, ?)"
_PRESENT = "UPDATE stay SET exit_lane = ?, presented_at = ? WHERE reservation_id = ?"
_END_STAY = "UPDATE stay SET left_at = ? WHERE reservation_id = ? AND left_at IS NULL"
_RESUME_STAY = """UPDATE stay SET re_entered_at = ?, left_at = NULL, presented_at = NULL,
exit_lane = NULL WHERE reservation_id = ? AND left_at IS NOT NULL"""
_DISPLACE_STAY = "UPDATE stay SET is_displaced = 1 WHERE reservation_id = ?"
_GET_STAY = f"SELECT {STAY} FROM stay y WHERE y.reservation_id = ?"
_PICK_ONE = "WITH picked(id) AS (SELECT ?)"
_PICK_RECENT = f"""WITH picked(id) AS (
SELECT id FROM reservation WHERE {live()}
UNION ALL SELECT id FROM reservation WHERE state = 'settled'
UNION ALL SELECT id FROM reservation WHERE created_at >= ? AND {ENDED}
UNION ALL SELECT reservation_id FROM stay WHERE left_at >= ?)"""
_STAY_RECORDS = f"""SELECT {RESERVATION}, {STAY}, {SPACE}, v.plate, r.created_at,
(SELECT total_minor FROM receipt e WHERE e.reservation_id = r.id ORDER BY number DESC LIMIT 1),
EXISTS(SELECT 1 FROM passage_grant g
       WHERE g.reservation_id = r.id AND g.attendant_id IS NOT NULL AND g.state <> 'void'),
EXISTS(SELECT 1 FROM passage_grant g
       WHERE g.reservation_id = r.id AND g.state = 'passed' AND g.why = 'assumed')
{RESERVATION_FROM} JOIN space s ON s.id = r.space_id
JOIN vehicle v ON v.id = r.vehicle_id LEFT JOIN stay y ON y.reservation_id = r.id
WHERE r.id IN picked ORDER BY r.t0 DESC, r.id DESC"""
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
        needs: CarNeeds = ANY_CAR,
    ) -> ReservationId:
        """A new pending reservation with the tariff and split that its space has now.

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
                needs.width_mm,
                needs.length_mm,
                needs.height_mm,
                int(needs.charger),
                int(needs.accessible),
                needs.type.value,
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

    def paid_for_vehicle(self, vehicle_id: int, window: Window, *, at: datetime) -> Window | None:
        """The window of a paid reservation of this car that another one would lie upon.

        A car that is inside has one however late it is, for every window that begins now.
        """
        t0, t1, now = to_epoch(window.from_), to_epoch(window.until), to_epoch(at)
        row = self._session.one(_PAID_FOR_VEHICLE, vehicle_id, t1, t0, t0 <= now, t0)
        return None if row is None else Window(from_epoch(row[0]), from_epoch(row[1]))

    def inside_for_vehicle(self, vehicle_id: int) -> ReservationId | None:
        """The stay of this car that has not left yet: a car is never inside twice."""
        row = self._session.one(_INSIDE_FOR_VEHICLE, vehicle_id)
        return None if row is None else ReservationId(row[0])

    def of_vehicle(self, vehicle_id: int) -> tuple[Reservation, ...]:
        """Every reservation of a car, by start."""
        return tuple(map(reservation_of, self._session.run(_OF_VEHICLE, vehicle_id)))

    def of_space(self, space_id: SpaceId, span: Window) -> tuple[Reservation, ...]:
        """The live reservations of a space that share an instant with the span, by start."""
        until, from_ = to_epoch(span.until), to_epoch(span.from_)
        return tuple(map(reservation_of, self._session.run(_OF_SPACE, space_id, until, from_)))

    def standing_on(self, space_id: SpaceId, *, at: datetime) -> ReservationId | None:
        """Whose car stands on a space now, so far as the program knows."""
        row = self._session.one(_STANDING, space_id, space_id, to_epoch(at))
        return None if row is None else ReservationId(row[0])

    def inside_on(self, space_id: SpaceId) -> tuple[Reservation, ...]:
        """Every reservation of a space whose car is inside, by start.

        A late car can have that of the next driver beside it.
        """
        return tuple(map(reservation_of, self._session.run_named(_INSIDE_ON, {"space": space_id})))

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

    def has_left(
        self,
        vehicle_id: int,
        *,
        since: datetime,
        until: datetime,
    ) -> bool:
        """Whether a stay of this car ended in between, both instants included."""
        row = self._session.one(_HAS_LEFT, vehicle_id, to_epoch(since), to_epoch(until))
        return row is not None

    def set_space(
        self, reservation_id: ReservationId, space_id: SpaceId, *, split_terms_id: int | None
    ) -> None:
        """Another space for the same window and price; Overlap as with `add`.

        None: it is divided as before, because something of it was divided already.
        """
        self._guarded(_SET_SPACE, space_id, split_terms_id, reservation_id)

    def set_window(self, change: PendingChange) -> None:
        """Another window, space and price; Overlap as with `add`."""
        self._guarded(
            _SET_WINDOW,
            change.space_id,
            to_epoch(change.window.from_),
            to_epoch(change.window.until),
            change.quote.minor,
            change.tariff_id,
            change.split_terms_id,
            change.reservation_id,
        )

    def set_price(
        self,
        reservation_id: ReservationId,
        *,
        quote: Money,
        tariff_id: int,
        split_terms_id: int,
    ) -> None:
        """Another price for the same window: the driver took another space than the reserved."""
        self._session.run(_SET_PRICE, quote.minor, tariff_id, split_terms_id, reservation_id)

    def set_short_code(self, reservation_id: ReservationId, short_code: str) -> None:
        """Another short code: the one of before stands on a paper that was lost."""
        self._session.run(_SET_SHORT_CODE, short_code, reservation_id)

    def _guarded(self, sql: str, *values: int | str | None) -> None:
        try:
            cursor = self._session.run(sql, *values)
        except IntegrityError as error:
            if str(error) != "overlap":
                raise
            raise Overlap("another live reservation of the space") from error
        assert cursor.rowcount == 1

    def link(self, reservation_id: ReservationId, *, to: ReservationId) -> None:
        """This stay has the terms of another reservation of the same driver."""
        self._session.run(_SET_LINK, to, reservation_id)

    def set_displaced_by(self, reservation_id: ReservationId, by: ReservationId) -> None:
        """Whose lateness cost this driver the space."""
        self._session.run(_SET_DISPLACED_BY, by, reservation_id)

    def displaced_by(self, reservation_id: ReservationId) -> tuple[ReservationId, ...]:
        """Reservations that lost their space because this car stayed too long."""
        rows = self._session.run(_DISPLACED_BY, reservation_id)
        return tuple(ReservationId(row[0]) for row in rows)

    def begin_stay(self, reservation_id: ReservationId, *, lane: LaneName, at: datetime) -> None:
        """The car has passed the entrance."""
        self._session.keep("stay", _BEGIN_STAY, reservation_id, lane, to_epoch(at), at=at)

    def present(self, reservation_id: ReservationId, *, lane: LaneName, at: datetime) -> None:
        """The ticket was presented at the exit: its charge is frozen at this instant."""
        cursor = self._session.run(_PRESENT, lane, to_epoch(at), reservation_id)
        assert cursor.rowcount == 1, f"no stay of {reservation_id}"

    def end_stay(self, reservation_id: ReservationId, at: datetime) -> None:
        """The car has passed the exit."""
        ended = self._session.keep("stay", _END_STAY, to_epoch(at), reservation_id, at=at)
        assert ended is not None, f"no running stay of {reservation_id}"

    def resume_stay(self, reservation_id: ReservationId, at: datetime) -> None:
        """The car has come in again: its stay goes on."""
        resumed = self._session.keep("stay", _RESUME_STAY, to_epoch(at), reservation_id, at=at)
        assert resumed is not None, f"no ended stay of {reservation_id}"

    def displace_stay(self, reservation_id: ReservationId, *, at: datetime) -> None:
        """The site has no space for a car that is inside: nothing is charged."""
        self._session.keep("stay", _DISPLACE_STAY, reservation_id, at=at)

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
    after_stay = rest[STAY_WIDTH:]
    plate, created_at, charged_minor, by_hand, assumed = after_stay[SPACE_WIDTH:]
    currency = reservation.quote.currency
    return StayRecord(
        reservation=reservation,
        space=space_of(after_stay),
        plate=plate,
        created_at=from_epoch(created_at),
        stay=stay_of(rest),
        charged=None if charged_minor is None else Money(charged_minor, currency),
        was_opened_by_hand=by_hand == 1,
        is_passage_assumed=assumed == 1,
    )
