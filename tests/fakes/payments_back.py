"""No payment gives back more than it has brought: the one rule of refunds that has no exception.

It is asked of each payment at the pretended provider: of what was done there, and of what we
wanted done there (it refuses what is too much, and then the desk would pay it in cash). It is
asked of each payment that our books know, whoever took it, and of all payments of a reservation
together. A bank that takes a payment back once more is no refund: it is in none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from db.records import UNFINISHED
from kiosk.domain import ledger
from kiosk.domain.ledger import Journal
from kiosk.payments.simulator.books import Books, Entry
from tests.fakes.stage import Stage

_TAKEN = frozenset({"collect", "capture"})
_BROUGHT = """SELECT j.key, t.debit, SUM(t.amount_minor) FROM transfer t
JOIN journal j ON j.id = t.journal_id
WHERE (t.credit LIKE 'escrow:%' OR t.credit = 'receivable:driver')
AND t.debit NOT LIKE 'uncollected:%' GROUP BY j.key, t.debit"""
_WENT_BACK = """SELECT payment, account, SUM(amount_minor) FROM refund_part
GROUP BY payment, account"""
_OPERATIONS = """SELECT key, kind, state, original, amount_minor FROM operation
WHERE adapter = 'simulator'
AND coalesce(reference, '') NOT IN ('original-declined', 'came-off-debt')"""
_PAYERS = frozenset({"psp", "held-by-owner", "wallet", "till", "receivable"})
_OF_DRIVERS = frozenset({"escrow", "refund-due"})
_GIVEN_BESIDE = frozenset({"recall-compensation", "displacement-share"})
"""Kinds of journals by which a driver gets what no payment of the own had brought."""


def too_much_back(stage: Stage) -> list[str]:
    """Every payment of which more goes back than it has brought; nothing, at any time."""
    entries = Books(stage.folder / "site.simulator.jsonl").entries
    done = [each for each in entries if each.state == "done"]
    return [*_done(done), *_wanted(stage, done), *_booked(stage), *_together(stage)]


def _done(done: list[Entry]) -> Iterator[str]:
    """Per charge and capture, per authorisation, and in total at any time."""
    left: Counter[str | None] = Counter()
    kept: Counter[str | None] = Counter()
    total = 0
    for each in done:
        match each.kind:
            case "authorise":
                kept[each.reference] += each.minor
            case "increase":
                kept[each.original] += each.minor
            case "collect" | "capture":
                left[each.reference] += each.minor
                total += each.minor
            case "refund":
                left[each.original] -= each.minor
                total -= each.minor
            case _:
                pass
        if each.kind in {"capture", "release"}:
            kept[each.original] -= each.minor
        wrong = left[each.original] if each.kind == "refund" else kept[each.original]
        if each.kind in {"capture", "release", "refund"} and wrong < 0:
            yield f"{each.key}: {each.kind} of {-wrong} more than {each.original} has"
        if total < 0:
            yield f"{each.key}: the provider has paid {-total} more than it ever got"


def _wanted(stage: Stage, done: list[Entry]) -> Iterator[str]:
    """Per operation of ours; a capture on its way may still bring all that it was asked for.

    What is asked for again under a key of its own is the rest of what was asked before; a
    refund of what was never collected is asked of nobody.
    """
    took = {each.key: each.minor for each in done if each.kind in _TAKEN}
    wanted: Counter[str] = Counter()
    rows = stage.sql(_OPERATIONS)
    asked = {str(row[0]) for row in rows}
    for row in rows:
        key, kind, state, original = map(str, row[:4])
        if kind == "refund" and not (key.endswith(":rest") and key[: -len(":rest")] in asked):
            wanted[original] += row[4]
        if kind == "capture" and state in UNFINISHED:
            took.setdefault(key, row[4])
    for key, minor in wanted.items():
        if minor > took.get(key, 0):
            yield f"{minor} was wanted back of {key}, which has {took.get(key, 0)}"


def _booked(stage: Stage) -> Iterator[str]:
    """Per journal and the account that it took money from: wallets, tills and fleets too."""
    brought = {(key, account): minor for key, account, minor in stage.sql(_BROUGHT)}
    for key, account, minor in stage.sql(_WENT_BACK):
        had = brought.get((key, account), 0)
        if minor > had:
            yield f"{minor} went back of {key} to {account}, which had brought {had}"


def _together(stage: Stage) -> Iterator[str]:
    """Per reservation: who pays, and who has it back, in cash too, whatever it was paid in."""
    left: Counter[str] = Counter()
    with stage.site.core.store.reading() as tx:
        journals = [each for _, each in tx.ledger.journals() if each.kind != "chargeback"]
    for journal in journals:
        for each in journal.transfers:
            debit, credit, minor = each.debit, each.credit, each.amount.minor
            if journal.kind in _GIVEN_BESIDE and credit.startswith("refund-due:"):
                left[_name(credit, journal)] += minor
            if _is_payer(debit) and _is_drivers(credit):
                left[_name(credit, journal)] += minor
            if _is_payer(credit) and _is_drivers(debit):
                left[_name(debit, journal)] -= minor
    for name, minor in left.items():
        if minor < 0:
            yield f"reservation {name} got {-minor} more back than it has paid"


def _is_payer(account: str) -> bool:
    return ledger.kind_of(account).name in _PAYERS and account != ledger.RECEIVABLE_DRIVER


def _is_drivers(account: str) -> bool:
    return ledger.kind_of(account).name in _OF_DRIVERS or account == ledger.RECEIVABLE_DRIVER


def _name(account: str, journal: Journal) -> str:
    """The number of the reservation: of its own account, or of the journal that moves a debt."""
    is_debt = account == ledger.RECEIVABLE_DRIVER
    return str(journal.reservation_id) if is_debt else account.split(":")[1]
