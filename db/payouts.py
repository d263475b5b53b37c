# ruff: noqa: S608 (every statement is put together from constants of our own)
"""Payouts to owners: what no payout has taken in, runs, approvals, files, the bank's answers.

What is paid, and who may release it, is decided by services; the schema refuses to pay twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.session import instant
from kiosk.domain.ids import AttendantId, OwnerId, PayoutId, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.payout import Entry
from kiosk.domain.payout_run import (
    Approval,
    BankFile,
    FileKind,
    Payout,
    PayoutResult,
    PayoutRun,
    ResultKind,
    RunState,
)
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

STARTED = "payout-started"
"""The kind of the journals that take a payout off an owner's account."""

# An owner's account is `owner:<id>`; a journal counts by what is left of it on that account.
_UNPAID = f"""WITH moved AS (
  SELECT journal_id, credit AS account, amount_minor, currency FROM transfer
  WHERE credit >= 'owner:' AND credit < 'owner;'
  UNION ALL
  SELECT journal_id, debit, -amount_minor, currency FROM transfer
  WHERE debit >= 'owner:' AND debit < 'owner;'),
entry AS (SELECT journal_id, CAST(substr(account, 7) AS INTEGER) AS owner_id,
  sum(amount_minor) AS minor, currency FROM moved GROUP BY journal_id, account, currency)
SELECT e.journal_id, j.at, e.owner_id, e.minor, e.currency, j.reservation_id,
  s.reservation_id IS NOT NULL, s.left_at
FROM entry e JOIN journal j ON j.id = e.journal_id
LEFT JOIN stay s ON s.reservation_id = j.reservation_id
WHERE e.minor <> 0 AND j.kind <> '{STARTED}' AND NOT EXISTS (
  SELECT 1 FROM payout_item i JOIN payout p ON p.id = i.payout_id
  WHERE i.journal_id = e.journal_id AND p.owner_id = e.owner_id AND p.run_id <> ?
  AND NOT EXISTS (
    SELECT 1 FROM payout_run_state w WHERE w.run_id = p.run_id AND w.state = 'withdrawn'))
ORDER BY e.journal_id, e.owner_id"""
_ADD_RUN = "INSERT INTO payout_run(cutoff, made_at, made_by) VALUES (?, ?, ?)"
_TURN = """INSERT INTO payout_run_state(run_id, number, state, at, by)
SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ? FROM payout_run_state WHERE run_id = ?"""
_ADD_PAYOUT = """INSERT INTO payout(run_id, owner_id, amount_minor, currency, name, iban, bic,
end_to_end) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_ADD_ITEM = "INSERT INTO payout_item(payout_id, journal_id, amount_minor) VALUES (?, ?, ?)"
_APPROVE = """INSERT INTO payout_approval(run_id, attendant_id, at) VALUES (?, ?, ?)
ON CONFLICT(run_id, attendant_id) DO NOTHING"""
_APPROVALS = """SELECT t.name, a.at, t.is_confirmed FROM payout_approval a
JOIN attendant t ON t.id = a.attendant_id WHERE a.run_id = ? ORDER BY a.at, t.id"""
_ADD_FILE = """INSERT INTO payout_file(run_id, kind, msg_id, content, sha256)
VALUES (?, ?, ?, ?, ?)"""
_FILE = "SELECT kind, msg_id, content FROM payout_file WHERE run_id = ?"
_ADD_RESULT = """INSERT INTO payout_result(payout_id, how, reason, at, by)
VALUES (?, ?, ?, ?, ?)"""
_ADD_RETURN = "INSERT INTO payout_return(payout_id, reason, at, by) VALUES (?, ?, ?, ?)"
_RUNS = """SELECT r.id, r.cutoff, r.made_at, r.made_by, s.state FROM payout_run r
JOIN payout_run_state s ON s.run_id = r.id
AND s.number = (SELECT max(number) FROM payout_run_state WHERE run_id = r.id)"""
_RUN = f"{_RUNS} WHERE r.id = ?"
_ALL_RUNS = f"{_RUNS} ORDER BY r.id DESC LIMIT ?"
_OPEN_RUN = f"{_RUNS} WHERE s.state IN ('proposed', 'approved')"
_RUN_AT = f"{_RUNS} WHERE r.cutoff = ? AND s.state = 'released' ORDER BY r.id LIMIT 1"
_END_TO_END = "SELECT end_to_end FROM payout WHERE id = ?"
_PAYOUTS = """SELECT p.id, p.owner_id, p.amount_minor, p.currency, p.name, p.iban, p.bic,
p.end_to_end, iif(b.payout_id IS NULL, e.how, 'returned'), coalesce(b.at, e.at),
coalesce(b.reason, e.reason)
FROM payout p LEFT JOIN payout_result e ON e.payout_id = p.id
LEFT JOIN payout_return b ON b.payout_id = p.id WHERE p.run_id = ? ORDER BY p.id"""


class Payouts:
    """What is and was paid out to owners; the schema refuses to change or remove a row."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def unpaid(self, *, besides: int | None = None) -> tuple[Entry, ...]:
        """What journals moved on owners' accounts and no payout took in, in their order.

        As if the run `besides` had taken nothing in.
        Reads all transfers there ever were: for a weekly run, not for a driver who waits.
        """
        return tuple(map(_entry, self._session.run(_UNPAID, besides or 0)))

    def add_run(self, *, cutoff: datetime, made_at: datetime, made_by: str) -> int:
        """A proposed run; its payouts follow."""
        at = to_epoch(made_at)
        values = (to_epoch(cutoff), at, made_by)
        run = self._session.keep("payout_run", _ADD_RUN, *values, at=made_at)
        assert run is not None, "an insert has a row"
        self.turn(run["id"], RunState.PROPOSED, at=made_at, by=made_by)
        return int(run["id"])

    def turn(self, run_id: int, state: RunState, *, at: datetime, by: str) -> None:
        """The run stands there from now on; the schema refuses a turn that cannot be."""
        values = (run_id, state.value, to_epoch(at), by, run_id)
        self._session.keep("payout_run_state", _TURN, *values, at=at)

    def add(
        self,
        run_id: int,
        *,
        owner_id: OwnerId,
        entries: Sequence[Entry],
        name: str,
        iban: str,
        bic: str | None,
        end_to_end: str,
        at: datetime,
    ) -> None:
        """A payout of what these entries add up to."""
        currency = entries[0].amount.currency
        amount = sum((entry.amount for entry in entries), Money.zero(currency))
        values = (run_id, owner_id, amount.minor, currency, name, iban, bic, end_to_end)
        payout = self._session.keep("payout", _ADD_PAYOUT, *values, at=at)
        assert payout is not None, "an insert has a row"
        for entry in entries:
            item = (payout["id"], entry.journal_id, entry.amount.minor)
            self._session.keep("payout_item", _ADD_ITEM, *item, at=at)

    def approve(self, run_id: int, attendant_id: AttendantId, at: datetime) -> None:
        """This attendant approves the run; once counts as often as twice."""
        values = (run_id, attendant_id, to_epoch(at))
        self._session.keep("payout_approval", _APPROVE, *values, at=at)

    def add_file(self, run_id: int, file: BankFile, *, at: datetime) -> None:
        """The bytes for the bank, once for ever."""
        digest = hashlib.sha256(file.content).hexdigest()
        values = (file.kind.value, file.msg_id, file.content, digest)
        self._session.keep("payout_file", _ADD_FILE, run_id, *values, at=at)

    def file(self, run_id: int) -> BankFile | None:
        """The bytes for the bank; None before the run is released."""
        row = self._session.one(_FILE, run_id)
        return None if row is None else BankFile(FileKind(row[0]), bytes(row[2]), row[1])

    def add_result(
        self, payout_id: PayoutId, how: ResultKind, *, reason: str, at: datetime, by: str
    ) -> None:
        """What the bank has said of a released payout, once: paid, or rejected."""
        values = (payout_id, how.value, reason, to_epoch(at), by)
        self._session.keep("payout_result", _ADD_RESULT, *values, at=at)

    def add_return(self, payout_id: PayoutId, *, reason: str, at: datetime, by: str) -> None:
        """The bank has sent back what it had paid, once."""
        values = (payout_id, reason, to_epoch(at), by)
        self._session.keep("payout_return", _ADD_RETURN, *values, at=at)

    def end_to_end(self, payout_id: PayoutId) -> str:
        """How the bank names a payout."""
        name: str = self._session.one(_END_TO_END, payout_id)[0]
        return name

    def run(self, run_id: int) -> PayoutRun | None:
        """The run with this number."""
        return self._run_of(self._session.one(_RUN, run_id))

    def open_run(self) -> PayoutRun | None:
        """The one run that is neither released nor withdrawn."""
        return self._run_of(self._session.one(_OPEN_RUN))

    def released_at(self, cutoff: datetime) -> PayoutRun | None:
        """The first run that was released for this cut-off."""
        return self._run_of(self._session.one(_RUN_AT, to_epoch(cutoff)))

    def runs(self, most: int) -> tuple[PayoutRun, ...]:
        """The latest runs, newest first."""
        rows = list(self._session.run(_ALL_RUNS, most))
        return tuple(run for row in rows if (run := self._run_of(row)) is not None)

    def _run_of(self, row: Any) -> PayoutRun | None:
        if row is None:
            return None
        approvals = self._session.run(_APPROVALS, row[0])
        return PayoutRun(
            id=row[0],
            cutoff=from_epoch(row[1]),
            made_at=from_epoch(row[2]),
            made_by=row[3],
            state=RunState(row[4]),
            approvals=tuple(
                Approval(name, from_epoch(at), is_confirmed=bool(is_confirmed))
                for name, at, is_confirmed in approvals
            ),
            payouts=tuple(map(_payout, self._session.run(_PAYOUTS, row[0]))),
        )


def _entry(row: Any) -> Entry:
    return Entry(
        journal_id=row[0],
        at=from_epoch(row[1]),
        owner_id=OwnerId(row[2]),
        amount=Money(row[3], row[4]),
        reservation_id=None if row[5] is None else ReservationId(row[5]),
        is_stay=bool(row[6]),
        left_at=instant(row[7]),
    )


def _payout(row: Any) -> Payout:
    result = None
    if row[8] is not None:
        result = PayoutResult(ResultKind(row[8]), from_epoch(row[9]), row[10])
    return Payout(
        id=PayoutId(row[0]),
        owner_id=OwnerId(row[1]),
        amount=Money(row[2], row[3]),
        name=row[4],
        iban=row[5],
        bic=row[6],
        end_to_end=row[7],
        result=result,
    )
