"""Who did what, where and why: rows that are only ever added, each chained to those before it.

What a hash is made of stands in kiosk/domain/evidence.py; how chains are read, in db/evidence.py.
Facts are noted while a transaction goes on (Session.note): the next row of their reservation
takes them, and what no row took gets one of its own before the commit.
"""

from __future__ import annotations

from datetime import datetime
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from db.records import AuditRecord
from db.session import ANY_ROW
from db.settlement_sql import ADD_AUDIT
from kiosk.domain.evidence import EMPTY, START, Fact, Head, Value, facts_text, seal
from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

COLUMNS = (
    "id",
    "at",
    "actor_kind",
    "actor_name",
    "action",
    "lane",
    "reservation_id",
    "detail",
    "facts",
)
"""What a row says; its hashes follow."""
_HEAD = "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1"
_STAY_HEAD = "SELECT stay_hash FROM audit WHERE reservation_id = ? ORDER BY id DESC LIMIT 1"
_SELECT = """SELECT id, at, actor_kind, actor_name, action, detail, lane, reservation_id
FROM audit"""
_IS_ACT = "action NOT IN ('evidence.begun', 'evidence.kept', 'evidence.lane')"
"""Rows that only carry facts are no acts: nobody did anything then."""
_OF_RESERVATION = f"{_SELECT} WHERE reservation_id = ? AND {_IS_ACT} ORDER BY id"
_LATEST = f"{_SELECT} WHERE {_IS_ACT} ORDER BY id DESC LIMIT ?"
_BACKWARDS = "SELECT at, action, detail FROM audit ORDER BY id DESC"
_HAS = "SELECT 1 FROM audit WHERE reservation_id = ? AND action = ? AND detail = ? LIMIT 1"
ALL_TERMS = """SELECT r.id, t.code, t.version, t.hash, x.commission_bp, x.vat_bp, x.manager_bp,
x.rule, x.merchant, x.supplier, r.quote_minor, r.currency, r.t0, r.t1, r.space_id, s.owner_id
FROM reservation r JOIN tariff t ON t.id = r.tariff_id
JOIN split_terms x ON x.id = r.split_terms_id JOIN space s ON s.id = r.space_id"""
_TERMS = f"{ALL_TERMS} WHERE r.id = ?"


class Audit:
    """The record of acts; the schema refuses to change or remove a row."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._head: Head | None = None
        """Of the chain; not read again while this object lives, which ends with a rollback."""
        self._stay: tuple[ReservationId | None, str] = None, START
        """The stay that wrote last and its head: mostly the one that writes next."""

    def write(
        self,
        *,
        at: datetime,
        actor_kind: str,
        actor_name: str,
        action: str,
        detail: str = "",
        lane: LaneName | None = None,
        reservation_id: ReservationId | None = None,
    ) -> None:
        """Adds one act with the facts noted for it; `action` is noun.verb in the past tense."""
        noted = self._session.notes
        notes = [*noted.pop(reservation_id, ()), *noted.pop(ANY_ROW, ())]
        facts = facts_text([fact for _, fact in notes])
        before = self.head()
        columns: dict[str, Value] = {
            "id": before.row + 1,
            "at": to_epoch(at),
            "actor_kind": actor_kind,
            "actor_name": actor_name,
            "action": action,
            "lane": lane,
            "reservation_id": reservation_id,
            "detail": detail,
            "facts": facts,
        }
        stay_before = self._stay_head(reservation_id)
        sealed = seal(columns, before=before.hash, stay_before=stay_before)
        self._session.run(ADD_AUDIT, *columns.values(), sealed.hash, sealed.stay_hash)
        self._head = Head(before.row + 1, sealed.hash)
        if sealed.stay_hash is not None:
            self._stay = reservation_id, sealed.stay_hash

    def note(self, reservation_id: ReservationId | None, fact: Fact, *, at: datetime) -> None:
        """Evidence for the next row of this reservation in this transaction."""
        self._session.note(reservation_id, fact, at=at)

    def note_terms(
        self,
        reservation_id: ReservationId,
        *,
        at: datetime,
        of: ReservationId | None = None,
    ) -> None:
        """What a reservation is priced by now: tariff, split and quote, window, space and owner.

        `of` is the one whose terms price the stay, where that is another one.
        """
        priced_by = of or reservation_id
        row = self._session.one(_TERMS, priced_by)
        self._session.note(reservation_id, ("terms", *row), at=at)

    def write_rest(self) -> None:
        """What was noted and no row has taken; the last thing before a commit."""
        notes = self._session.notes
        while notes:
            reservation_id = next(iter(notes))
            self.write(
                at=notes[reservation_id][-1][0],
                actor_kind="clock",
                actor_name="books",
                action="evidence.kept",
                reservation_id=None if reservation_id == ANY_ROW else reservation_id,
            )

    def head(self) -> Head:
        """Where the chain of the site stands."""
        if self._head is None:
            row = self._session.one(_HEAD)
            self._head = EMPTY if row is None else Head(*row)
        return self._head

    def _stay_head(self, reservation_id: ReservationId | None) -> str:
        if reservation_id is None:
            return START
        if reservation_id == self._stay[0]:
            return self._stay[1]
        row = self._session.one(_STAY_HEAD, reservation_id)
        return START if row is None else str(row[0])

    def of_reservation(self, reservation_id: ReservationId) -> tuple[AuditRecord, ...]:
        """Everything that happened to one reservation, oldest first."""
        return tuple(map(_record, self._session.run(_OF_RESERVATION, reservation_id)))

    def has(self, reservation_id: ReservationId, *, action: str, detail: str) -> bool:
        """Whether this was written down for a reservation."""
        return self._session.one(_HAS, reservation_id, action, detail) is not None

    def since(self, instant: datetime, *, action: str) -> tuple[str, ...]:
        """The details of acts of one kind after an instant, newest first.

        Reads every row since then: for the desk, not for a driver who waits.
        """
        after = to_epoch(instant)
        lately = takewhile(lambda row: row[0] > after, self._session.run(_BACKWARDS))
        return tuple(detail for _, what, detail in lately if what == action)

    def latest(self, count: int) -> tuple[AuditRecord, ...]:
        """The last acts of the site, newest first, at most `count`."""
        return tuple(map(_record, self._session.run(_LATEST, count)))


def _record(row: Any) -> AuditRecord:
    return AuditRecord(
        id=row[0],
        at=from_epoch(row[1]),
        actor_kind=row[2],
        actor_name=row[3],
        action=row[4],
        detail=row[5],
        lane=row[6],
        reservation_id=row[7],
    )
