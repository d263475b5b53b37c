"""Checks a site's evidence: its chain, its signed heads, and the books that its rows prove."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.proved import PROVED
from kiosk.domain.evidence import (
    EMPTY,
    ChainCheck,
    Finding,
    Head,
    SignedHead,
    check_heads,
    digest,
    facts_of,
    named,
)
from kiosk.domain.ledger import ACCOUNT_KINDS
from kiosk.domain.tariff_text import TariffTextWrong, read_tariff_text, text_hash

if TYPE_CHECKING:
    from db.evidence import Booked, Evidence, Record
    from db.store import Tx
    from kiosk.domain.evidence import Fact, Row, Value

OPERATION_COLUMNS = (
    "kind",
    "purpose",
    "amount_minor",
    "currency",
    "adapter",
    "original",
    "reservation_id",
)
"""What was asked for, and of whom: as db.payments.Payments.add_operation notes it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what is not as the site wrote it."""

    head: Head
    rows: int
    journals: int
    receipts: int
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Seen:
    """What the rows of the chain say, gathered in one walk over them."""

    chain: ChainCheck = field(default_factory=ChainCheck)
    rows: int = 0
    proofs: dict[tuple[str, int], str] = field(default_factory=dict)
    kept: dict[Fact, str] = field(default_factory=dict)
    """By table and key: the last proof."""
    terms: dict[int, Fact] = field(default_factory=dict)
    """By reservation: what it was last priced by."""
    operations: dict[str, tuple[Fact, str]] = field(default_factory=dict)
    """By key: what was asked for, and the last state."""
    hashes: dict[int, str] = field(default_factory=lambda: {0: EMPTY.hash})
    findings: list[Finding] = field(default_factory=list)


def check_site(
    tx: Tx, *, heads: Sequence[SignedHead] = (), key: bytes = b"", told: Sequence[Head] = ()
) -> Checked:
    """Everything that the rows of a site prove, within one snapshot.

    `heads` were signed with `key`; `told` are heads from elsewhere, such as a printed page.
    """
    with tx.evidence.as_found():
        return _checked(tx, heads, key, told)


def _checked(tx: Tx, heads: Sequence[SignedHead], key: bytes, told: Sequence[Head]) -> Checked:
    wanted = {each.head.row for each in heads} | {each.row for each in told}
    seen = _walk(tx.evidence.rows(), wanted)
    journals, of_journals = _check_journals(tx.evidence, seen)
    receipts, of_receipts = _check_receipts(tx.evidence.receipts(), seen)
    findings = [
        *seen.chain.findings(),
        *seen.findings,
        *check_heads(heads, key, seen.hashes),
        *_check_told(told, seen.hashes),
        *of_journals,
        *of_receipts,
        *(
            Finding(f"{table} {number}", "was written and is gone")
            for table, number in sorted(seen.proofs)
        ),
        *_check_kept(tx.evidence, seen),
        *_check_terms(tx.evidence.terms(), seen),
        *_check_tariffs(tx.evidence),
        *_check_operations(tx.evidence.operations(), seen),
        *_check_balances(tx.evidence),
    ]
    head = seen.chain.head
    return Checked(head, seen.rows, journals, receipts, tuple(findings))


def note_of(seen: _Seen, row: Row) -> None:
    """Takes down what a row proves of the books."""
    text = row.columns["facts"]
    assert text is None or isinstance(text, str), "the schema says so"
    try:
        facts = facts_of(text)
    except ValueError:
        seen.findings.append(Finding(f"audit {row.id}", "its facts cannot be read"))
        return
    for fact in facts:
        match fact:
            case ("journal" | "receipt" as table, int(number), str(proof)):
                if (table, number) in seen.proofs:
                    what = f"proves {table} {number} a second time"
                    seen.findings.append(Finding(f"audit {row.id}", what))
                seen.proofs[str(table), number] = proof
            case ("row", str(table), str(proof), *key):
                seen.kept[table, *key] = proof
            case ("terms", int(number), *_):
                seen.terms[number] = fact
            case ("operation", str(key), str(state), *asked):
                first = tuple(asked) or seen.operations.get(key, ((), ""))[0]
                seen.operations[key] = (first, state)
            case _:
                pass


def _walk(rows: Iterable[Row], wanted: set[int]) -> _Seen:
    seen = _Seen()
    for row in rows:
        seen.chain.see(row)
        seen.rows += 1
        if row.id in wanted:
            seen.hashes[row.id] = row.seal.hash
        note_of(seen, row)
    return seen


def _check_told(told: Sequence[Head], hashes: dict[int, str]) -> Iterable[Finding]:
    for head in told:
        found = hashes.get(head.row)
        if found is None:
            yield Finding(f"audit {head.row}", "a head names this row, and it is not there")
        elif found != head.hash:
            what = "the chain up to here is not what it was when its head was told"
            yield Finding(f"audit {head.row}", what)


def _check_journals(evidence: Evidence, seen: _Seen) -> tuple[int, list[Finding]]:
    count, findings = 0, []
    for booked in evidence.booked():
        count += booked.journal is not None
        findings += judge_journal(booked, seen.proofs.pop(("journal", booked.id), None))
    return count, findings


def judge_journal(booked: Booked, proof: str | None) -> list[Finding]:
    """What is wrong with a journal and its transfers, by its proof in the evidence."""
    where = f"journal {booked.id}"
    if booked.journal is None:
        return [Finding(where, f"is gone, and {len(booked.transfers)} transfers of it are there")]
    if proof is None:
        return [Finding(where, "was not written by the site: no row of the audit proves it")]
    if booked.proof == proof:
        return []
    what = f"it or one of its transfers ({len(booked.transfers)} found) is not what was written"
    return [Finding(where, what)]


def _check_receipts(receipts: Iterable[Record], seen: _Seen) -> tuple[int, list[Finding]]:
    count, findings = 0, []
    for receipt in receipts:
        count += 1
        number = receipt["number"]
        assert isinstance(number, int), "the schema says so"
        findings += judge_receipt(receipt, seen.proofs.pop(("receipt", number), None))
    return count, findings


def judge_receipt(receipt: Record, proof: str | None) -> list[Finding]:
    """What is wrong with a receipt, by its proof in the evidence."""
    where = f"receipt {receipt['number']}"
    if proof is None:
        return [Finding(where, "was not written by the site: no row of the audit proves it")]
    if digest(named(receipt)) == proof:
        return []
    return [Finding(where, "is not what was written; which column, no hash can tell")]


def _check_kept(evidence: Evidence, seen: _Seen) -> Iterable[Finding]:
    """Rows that money rests on: each as it was written last, and none besides."""
    known = dict(seen.kept)
    for table in PROVED:
        for _, _, proof, *key in evidence.kept(table):
            written = known.pop((table, *key), None)
            if written is None:
                what = "was not written by the site: no row of the audit proves it"
                yield Finding(_place(table, *key), what)
            elif written != proof:
                what = "is not what was written; which column, no hash can tell"
                yield Finding(_place(table, *key), what)
    for row in known:
        yield Finding(_place(*row), "was written and is gone")


def _place(*parts: Value) -> str:
    return " ".join(map(str, parts))


def _check_terms(terms: Iterable[Fact], seen: _Seen) -> Iterable[Finding]:
    """What a reservation costs and who gets it, against the last time that it was settled so."""
    known = dict(seen.terms)
    for now in terms:
        number = now[1]
        assert isinstance(number, int), "the schema says so"
        if known.pop(number, now) != now:
            what = "its tariff, split, quote, window, space or owner is not what was written last"
            yield Finding(f"reservation {number}", what)
    for number in sorted(known):
        yield Finding(f"reservation {number}", "was written and is gone")


def _check_tariffs(evidence: Evidence) -> Iterable[Finding]:
    """What the terms of reservations name by its hash, against the text that prices them."""
    for code, version, currency, hash_, text in evidence.tariffs():
        where = f"tariff {code} {version}"
        if text_hash(text) != hash_:
            yield Finding(where, "its text is not that of its hash")
            continue
        try:
            said = read_tariff_text(text)
        except TariffTextWrong:
            yield Finding(where, "its text is no tariff")
            continue
        if (said.code, said.version, said.currency) != (code, version, currency):
            yield Finding(where, "its name or currency is not that of its text")


def _check_operations(operations: Iterable[Record], seen: _Seen) -> Iterable[Finding]:
    """Operations may change their state; the last one that was written is what they have."""
    known = dict(seen.operations)
    for operation in operations:
        first, state = known.pop(str(operation["key"]), ((), ""))
        where = f"operation {operation['key']}"
        if state and operation["state"] != state:
            yield Finding(where, f"is {operation['state']}; the last that was written is {state}")
        if not first:
            yield Finding(where, "was not written by the site: no row of the audit proves it")
        elif first != tuple(operation[name] for name in OPERATION_COLUMNS):
            yield Finding(where, "is not what was asked for when it was written")
    for key in sorted(known):
        yield Finding(f"operation {key}", "was written and is gone")


def _check_balances(evidence: Evidence) -> Iterable[Finding]:
    """The sums of all transfers against those that are kept beside."""
    sums: dict[tuple[str, str], list[int]] = {}
    for booked in evidence.booked():
        for each in booked.transfers:
            minor, currency = each["amount_minor"], str(each["currency"])
            assert isinstance(minor, int), "the schema says so"
            for side, name in enumerate(("debit", "credit")):
                account = sums.setdefault((str(each[name]), currency), [0, 0])
                account[side] += minor
    for name, currency, debits, credits_, is_guarded in evidence.accounts():
        kind = ACCOUNT_KINDS.get(name.partition(":")[0])
        if kind is None:
            yield Finding(f"account {name} {currency}", "is of no kind that a site has")
        elif is_guarded != kind.is_guarded:
            what = "is kept from being overdrawn" if is_guarded else "may be overdrawn"
            yield Finding(f"account {name} {currency}", f"{what}, against the rule of its kind")
        found = sums.pop((name, currency), [0, 0])
        if found != [debits, credits_]:
            what = f"is kept as {debits} and {credits_}, its transfers say {found[0]}, {found[1]}"
            yield Finding(f"account {name} {currency}", what)
    for name, currency in sorted(sums):
        yield Finding(f"account {name} {currency}", "is gone, and has transfers")
