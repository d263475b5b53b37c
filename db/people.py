"""Drivers with wallets and attendants: names, contacts, and how they prove who they are.

PINs arrive here as hashes only; counting wrong ones is decided by services. Who works at the desk
and counts as a second person the evidence proves (proved.py); wrong PINs it does not count.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.records import AttendantRecord, DriverRecord
from db.session import epoch, instant
from kiosk.domain.ids import AttendantId, DriverId

if TYPE_CHECKING:
    from db.session import Session

_ADD_PERSON = "INSERT INTO person(name, phone) VALUES (?, ?)"
_ADD_DRIVER = """INSERT INTO driver(person_id, pass_code, pin_hash, wrong_pins)
VALUES (?, ?, ?, 0)"""
_DRIVER = """SELECT d.id, p.name, p.phone, d.pass_code, d.pin_hash, d.wrong_pins, d.locked_until
FROM driver d JOIN person p ON p.id = d.person_id"""
_DRIVER_BY_ID = f"{_DRIVER} WHERE d.id = ?"
_DRIVER_BY_PASS = f"{_DRIVER} WHERE d.pass_code = ?"
_DRIVER_WRONG_PIN = "UPDATE driver SET wrong_pins = ?, locked_until = ? WHERE id = ?"
_DRIVERS_WITH_PHONE = f"{_DRIVER} WHERE p.phone = ? ORDER BY d.id"
_DRIVER_PIN = """UPDATE driver
SET pin_hash = ?, wrong_pins = 0, locked_until = NULL WHERE id = ?"""
_NEW_CODE = "UPDATE driver SET pass_code = ? WHERE id = ?"
_ADD_ATTENDANT = """INSERT INTO attendant(name, pin_hash, is_one_time, wrong_pins)
VALUES (?, ?, ?, 0)"""
_ATTENDANT = """SELECT id, name, pin_hash, is_one_time, wrong_pins, locked_until, is_blocked,
is_confirmed FROM attendant"""
_ATTENDANTS = f"{_ATTENDANT} ORDER BY name"
_ATTENDANT_BY_ID = f"{_ATTENDANT} WHERE id = ?"
_ATTENDANT_BY_NAME = f"{_ATTENDANT} WHERE name = ?"
_ATTENDANT_WRONG_PIN = "UPDATE attendant SET wrong_pins = ?, locked_until = ? WHERE id = ?"
_ATTENDANT_PIN = """UPDATE attendant
SET pin_hash = ?, is_one_time = ?, wrong_pins = 0, locked_until = NULL WHERE id = ?"""
_BLOCK_ATTENDANT = "UPDATE attendant SET is_blocked = ? WHERE id = ?"
_PROVED = "attendant"
_CONFIRM_ATTENDANT = "UPDATE attendant SET is_confirmed = 1 WHERE id = ?"


class People:
    """Persons stand in a table of their own, so that one can be forgotten without the books."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_driver(self, *, name: str, phone: str, pass_code: str, pin_hash: str) -> DriverId:
        """A new driver with an empty wallet; the pass code must be new."""
        person_id = self._session.run(_ADD_PERSON, name, phone).lastrowid
        driver_id = self._session.run(_ADD_DRIVER, person_id, pass_code, pin_hash).lastrowid
        assert driver_id is not None, "an insert has an id"
        return DriverId(driver_id)

    def driver(self, driver_id: DriverId) -> DriverRecord | None:
        """The driver with this id."""
        return _driver(self._session.one(_DRIVER_BY_ID, driver_id))

    def driver_by_pass(self, pass_code: str) -> DriverRecord | None:
        """The driver whose wallet has this pass."""
        return _driver(self._session.one(_DRIVER_BY_PASS, pass_code))

    def drivers_with_phone(self, phone: str) -> tuple[DriverRecord, ...]:
        """Everybody who left this phone number with a wallet."""
        found = map(_driver, self._session.run(_DRIVERS_WITH_PHONE, phone))
        return tuple(driver for driver in found if driver is not None)

    def set_pin(self, driver_id: DriverId, pin_hash: str) -> None:
        """Replaces the PIN of a wallet and clears the count of wrong ones."""
        self._session.run(_DRIVER_PIN, pin_hash, driver_id)

    def set_pass(self, driver_id: DriverId, pass_code: str) -> None:
        """Gives a wallet another pass, which must be new; the old one is nobody's any more."""
        self._session.run(_NEW_CODE, pass_code, driver_id)

    def note_wrong_pin(
        self, driver_id: DriverId, *, wrong_pins: int, locked_until: datetime | None
    ) -> None:
        """Sets the count of wrong PINs (0 after a right one) and until when the pass waits."""
        self._session.run(_DRIVER_WRONG_PIN, wrong_pins, epoch(locked_until), driver_id)

    def add_attendant(
        self, *, name: str, pin_hash: str, is_one_time: bool, at: datetime
    ) -> AttendantId:
        """A new attendant; the name must be new."""
        kept = self._session.keep(_PROVED, _ADD_ATTENDANT, name, pin_hash, int(is_one_time), at=at)
        assert kept is not None, "an insert writes a row"
        return AttendantId(kept["id"])

    def attendant(self, attendant_id: AttendantId) -> AttendantRecord | None:
        """The attendant with this id."""
        return _attendant(self._session.one(_ATTENDANT_BY_ID, attendant_id))

    def attendant_by_name(self, name: str) -> AttendantRecord | None:
        """The attendant with this name."""
        return _attendant(self._session.one(_ATTENDANT_BY_NAME, name))

    def attendants(self) -> tuple[AttendantRecord, ...]:
        """Everybody who was ever let in, by name."""
        found = map(_attendant, self._session.run(_ATTENDANTS))
        return tuple(attendant for attendant in found if attendant is not None)

    def block_attendant(
        self, attendant_id: AttendantId, *, is_blocked: bool, at: datetime
    ) -> None:
        """From now on no PIN of this attendant is right, or the own one is again."""
        self._session.keep(_PROVED, _BLOCK_ATTENDANT, int(is_blocked), attendant_id, at=at)

    def confirm_attendant(self, attendant_id: AttendantId, *, at: datetime) -> None:
        """From now on this attendant counts where it takes two."""
        self._session.keep(_PROVED, _CONFIRM_ATTENDANT, attendant_id, at=at)

    def note_attendant_wrong_pin(
        self, attendant_id: AttendantId, *, wrong_pins: int, locked_until: datetime | None
    ) -> None:
        """Sets the count of wrong PINs (0 after a right one) and until when the desk waits."""
        self._session.run(_ATTENDANT_WRONG_PIN, wrong_pins, epoch(locked_until), attendant_id)

    def set_attendant_pin(
        self, attendant_id: AttendantId, *, pin_hash: str, is_one_time: bool, at: datetime
    ) -> None:
        """Replaces the PIN and clears the count of wrong ones."""
        self._session.keep(
            _PROVED, _ATTENDANT_PIN, pin_hash, int(is_one_time), attendant_id, at=at
        )


def _driver(row: Any) -> DriverRecord | None:
    if row is None:
        return None
    return DriverRecord(
        id=row[0],
        name=row[1],
        phone=row[2],
        pass_code=row[3],
        pin_hash=row[4],
        wrong_pins=row[5],
        locked_until=instant(row[6]),
    )


def _attendant(row: Any) -> AttendantRecord | None:
    if row is None:
        return None
    return AttendantRecord(
        id=row[0],
        name=row[1],
        pin_hash=row[2],
        is_one_time=bool(row[3]),
        wrong_pins=row[4],
        locked_until=instant(row[5]),
        is_blocked=bool(row[6]),
        is_confirmed=bool(row[7]),
    )
