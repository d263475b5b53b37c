"""Fleets and their passes: who may park on a monthly invoice, and how drivers prove it.

PINs arrive here as hashes only; invoices stand in invoices.py, what is owed in the books.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.models_fleets import Fleet, FleetPass
from db.session import epoch, instant
from kiosk.domain.ids import FleetId
from kiosk.domain.money import Money

if TYPE_CHECKING:
    from db.session import Session

_FLEET = "SELECT id, name, address, tax_number, credit_limit_minor, currency, is_active FROM fleet"
_BY_ID = f"{_FLEET} WHERE id = ?"
_BY_NAME = f"{_FLEET} WHERE name = ?"
_ALL = f"{_FLEET} ORDER BY name"
_SET = """UPDATE fleet SET address = ?, tax_number = ?, credit_limit_minor = ?, is_active = ?
WHERE id = ?"""
_SELECT = """SELECT id, fleet_id, code, pin_hash, wrong_pins, locked_until, is_active
FROM fleet_pass"""
_BY_CODE = f"{_SELECT} WHERE code = ? AND is_active = 1"
_PASSES_OF = f"{_SELECT} WHERE fleet_id = ? ORDER BY id"
_WRONG_PIN = "UPDATE fleet_pass SET wrong_pins = ?, locked_until = ? WHERE id = ?"
_ENDED = "UPDATE fleet_pass SET is_active = 0 WHERE code = ? AND is_active = 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetRecord:
    """A firm whose cars park on one monthly invoice."""

    id: FleetId
    name: str
    address: str
    """Lines, as they stand on an envelope."""
    tax_number: str
    credit_limit: Money
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetPassRecord:
    """A pass of a fleet, with the proof that it is in the right hands."""

    id: int
    fleet_id: FleetId
    code: str
    pin_hash: str
    wrong_pins: int
    locked_until: datetime | None
    is_active: bool


class Fleets:
    """Fleets by id and name, and their passes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, *, name: str, address: str, tax_number: str, credit_limit: Money) -> FleetId:
        """A new active fleet; the name must be new."""
        return FleetId(
            self._session.insert(
                Fleet,
                name=name,
                address=address,
                tax_number=tax_number,
                credit_limit_minor=credit_limit.minor,
                currency=credit_limit.currency,
                is_active=1,
            )
        )

    def change(self, fleet: FleetRecord) -> None:
        """Sets everything of a fleet but its name and currency."""
        values = (fleet.address, fleet.tax_number, fleet.credit_limit.minor)
        self._session.run(_SET, *values, int(fleet.is_active), fleet.id)

    def fleet(self, fleet_id: FleetId) -> FleetRecord:
        """The fleet with this id, which must be one."""
        found = _fleet(self._session.one(_BY_ID, fleet_id))
        assert found is not None, f"no fleet {fleet_id}"
        return found

    def by_name(self, name: str) -> FleetRecord | None:
        """The fleet with this name."""
        return _fleet(self._session.one(_BY_NAME, name))

    def all(self) -> tuple[FleetRecord, ...]:
        """Every fleet, by name."""
        rows = map(_fleet, self._session.run(_ALL))
        return tuple(fleet for fleet in rows if fleet is not None)

    def add_pass(self, fleet_id: FleetId, *, code: str, pin_hash: str) -> None:
        """One more pass of a fleet; the code must be new."""
        self._session.insert(
            FleetPass, fleet=fleet_id, code=code, pin_hash=pin_hash, wrong_pins=0, is_active=1
        )

    def end_pass(self, code: str) -> bool:
        """A pass proves nothing any more; False when no such pass was good."""
        return self._session.run(_ENDED, code).rowcount == 1

    def pass_by_code(self, code: str) -> FleetPassRecord | None:
        """The good pass with this code."""
        row = self._session.one(_BY_CODE, code)
        return None if row is None else _pass(row)

    def passes_of(self, fleet_id: FleetId) -> tuple[FleetPassRecord, ...]:
        """Every pass of a fleet, also those that are good no more."""
        return tuple(map(_pass, self._session.run(_PASSES_OF, fleet_id)))

    def note_wrong_pin(
        self, pass_id: int, *, wrong_pins: int, locked_until: datetime | None
    ) -> None:
        """Sets the count of wrong PINs (0 after a right one) and until when the pass waits."""
        self._session.run(_WRONG_PIN, wrong_pins, epoch(locked_until), pass_id)


def _fleet(row: Any) -> FleetRecord | None:
    if row is None:
        return None
    return FleetRecord(
        id=FleetId(row[0]),
        name=row[1],
        address=row[2],
        tax_number=row[3],
        credit_limit=Money(row[4], row[5]),
        is_active=row[6] == 1,
    )


def _pass(row: Any) -> FleetPassRecord:
    return FleetPassRecord(
        id=row[0],
        fleet_id=FleetId(row[1]),
        code=row[2],
        pin_hash=row[3],
        wrong_pins=row[4],
        locked_until=instant(row[5]),
        is_active=row[6] == 1,
    )
