# ruff: noqa: S608 (every statement is put together from constants of our own)
"""Disputes, chargebacks and corrections of what was settled: rows that are only ever added.

Which may be opened when, and what they move in the books, is decided by services.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.session import epoch, instant
from kiosk.domain.disputes import (
    Cause,
    Chargeback,
    ChargebackState,
    Correction,
    Dispute,
    DisputeKind,
    DisputeState,
    HeldRefund,
)
from kiosk.domain.ids import OperationKey, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.settlement import Shares
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_OPEN = """INSERT INTO dispute(reservation_id, kind, words, opened_at, opened_by)
VALUES (?, ?, ?, ?, ?)"""
_CLOSE = """INSERT INTO dispute_end(dispute_id, how, refunded_minor, words, at, by)
VALUES (?, ?, ?, ?, ?, ?)"""
_DISPUTES = """SELECT d.id, d.reservation_id, d.kind, d.words, d.opened_at, d.opened_by,
coalesce(e.how, 'open'), coalesce(e.refunded_minor, 0), coalesce(e.words, '')
FROM dispute d LEFT JOIN dispute_end e ON e.dispute_id = d.id"""
_DISPUTE = f"{_DISPUTES} WHERE d.id = ?"
_DISPUTES_OF = f"{_DISPUTES} WHERE d.reservation_id = ? ORDER BY d.id"
_OPEN_DISPUTES = f"{_DISPUTES} WHERE e.dispute_id IS NULL ORDER BY d.id"

_OPEN_CHARGEBACK = """INSERT INTO chargeback(reservation_id, adapter, reference, amount_minor,
fee_minor, currency, opened_at, answer_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT(adapter, reference) DO NOTHING"""
_TURN = "INSERT INTO chargeback_turn(chargeback_id, number, how, at) VALUES (?, ?, ?, ?)"
_CHARGEBACKS = """SELECT c.id, c.reservation_id, c.adapter, c.reference, c.amount_minor,
c.fee_minor, c.currency, c.opened_at, c.answer_by, coalesce(t.how, 'open'), coalesce(t.number, 0)
FROM chargeback c LEFT JOIN chargeback_turn t ON t.chargeback_id = c.id
AND t.number = (SELECT max(number) FROM chargeback_turn WHERE chargeback_id = c.id)"""
_CHARGEBACK = f"{_CHARGEBACKS} WHERE c.id = ?"
_CHARGEBACKS_OF = f"{_CHARGEBACKS} WHERE c.reservation_id = ? ORDER BY c.id"
_CHARGEBACK_BY_REFERENCE = f"{_CHARGEBACKS} WHERE c.adapter = ? AND c.reference = ?"
_OPEN_CHARGEBACKS = f"{_CHARGEBACKS} WHERE t.number IS NULL ORDER BY c.id"

_HOLD = """INSERT INTO held_refund(chargeback_id, journal_key, original, amount_minor, at)
VALUES (?, ?, ?, ?, ?)"""
_HELD_OF = """SELECT h.id, h.chargeback_id, h.journal_key, h.original, h.amount_minor, c.currency
FROM held_refund h JOIN chargeback c ON c.id = h.chargeback_id
WHERE h.chargeback_id = ? ORDER BY h.id"""

_NEXT_NOTE = "SELECT coalesce(max(note_number), 0) + 1 FROM correction"
_CORRECTION_COLUMNS = """note_number, receipt_number, reservation_id, cause, total_minor,
tax_minor, owner_minor, commission_minor, vat_minor, manager_minor, currency, reason, at, by"""
_CORRECT = f"""INSERT INTO correction({_CORRECTION_COLUMNS})
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_CORRECTIONS_OF = f"""SELECT {_CORRECTION_COLUMNS} FROM correction
WHERE reservation_id = ? ORDER BY id"""


class Disputes:
    """What came after the settlement of reservations."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(
        self,
        reservation_id: ReservationId,
        *,
        kind: DisputeKind,
        words: str,
        at: datetime,
        by: str,
    ) -> int:
        """A driver disputes; the reservation must have no open dispute. Its id."""
        values = (reservation_id, kind.value, words, to_epoch(at), by)
        dispute = self._session.keep("dispute", _OPEN, *values, at=at)
        assert dispute is not None, "an insert has a row"
        return int(dispute["id"])

    def close(
        self,
        dispute_id: int,
        *,
        how: DisputeState,
        refunded: Money,
        words: str,
        at: datetime,
        by: str,
    ) -> None:
        """The desk has decided an open dispute."""
        assert how is not DisputeState.OPEN
        values = (dispute_id, how.value, refunded.minor, words, to_epoch(at), by)
        self._session.keep("dispute_end", _CLOSE, *values, at=at)

    def get(self, dispute_id: int) -> Dispute | None:
        """The dispute with this id."""
        row = self._session.one(_DISPUTE, dispute_id)
        return None if row is None else _dispute(row)

    def of_reservation(self, reservation_id: ReservationId) -> tuple[Dispute, ...]:
        """Every dispute of a reservation, oldest first."""
        return tuple(map(_dispute, self._session.run(_DISPUTES_OF, reservation_id)))

    def all_open(self) -> tuple[Dispute, ...]:
        """Every dispute that nobody has decided, oldest first."""
        return tuple(map(_dispute, self._session.run(_OPEN_DISPUTES)))

    def open_reservations(self) -> frozenset[ReservationId]:
        """Reservations whose money is in question: disputed at the desk or by a bank.

        Their owners' shares are held back from payouts until it is decided.
        """
        disputed = {each.reservation_id for each in self.all_open()}
        return frozenset(disputed | {each.reservation_id for each in self.open_chargebacks()})

    def open_chargeback(
        self,
        reservation_id: ReservationId,
        *,
        adapter: str,
        reference: str,
        amount: Money,
        fee: Money,
        at: datetime,
        answer_by: datetime | None,
    ) -> bool:
        """A provider took a payment back; False when this case is known (nothing changed)."""
        opened = self._session.keep(
            "chargeback",
            _OPEN_CHARGEBACK,
            reservation_id,
            adapter,
            reference,
            amount.minor,
            fee.minor,
            amount.currency,
            to_epoch(at),
            epoch(answer_by),
            at=at,
        )
        return opened is not None

    def turn_chargeback(self, chargeback: Chargeback, how: ChargebackState, at: datetime) -> None:
        """It was won or lost; after the one only the other can follow."""
        assert how is not ChargebackState.OPEN
        values = (chargeback.id, chargeback.turns + 1, how.value, to_epoch(at))
        self._session.keep("chargeback_turn", _TURN, *values, at=at)

    def chargeback(self, chargeback_id: int) -> Chargeback | None:
        """The chargeback with this id."""
        row = self._session.one(_CHARGEBACK, chargeback_id)
        return None if row is None else _chargeback(row)

    def chargeback_by(self, adapter: str, reference: str) -> Chargeback | None:
        """The chargeback that a provider knows by this name."""
        row = self._session.one(_CHARGEBACK_BY_REFERENCE, adapter, reference)
        return None if row is None else _chargeback(row)

    def chargebacks_of(self, reservation_id: ReservationId) -> tuple[Chargeback, ...]:
        """Every chargeback of a reservation, oldest first."""
        return tuple(map(_chargeback, self._session.run(_CHARGEBACKS_OF, reservation_id)))

    def open_chargebacks(self) -> tuple[Chargeback, ...]:
        """Every chargeback that is not decided, oldest first."""
        return tuple(map(_chargeback, self._session.run(_OPEN_CHARGEBACKS)))

    def hold(
        self,
        chargeback: Chargeback,
        *,
        journal_key: str,
        original: OperationKey | None,
        amount: Money,
        at: datetime,
    ) -> int:
        """A refund that this journal made due is not sent; the id under which it is held."""
        values = (chargeback.id, journal_key, original, amount.minor, to_epoch(at))
        held = self._session.keep("held_refund", _HOLD, *values, at=at)
        assert held is not None, "an insert has a row"
        return int(held["id"])

    def held_for(self, chargeback_id: int) -> tuple[HeldRefund, ...]:
        """Every refund that was held for a chargeback, sent since or not, oldest first."""
        return tuple(map(_held, self._session.run(_HELD_OF, chargeback_id)))

    def correct(self, correction: Correction) -> Correction:
        """Writes a correction; a corrective receipt gets the next number, without a gap."""
        assert correction.note_number is None, "the number is given here"
        if correction.cause is not Cause.CHARGEBACK:
            number = self._session.one(_NEXT_NOTE)[0]
            correction = replace(correction, note_number=number)
        shares = correction.shares
        self._session.keep(
            "correction",
            _CORRECT,
            correction.note_number,
            correction.receipt_number,
            correction.reservation_id,
            correction.cause.value,
            correction.total.minor,
            correction.tax.minor,
            shares.owner.minor,
            shares.commission.minor,
            shares.vat.minor,
            shares.manager.minor,
            correction.total.currency,
            correction.reason,
            to_epoch(correction.at),
            correction.by,
            at=correction.at,
        )
        return correction

    def corrections_of(self, reservation_id: ReservationId) -> tuple[Correction, ...]:
        """Every correction of a reservation, oldest first."""
        return tuple(map(_correction, self._session.run(_CORRECTIONS_OF, reservation_id)))


def _dispute(row: Any) -> Dispute:
    return Dispute(
        id=row[0],
        reservation_id=ReservationId(row[1]),
        kind=DisputeKind(row[2]),
        words=row[3],
        opened_at=from_epoch(row[4]),
        opened_by=row[5],
        state=DisputeState(row[6]),
        refunded_minor=row[7],
        answer=row[8],
    )


def _chargeback(row: Any) -> Chargeback:
    return Chargeback(
        id=row[0],
        reservation_id=ReservationId(row[1]),
        adapter=row[2],
        reference=row[3],
        amount=Money(row[4], row[6]),
        fee=Money(row[5], row[6]),
        opened_at=from_epoch(row[7]),
        answer_by=instant(row[8]),
        state=ChargebackState(row[9]),
        turns=row[10],
    )


def _held(row: Any) -> HeldRefund:
    return HeldRefund(
        id=row[0],
        chargeback_id=row[1],
        journal_key=row[2],
        original=None if row[3] is None else OperationKey(row[3]),
        amount=Money(row[4], row[5]),
    )


def _correction(row: Any) -> Correction:
    currency = row[10]
    return Correction(
        note_number=row[0],
        receipt_number=row[1],
        reservation_id=ReservationId(row[2]),
        cause=Cause(row[3]),
        total=Money(row[4], currency),
        tax=Money(row[5], currency),
        shares=Shares(*(Money(minor, currency) for minor in row[6:10])),
        reason=row[11],
        at=from_epoch(row[12]),
        by=row[13],
    )
