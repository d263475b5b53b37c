"""Compares our books with what a provider reports of a day: matched, missing, unknown, different.

What the provider has and we cannot explain is kept in its suspense account until somebody can;
what we have and it does not report is queried. The same report twice changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from db.records import OperationRecord
from kiosk.domain.after_outcomes import ChargebackOpened
from kiosk.domain.ids import OperationKey
from kiosk.domain.journals_outside import (
    fee_taken,
    found_less,
    found_more,
    less_explained,
    more_explained,
    provider_settled,
)
from kiosk.domain.ledger import Journal, Transfer, psp
from kiosk.domain.money import Money
from kiosk.payments.adapter import NotSent, ReportLine, Succeeded, UnreadableLine
from kiosk.services import providers
from kiosk.services.believable import MOVES_NOTHING, why_impossible
from kiosk.services.chargebacks import note_chargeback
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.events import ReportImpossible, SiteChanged
from kiosk.services.late import SQUARED, late_key, more_key
from kiosk.services.missing import note_missing, note_reported
from kiosk.services.operations import NO, book_fee, write_answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.services.core import Core

_TO_US = frozenset({"collect", "capture", "unshare"})


@dataclass(slots=True)
class Reconciled:
    """What came of one report; keys are those of our operations, or the provider's own."""

    adapter: str
    day: date
    matched: int = 0
    queried: list[str] = field(default_factory=list)
    """Done by the report, and not (yet) by our books: the provider was asked."""
    ours_only: list[str] = field(default_factory=list)
    """Done by our books and not in the report: the provider was asked."""
    theirs_only: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    """Another amount, another kind, or the same line twice."""
    impossible: list[str] = field(default_factory=list)
    """Lines that cannot be true, in words: nothing was booked of them."""
    explained: list[str] = field(default_factory=list)
    """Unknown, different or ours only, and explained by somebody or another report since."""

    @property
    def is_clean(self) -> bool:
        """Whether nobody has to look."""
        return not (self.ours_only or self.theirs_only or self.different or self.impossible)


def reconcile(core: Core, adapter: str, day: date) -> Reconciled | NotSent:
    """Fetch the report of a day (UTC) and compare; waits for the provider: for the shell."""
    lines = core.adapters[adapter].report(day)
    return lines if isinstance(lines, NotSent) else compare(core, adapter, day, lines)


def reconcile_later(
    core: Core, adapter: str, day: date, *, then: Callable[[Reconciled], object]
) -> None:
    """The same without waiting: the report is fetched on the provider's own thread.

    `then` is called once it is compared; never, when it was not to be had or did not fit on the
    disk, so that it is asked for again.
    """

    def fetch() -> None:
        lines = core.adapters[adapter].report(day)
        if not isinstance(lines, NotSent):
            core.post(lambda: then(compare(core, adapter, day, lines)))

    core.run_payment(adapter, fetch)


def compare(
    core: Core, adapter: str, day: date, told: tuple[ReportLine | UnreadableLine, ...]
) -> Reconciled:
    """Compare the lines of a day with our operations, and write what cannot be explained.

    A line that cannot be true is named, to the desk too, and stops no other. Where nothing came
    of a report no screen has to ask again.
    """
    found = Reconciled(adapter, day)
    lines = _possible(core, found, told)
    seen: Counter[tuple[str, str, str]] = Counter()
    to_query: list[OperationRecord] = []
    with core.store.transaction() as tx:
        before = _written(tx)
        for line in lines:
            name = (line.kind, line.key, line.reference)
            seen[name] += 1
            operation = _compare_line(core, tx, found, line, times=seen[name])
            if operation is not None:
                to_query.append(operation)
        since = datetime.combine(day, time(), UTC)
        keys = {line.key for line in lines}
        for operation in tx.payments.done_between(adapter, since, since + timedelta(days=1)):
            if operation.key in keys or operation.kind in MOVES_NOTHING:
                continue
            if tx.missing.end_of(OperationKey(operation.key)) is not None:
                found.explained.append(operation.key)
            else:
                found.ours_only.append(operation.key)
                to_query.append(operation)
        _write_down(core, tx, found)
    with core.store.reading() as tx:
        is_changed = _written(tx) != before
    for operation in to_query:
        _query(core, operation)
    if found.impossible:
        core.publish(ReportImpossible(adapter, day, tuple(found.impossible)))
    if is_changed:
        core.publish(SiteChanged())
    return found


