"""What providers outside are asked, each on its own thread: payments, and the outbox of all else.

The intent was committed before (pay.py, refunds.py, authorisations.py), and SENT is committed
before the first byte; what an answer means stands in operations.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.records import OperationKind, OperationRecord
from kiosk.domain.debt_outcomes import DebtPaid
from kiosk.domain.ids import OperationKey
from kiosk.domain.life_outcomes import Changed
from kiosk.domain.outcomes import ExitCovered, TicketIssued
from kiosk.domain.till_outcomes import WalletToppedUp
from kiosk.payments.adapter import (
    Answer,
    Declined,
    InDoubt,
    NotSent,
    PaymentAdapter,
    PaymentRequest,
    Rejected,
    Succeeded,
)
from kiosk.services import change, leave, limits
from kiosk.services.events import PaymentFinished, SiteChanged
from kiosk.services.operations import COLLECTING, NO, PaymentOutcome, write_answer
from kiosk.services.paper import ticket_paper

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import LaneName
    from kiosk.services.core import Core

_ASK: dict[OperationKind, Callable[[PaymentAdapter, PaymentRequest], Answer]] = {
    "collect": lambda adapter, request: adapter.collect(request),
    "authorise": lambda adapter, request: adapter.authorise(request),
    "increase": lambda adapter, request: adapter.increase(request),
    "capture": lambda adapter, request: adapter.capture(request),
    "release": lambda adapter, request: adapter.release(request),
    "refund": lambda adapter, request: adapter.refund(request),
}
_FINAL = Succeeded | Declined | Rejected


def finish(core: Core, key: OperationKey, answer: Answer) -> None:
    """Write what a provider answered, once, and tell whoever waits for it."""
    with core.store.transaction() as tx:
        operation = tx.payments.operation(key)
        assert operation is not None, "an answer to an intent that was never written"
        outcome = write_answer(core, tx, operation, answer)
    if outcome is None:
        return
    _follow(core, outcome, lane=operation.lane)
    core.publish(PaymentFinished(key, outcome))


def _follow(core: Core, outcome: PaymentOutcome, *, lane: LaneName | None) -> None:
    """What comes after the commit: papers, the arm, the screens."""
    if isinstance(outcome, TicketIssued):
        after_ticket(core, outcome, lane=lane)
    if isinstance(outcome, Changed):
        change.after_change(core, outcome, lane=lane)
    if isinstance(outcome, ExitCovered) and lane is not None:
        leave.after_settlement(core, outcome, lane=lane)
    if isinstance(outcome, DebtPaid | WalletToppedUp):
        core.publish(SiteChanged())


def send(core: Core, operation: OperationRecord) -> None:
    """Hand an operation that a commit has queued to its provider: SENT is committed first."""
    with core.store.transaction() as tx:
        request = _request(tx, operation)
        now = core.clock.now()
        if request is None:
            tx.payments.put_off(operation.key, until=now + limits.ask_pause(operation.attempts))
        elif isinstance(request, PaymentRequest):
            tx.payments.set_operation(operation.key, state="sent", reference=None, at=now)
    if isinstance(request, Rejected):
        finish(core, operation.key, request)
    elif request is not None:
        call = _ASK[operation.kind]
        adapter = core.adapters[operation.adapter]
        ask(core, operation.key, operation.adapter, lambda: call(adapter, request))


def start(core: Core, operation: OperationRecord) -> None:
    """Ask the first time for what a driver pays: its intent is committed as sent."""
    with core.store.reading() as tx:
        request = _request(tx, operation)
    assert isinstance(request, PaymentRequest), "only what has succeeded is increased"
    call, adapter = _ASK[operation.kind], core.adapters[operation.adapter]
    ask(core, operation.key, operation.adapter, lambda: call(adapter, request))


def ask_again(core: Core, operation: OperationRecord) -> None:
    """Query what became of an operation whose answer is missing.

    What a driver was to pay and was never executed is over (the driver starts anew); all else
    that was never executed is sent again under the same key.
    """
    adapter = core.adapters[operation.adapter]
    with core.store.reading() as tx:
        request = _request(tx, operation)
    call = _ASK[operation.kind]

    def query() -> Answer:
        answer = adapter.query(operation.key)
        is_resent = operation.kind not in COLLECTING and operation.state not in NO
        is_resent = is_resent and isinstance(answer, NotSent)
        if is_resent and isinstance(request, PaymentRequest):
            return call(adapter, request)
        return answer

    ask(core, operation.key, operation.adapter, query)


def close(core: Core, operation: OperationRecord) -> None:
    """A driver had his time to act: abort it, and query a last time, for he can pay meanwhile."""
    adapter = core.adapters[operation.adapter]

    def abort() -> Answer:
        aborted = adapter.abort(operation.key)
        answer = adapter.query(operation.key)
        if isinstance(answer, _FINAL):
            return answer
        return aborted if isinstance(aborted, _FINAL) else InDoubt()

    ask(core, operation.key, operation.adapter, abort)


def pursue(core: Core, operation: OperationRecord, now: datetime) -> None:
    """Ask about one unfinished operation, if it is its time: the one loop of the outbox."""
    next_at = operation.next_at
    longest = timedelta(seconds=limits.ASK_LONGEST_PAUSE_S)
    # A clock that was set back must not silence the outbox until it has caught up.
    if next_at is not None and next_at - longest <= now < next_at:
        return
    if operation.key in core.under_way or operation.adapter not in core.adapters:
        return  # its provider was taken out of the site file: the desk sees what is due
    waits = operation.kind in COLLECTING
    if not waits and len(core.under_way) >= limits.OUTBOX_AT_ONCE:
        return
    if operation.state == "new":
        send(core, operation)
    elif operation.state == "pending" and operation.ends_at and now >= operation.ends_at:
        close(core, operation)
    else:
        ask_again(core, operation)


def hear(core: Core, name: str, headers: Mapping[str, str], body: bytes) -> bool:
    """A provider's notice: a hint to query the operation now; False when it is not genuine."""
    notice = core.adapters[name].parse_notice(headers, body)
    if notice is None:
        return False
    with core.store.reading() as tx:
        operation = tx.payments.operation(notice.key)
    if operation is not None and operation.adapter == name and operation.state != "succeeded":
        ask_again(core, operation)
    return True


def ask(core: Core, key: OperationKey, adapter: str, ask: Callable[[], Answer]) -> None:
    """Run one call on its adapter's thread; a key that is under way is not asked twice."""
    if key in core.under_way:
        return
    core.under_way.add(key)

    def answered(answer: Answer) -> None:
        core.under_way.discard(key)
        finish(core, key, answer)

    def run() -> None:
        answer = ask()
        core.post(lambda: answered(answer))

    core.run_payment(adapter, run)


def after_ticket(core: Core, ticket: TicketIssued, *, lane: LaneName | None) -> None:
    """What follows a committed ticket: its paper, and the screens."""
    if lane is not None:
        core.print_paper(lane, ticket_paper(core.site, ticket))
    core.publish(SiteChanged())


def _request(tx: Tx, operation: OperationRecord) -> PaymentRequest | Rejected | None:
    """What is asked, with the provider's own number of the original; None while it has none.

    Rejected when the original never came: there is nothing to capture or to give back.
    """
    reference: str | None = None
    if operation.original is not None:
        original = tx.payments.operation(operation.original)
        assert original is not None, "the schema keeps what is referred to"
        if original.state in {"declined", "failed"}:
            return Rejected("original-declined")
        if original.state != "succeeded":
            return None
        reference = original.reference
    return PaymentRequest(operation.key, operation.amount, operation.reservation_id, reference)
