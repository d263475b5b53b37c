"""What the pretended provider's own books say, beside what ours believe that it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from db.records import UNFINISHED
from kiosk.domain import ledger
from kiosk.domain.reservation import ENDED, State
from kiosk.payments.simulator.books import OPERATIONS, Books, Entry
from kiosk.services import bills
from tests.fakes.payments_back import too_much_back
from tests.fakes.stage import Stage
from tests.lives.truths import reservations

_TOOK = {"collect": 1, "capture": 1, "refund": -1, "payout": -1}


def objects(stage: Stage) -> list[Entry]:
    """All that the provider did, in its order."""
    entries = _entries(stage)
    return [each for each in entries if each.state == "done" and each.kind in OPERATIONS]


def _entries(stage: Stage) -> list[Entry]:
    return Books(stage.folder / "site.simulator.jsonl").entries


def disagreements(stage: Stage) -> list[str]:
    """Everything in which the provider's objects are not our successes; nothing, once all is done.

    The same keys, the same money, the same authorisations that are still open; and no payment
    gives back more than it has brought.
    """
    done = objects(stage)
    theirs = sorted((each.key, each.kind) for each in done)
    ours = _operations(stage, "state = 'succeeded'")
    wrong = [f"only theirs: {each}" for each in theirs if each not in ours]
    wrong += [f"only ours: {each}" for each in ours if each not in theirs]
    taken = sum(_TOOK.get(each.kind, 0) * each.minor - each.fee_minor for each in done)
    booked = -stage.books().get("psp:simulator", 0)
    if taken != booked:
        wrong.append(f"the provider has {taken} of ours, the books say {booked}")
    kept, open_ = _kept(_entries(stage)), _open(stage)
    if kept != open_:
        wrong.append(f"the provider keeps {kept}, the books count on {open_}")
    return wrong + too_much_back(stage)


def unfinished(stage: Stage) -> list[str]:
    """Every operation that is still on its way."""
    states = ", ".join(f"'{state}'" for state in UNFINISHED)
    return [f"{key} is unfinished" for key, _ in _operations(stage, f"state IN ({states})")]


def finish_all(stage: Stage) -> None:
    """Let time pass until nothing is asked of the provider any more, or two hours long."""
    for _ in range(24):
        stage.wait(seconds=10)
        if not unfinished(stage):
            return
        stage.wait(minutes=5)


def space_or_refund(stage: Stage) -> Iterator[str]:
    """Who has a space has its money here, and who has none has it back."""
    books, core = stage.books(), stage.site.core
    for each in reservations(stage):
        with core.store.reading() as tx:
            held = bills.held_for(core, tx, each.id).minor
        is_settled = bool(stage.receipts(each.id))
        is_owed = each.state in {State.CONFIRMED, State.ARRIVED} and not is_settled
        if is_owed and held < each.quote.minor:
            yield f"{each.state.value} {each.id} has {held} of {each.quote.minor}"
        in_escrow = books.get(ledger.escrow(each.id), 0)
        if each.state is State.CONFIRMED and not is_settled and in_escrow > each.quote.minor:
            yield f"confirmed {each.id} has {in_escrow}, more than {each.quote.minor}"
        if (each.state in ENDED or each.state in {State.PENDING, State.SETTLED}) and held:
            yield f"{each.state.value} {each.id} has {held}"
        due = books.get(ledger.refund_due(each.id), 0)
        if due and not _waits_for_desk(stage, each.id):
            yield f"{each.state.value} {each.id} owes {due} to its driver"


def _waits_for_desk(stage: Stage, reservation_id: int) -> bool:
    """What was paid in cash goes back in cash, and so does what a provider refused or cut."""
    rows = stage.sql(
        f"""SELECT 1 FROM transfer t JOIN journal j ON j.id = t.journal_id
        WHERE j.reservation_id = {reservation_id} AND t.debit LIKE 'till:%'
        UNION SELECT 1 FROM operation WHERE reservation_id = {reservation_id}
        AND kind = 'refund' AND state = 'declined'
        UNION SELECT 1 FROM audit WHERE reservation_id = {reservation_id}
        AND action = 'refund.partial'"""
    )
    return bool(rows)


def _operations(stage: Stage, where: str) -> list[tuple[str, str]]:
    rows = stage.sql(f"SELECT key, kind FROM operation WHERE adapter = 'simulator' AND {where}")
    return sorted((str(key), str(kind)) for key, kind in rows)


def _kept(entries: Iterable[Entry]) -> list[str]:
    """The authorisations that nothing has ended; what a provider refuses to end, time ends."""
    kept: dict[str | None, str] = {}
    for each in entries:
        if each.kind == "authorise" and each.state == "done":
            kept[each.reference] = each.key
        elif each.kind in {"capture", "release", "expire"}:
            kept.pop(each.original, None)
    return sorted(kept.values())


def _open(stage: Stage) -> list[str]:
    rows = stage.sql(
        """SELECT o.key FROM authorisation a JOIN operation o ON o.key = a.operation_key
        WHERE a.id NOT IN (SELECT authorisation_id FROM authorisation_end)
        AND o.adapter = 'simulator' AND o.kind = 'authorise'"""
    )
    return sorted(str(key) for (key,) in rows)
