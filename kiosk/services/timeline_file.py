"""One stay's evidence as a file: its rows with their chain, and the books that they prove.

It is checked without a database. What that proves, and what not, the command says that prints it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.audit import COLUMNS
from db.evidence import Booked
from kiosk.domain.evidence import Finding, Row, Seal, check_stay, facts_of
from kiosk.services.audit_check import judge_journal, judge_receipt
from kiosk.services.strict_json import read_json

if TYPE_CHECKING:
    from db.evidence import Record
    from db.store import Tx
    from kiosk.domain.evidence import Fact
    from kiosk.domain.ids import ReservationId

FORMAT = "sharedpark-timeline-1"
_HASHES = ("hash", "stay_hash")


@dataclass(frozen=True, slots=True)
class Timeline:
    """The evidence of one stay, as it was found."""

    site: int
    reservation: int
    rows: tuple[Row, ...]
    journals: tuple[Booked, ...]
    receipts: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class CheckedTimeline:
    """Where the chain of the stay stands, and what is not as the site wrote it."""

    head: str
    findings: tuple[Finding, ...]


def timeline_of(tx: Tx, reservation_id: ReservationId, *, site: int) -> Timeline:
    """Everything written of one stay."""
    return Timeline(
        site=site,
        reservation=reservation_id,
        rows=tx.evidence.rows_of(reservation_id),
        journals=tx.evidence.booked_of(reservation_id),
        receipts=tuple(tx.evidence.receipts_of(reservation_id)),
    )


def check_timeline(timeline: Timeline) -> CheckedTimeline:
    """Whether it is whole and unchanged up to its head, and proves each of its journals."""
    head, found = check_stay(timeline.rows)
    findings = list(found)
    proofs: dict[tuple[object, object], str] = {}
    for row in timeline.rows:
        if row.stay != timeline.reservation:
            findings.append(Finding(f"audit {row.id}", "belongs to another reservation"))
        try:
            facts = facts_of_row(row)
        except ValueError:
            findings.append(Finding(f"audit {row.id}", "its facts cannot be read"))
            continue
        for fact in facts:
            match fact:
                case ("journal" | "receipt" as table, int(number), str(proof)):
                    proofs[table, number] = proof
                case _:
                    pass
    for booked in timeline.journals:
        findings += judge_journal(booked, proofs.pop(("journal", booked.id), None))
    for receipt in timeline.receipts:
        findings += judge_receipt(receipt, proofs.pop(("receipt", receipt["number"]), None))
    findings += [
        Finding(f"{table} {number}", "is proved and not there") for table, number in proofs
    ]
    return CheckedTimeline(head, tuple(findings))


def facts_of_row(row: Row) -> tuple[Fact, ...]:
    """The facts of a row; ValueError when they cannot be read."""
    text = row.columns["facts"]
    assert text is None or isinstance(text, str), "a row's facts are text"
    return facts_of(text)


def timeline_text(timeline: Timeline) -> str:
    """The file's text."""
    table = {
        "format": FORMAT,
        "site": timeline.site,
        "reservation": timeline.reservation,
        "rows": [
            {**row.columns, "hash": row.seal.hash, "stay_hash": row.seal.stay_hash}
            for row in timeline.rows
        ],
        "journals": [
            {**(each.journal or {}), "transfers": list(each.transfers)}
            for each in timeline.journals
        ],
        "receipts": list(timeline.receipts),
    }
    return json.dumps(table, indent=1, ensure_ascii=False) + "\n"


def read_timeline(text: str) -> Timeline:
    """A timeline from its file's text; ValueError says what is wrong with it."""
    table: Any = read_json(text)
    match table:
        case {
            "format": "sharedpark-timeline-1",
            "site": int(site),
            "reservation": int(reservation),
            "rows": list(rows),
            "journals": list(journals),
            "receipts": list(receipts),
        }:
            return Timeline(
                site=site,
                reservation=reservation,
                rows=tuple(_row(_record(each)) for each in rows),
                journals=tuple(map(_booked, journals)),
                receipts=tuple(_numbered(_record(each), "number") for each in receipts),
            )
        case _:
            raise ValueError(f"should be a {FORMAT} file, as `kiosk audit show --json` writes it")


def _row(table: Record) -> Row:
    missing = {*COLUMNS, *_HASHES} - table.keys()
    if missing:
        raise ValueError(f"a row has no {', '.join(sorted(missing))}")
    facts, row_hash, stay_hash = table["facts"], table["hash"], table["stay_hash"]
    is_text = isinstance(row_hash, str) and isinstance(facts, str | None)
    if not is_text or not isinstance(stay_hash, str) or not _is_hash(stay_hash):
        raise ValueError("a row's facts and hashes should be text")
    for name in ("id", "reservation_id"):
        _numbered(table, name)
    columns = {name: value for name, value in table.items() if name not in _HASHES}
    assert isinstance(row_hash, str), "seen above"
    return Row(columns, Seal(row_hash, stay_hash))


def _is_hash(text: str) -> bool:
    return len(text) == 64 and text.isascii()


def _booked(table: object) -> Booked:
    if not isinstance(table, Mapping) or not isinstance(table.get("transfers"), Sequence):
        raise ValueError("a journal has no transfers")
    journal = _record({name: value for name, value in table.items() if name != "transfers"})
    number = _numbered(journal, "id")["id"]
    assert isinstance(number, int), "seen above"
    return Booked(number, journal, tuple(map(_record, table["transfers"])))


def _numbered(table: Record, name: str) -> Record:
    if not isinstance(table.get(name), int):
        raise ValueError(f"{name} should be a whole number")
    return table


def _record(table: object) -> Record:
    if not isinstance(table, dict):
        raise ValueError("a row should be a table")
    for name, value in table.items():
        if isinstance(value, bool) or not isinstance(value, int | str | None):
            raise ValueError(f"{name} should be a whole number or text")
    return table
