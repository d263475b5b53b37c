"""Shops, their vouchers, and what they give to stays.

A voucher is kept as the hash of its code: who reads the database can use none. What a
validation is worth is decided in kiosk.domain.validation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.models_fleets import Shop
from kiosk.domain.ids import ReservationId, ShopId
from kiosk.domain.money import Money
from kiosk.domain.time import from_epoch, to_epoch
from kiosk.domain.validation import Given, ValidationKind

if TYPE_CHECKING:
    from db.session import Session

_SHOP = "SELECT id, name, address, tax_number, is_active FROM shop"
_BY_ID = f"{_SHOP} WHERE id = ?"
_BY_NAME = f"{_SHOP} WHERE name = ?"
_ALL = f"{_SHOP} ORDER BY name"
_SET_ACTIVE = "UPDATE shop SET is_active = ? WHERE id = ?"
_ADD_VOUCHER = """INSERT INTO voucher(shop_id, code_hash, kind, value, made_at, expires_at)
VALUES (?, ?, ?, ?, ?, ?)"""
_VOUCHER = """SELECT v.id, v.shop_id, v.kind, v.value, v.expires_at, u.id IS NOT NULL
FROM voucher v LEFT JOIN validation u ON u.voucher_id = v.id WHERE v.code_hash = ?"""
_ADD_VALIDATION = """INSERT INTO validation(reservation_id, shop_id, voucher_id, kind, value, at)
VALUES (?, ?, ?, ?, ?, ?)"""
_VALIDATIONS = """SELECT v.id, v.shop_id, s.name, v.kind, v.value, v.at, p.amount_minor, p.currency
FROM validation v LEFT JOIN shop s ON s.id = v.shop_id
LEFT JOIN validation_posting p ON p.validation_id = v.id
WHERE v.reservation_id = ? ORDER BY v.id"""
_POSTED = """INSERT INTO validation_posting(validation_id, amount_minor, currency, at)
VALUES (?, ?, ?, ?)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopRecord:
    """A shop that pays a part of the stays of those who buy there."""

    id: ShopId
    name: str
    address: str
    tax_number: str
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherRecord:
    """A voucher that is good once; of the operator where it has no shop."""

    id: int
    shop_id: ShopId | None
    given: Given
    expires_at: datetime
    is_used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationRecord:
    """What a shop, or the operator, gave to a stay."""

    id: int
    shop_id: ShopId | None
    """None: the operator."""
    shop_name: str
    """Empty for the operator."""
    given: Given
    at: datetime
    posted: Money | None
    """What it was worth when the stay was settled; None before."""


class Shops:
    """Shops by id and name, vouchers by their hash, validations by their stay."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, *, name: str, address: str, tax_number: str) -> ShopId:
        """A new active shop; the name must be new."""
        values = {"name": name, "address": address, "tax_number": tax_number}
        return ShopId(self._session.insert(Shop, **values, is_active=1))

    def shop(self, shop_id: ShopId) -> ShopRecord:
        """The shop with this id, which must be one."""
        found = _shop(self._session.one(_BY_ID, shop_id))
        assert found is not None, f"no shop {shop_id}"
        return found

    def by_name(self, name: str) -> ShopRecord | None:
        """The shop with this name."""
        return _shop(self._session.one(_BY_NAME, name))

    def all(self) -> tuple[ShopRecord, ...]:
        """Every shop, by name."""
        rows = map(_shop, self._session.run(_ALL))
        return tuple(shop for shop in rows if shop is not None)

    def set_active(self, shop_id: ShopId, *, is_active: bool) -> None:
        """Whether a shop takes part."""
        self._session.run(_SET_ACTIVE, int(is_active), shop_id)

    def add_voucher(
        self,
        shop_id: ShopId | None,
        *,
        code_hash: str,
        given: Given,
        made_at: datetime,
        expires_at: datetime,
    ) -> None:
        """One more voucher; its hash must be new."""
        times = to_epoch(made_at), to_epoch(expires_at)
        values = (shop_id, code_hash, given.kind.value, given.value, *times)
        self._session.keep("voucher", _ADD_VOUCHER, *values, at=made_at)

    def voucher(self, code_hash: str) -> VoucherRecord | None:
        """The voucher whose code has this hash."""
        row = self._session.one(_VOUCHER, code_hash)
        if row is None:
            return None
        return VoucherRecord(
            id=row[0],
            shop_id=row[1],
            given=_given(row[2], row[3]),
            expires_at=from_epoch(row[4]),
            is_used=row[5] == 1,
        )

    def validate(
        self,
        reservation_id: ReservationId,
        *,
        shop_id: ShopId | None,
        given: Given,
        at: datetime,
        voucher_id: int | None = None,
    ) -> None:
        """This is given to a stay by a shop or the operator; by one voucher only once."""
        what = given.kind.value, given.value
        values = (reservation_id, shop_id, voucher_id, *what, to_epoch(at))
        self._session.keep("validation", _ADD_VALIDATION, *values, at=at)

    def validations_of(self, reservation_id: ReservationId) -> tuple[ValidationRecord, ...]:
        """What was given to a stay, in that order."""
        return tuple(
            ValidationRecord(
                id=row[0],
                shop_id=row[1],
                shop_name=row[2] or "",
                given=_given(row[3], row[4]),
                at=from_epoch(row[5]),
                posted=None if row[6] is None else Money(row[6], row[7]),
            )
            for row in self._session.run(_VALIDATIONS, reservation_id)
        )

    def note_posted(self, validation_id: int, amount: Money, at: datetime) -> None:
        """The stay was settled, and this is what the validation was worth: once and for all."""
        values = (validation_id, amount.minor, amount.currency, to_epoch(at))
        self._session.keep("validation_posting", _POSTED, *values, at=at)


def _given(kind: str, value: int) -> Given:
    return Given(ValidationKind(kind), value)


def _shop(row: Any) -> ShopRecord | None:
    if row is None:
        return None
    return ShopRecord(
        id=ShopId(row[0]),
        name=row[1],
        address=row[2],
        tax_number=row[3],
        is_active=row[4] == 1,
    )