def _write_down(core: Core, tx: Tx, found: Reconciled) -> None:
    """What somebody has to look at stands in the audit."""
    actor = Actor(ActorKind.DEVICE, found.adapter)
    if not found.is_clean:
        core.audit(
            tx,
            actor=actor,
            action="report.differs",
            detail=f"{found.day} ours {len(found.ours_only)} theirs {len(found.theirs_only)} "
            f"different {len(found.different)} impossible {len(found.impossible)}",
        )
    for words in found.impossible:
        core.audit(tx, actor=actor, action="report.impossible", detail=f"{found.day} {words}")


def _written(tx: Tx) -> object:
    """Another one once anything was booked or written down, or is not missing any more."""
    return tx.audit.head(), tx.missing.open()


def explain(
    core: Core,
    tx: Tx,
    journal_key: str,
    *,
    account: str,
    actor: Actor,
    reservation_id: ReservationId | None = None,
    why: str = "",
) -> bool:
    """A line in suspense is explained by whose `account` it was; False when it was before."""
    transfers: list[Transfer] = []
    kept = tx.ledger.transfers_of_journal(journal_key)
    for each in kept:
        adapter = each.debit.removeprefix("psp:")
        if each.credit.startswith("suspense:"):
            transfers += more_explained(adapter, account=account, amount=each.amount)
        else:
            adapter = each.credit.removeprefix("psp:")
            transfers += less_explained(adapter, account=account, amount=each.amount)
    assert transfers, "only what is in suspense is explained"
    journal = Journal(f"{journal_key}:cleared", "suspense", tuple(transfers), reservation_id)
    is_new = tx.ledger.post(journal, core.clock.now())
    if is_new:
        core.audit(
            tx,
            actor=actor,
            action="suspense.cleared",
            detail=f"{journal_key} {why}".rstrip(),
            reservation_id=reservation_id,
        )
    return is_new


def _possible(
    core: Core, found: Reconciled, told: tuple[ReportLine | UnreadableLine, ...]
) -> list[ReportLine]:
    """The lines that can be true; the others are named."""
    lines: list[ReportLine] = []
    for line in told:
        why = why_impossible(line, core.site.currency)
        if why is None and isinstance(line, ReportLine):
            lines.append(line)
        elif why is not None:
            found.impossible.append(why)
    return lines


def _compare_line(
    core: Core, tx: Tx, found: Reconciled, line: ReportLine, *, times: int
) -> OperationRecord | None:
    """Write one line; the operation that is to be queried because of it, if any."""
    if line.kind in {"bank", "fee"}:
        _book_own(core, tx, found, line, times=times)
        return None
    if line.kind == "chargeback":
        _note_chargeback(core, tx, found, line, times=times)
        return None
    operation = tx.payments.operation(line.key)
    if operation is None or operation.adapter != found.adapter:
        if line.kind not in MOVES_NOTHING:
            _suspend(core, tx, found, line, line.amount, times=times, among=found.theirs_only)
        return None
    is_counted_on = note_reported(core, tx, operation)
    if times > 1 or not is_counted_on:
        if line.kind not in MOVES_NOTHING:
            _suspend(core, tx, found, line, line.amount, times=times, among=found.different)
        return None
    if operation.state != "succeeded":
        return _done_by_them(core, tx, found, line, operation)
    if operation.kind != line.kind:
        _suspend(core, tx, found, line, line.amount, times=times, among=found.different)
        return None
    ours = booked(tx, operation, line.amount)
    if ours != line.amount:
        more = line.amount - ours
        _suspend(core, tx, found, line, more, times=times, among=found.different)
        return None
    found.matched += 1
    suspended = _name(found.adapter, line, times)
    if tx.ledger.has_journal(suspended):
        explain(
            core,
            tx,
            suspended,
            account=psp(found.adapter),
            actor=Actor(ActorKind.DEVICE, found.adapter),
        )
    if operation.fee is None and line.fee:
        tx.payments.note_terms(operation.key, fee=line.fee, capture_before=None)
        book_fee(core, tx, operation, line.fee)
    return None


def _done_by_them(
    core: Core, tx: Tx, found: Reconciled, line: ReportLine, operation: OperationRecord
) -> OperationRecord | None:
    """By our books it was never done: it is queried, but for what nobody asks about again.

    What a provider had refused to capture or to give back it has done all the same (late.py).
    """
    if operation.state in NO and operation.kind == line.kind and line.kind in SQUARED:
        write_answer(core, tx, operation, Succeeded(line.reference, line.amount, line.fee))
        found.different.append(line.key)
        return None
    found.queried.append(line.key)
    return operation


def _note_chargeback(
    core: Core, tx: Tx, found: Reconciled, line: ReportLine, *, times: int
) -> None:
    """A bank has taken a payment back; that it gave it again an attendant decides (suspense)."""
    operation = tx.payments.operation(line.key)
    if operation is not None and operation.reservation_id is not None:
        noted = note_chargeback(
            core,
            tx,
            actor=Actor(ActorKind.DEVICE, found.adapter),
            reservation_id=operation.reservation_id,
            adapter=found.adapter,
            reference=line.reference,
            amount=line.amount,
            fee=line.fee,
            answer_by=None,
        )
        if isinstance(noted, ChargebackOpened):
            found.matched += 1
            return
    _suspend(core, tx, found, line, line.amount, times=times, among=found.theirs_only)


def booked(tx: Tx, operation: OperationRecord, reported: Money) -> Money:
    """What our books have of it; what moves nothing is as the provider says."""
    if operation.kind in MOVES_NOTHING:
        return reported
    claim = psp(operation.adapter)
    ours = Money.zero(reported.currency)
    for name in _names_of(operation):
        for each in tx.ledger.transfers_of_journal(name):
            if claim in {each.debit, each.credit} or each.debit.startswith("held-by-owner:"):
                ours += each.amount
    for each in tx.ledger.transfers_of_journal(f"{operation.key}:failed"):
        ours -= each.amount
    return ours if ours else operation.amount


def _names_of(operation: OperationRecord) -> tuple[str, ...]:
    """The keys of the journals by which money of an operation moved."""
    key = operation.key
    return (key, f"{key}:paid", late_key(operation), more_key(operation))


def _book_own(core: Core, tx: Tx, found: Reconciled, line: ReportLine, *, times: int) -> None:
    """What the provider does by itself: it pays our bank account, or keeps a fee."""
    if times > 1:
        found.different.append(line.key)
        return
    transfers = (
        provider_settled(found.adapter, line.amount)
        if line.kind == "bank"
        else fee_taken(found.adapter, line.amount)
    )
    name = f"report:{found.adapter}:{line.kind}:{line.reference}"
    tx.ledger.post(Journal(name, f"provider-{line.kind}", transfers), core.clock.now())
    found.matched += 1


def _suspend(
    core: Core,
    tx: Tx,
    found: Reconciled,
    line: ReportLine,
    more: Money,
    *,
    times: int,
    among: list[str],
) -> None:
    """Keep what is not explained: `more` than we know of, in the direction of the line."""
    if tx.ledger.has_journal(f"{_name(found.adapter, line, times)}:cleared"):
        found.explained.append(line.key)
        return
    among.append(line.key)
    is_to_us = (line.kind in _TO_US) == (more.minor > 0)
    amount = more if more.minor > 0 else -more
    moved = found_more if is_to_us else found_less
    name = _name(found.adapter, line, times)
    journal = Journal(name, "suspense", moved(found.adapter, amount))
    if tx.ledger.post(journal, core.clock.now()):
        core.audit(
            tx,
            actor=Actor(ActorKind.DEVICE, found.adapter),
            action="report.unexplained",
            detail=f"{line.kind} {line.key} {line.reference} {more.minor}",
        )


def _name(adapter: str, line: ReportLine, times: int) -> str:
    return f"suspense:{adapter}:{line.kind}:{line.key}:{line.reference}:{times}"


def _query(core: Core, operation: OperationRecord) -> None:
    """Ask what became of it; what is done by our books and unknown to the provider is an alarm."""
    if operation.state != "succeeded":
        providers.ask_again(core, operation)
        return
    adapter = core.adapters[operation.adapter]

    def answered(answer: object) -> None:
        if isinstance(answer, NotSent):
            note_missing(core, operation)

    def query() -> None:
        answer = adapter.query(OperationKey(operation.key))
        core.post(lambda: answered(answer))

    core.run_payment(operation.adapter, query)
