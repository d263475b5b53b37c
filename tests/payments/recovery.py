"""What services do with an answer in doubt, in its shortest form: query, then the same key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from kiosk.domain.ids import OperationKey
from kiosk.domain.money import Money
from kiosk.payments.adapter import (
    Answer,
    InDoubt,
    NotSent,
    OperationKind,
    PaymentAdapter,
    PaymentRequest,
    ReportLine,
    Succeeded,
)

TRIES = 6
DEADLINE_S = 0.15
"""Of a request whose answer may come too late."""


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def asked(
    key: str, minor: int = 1000, *, original: str | None = None, deadline_s: float = 10.0
) -> PaymentRequest:
    return PaymentRequest(OperationKey(key), euro(minor), original=original, deadline_s=deadline_s)


def ask(adapter: PaymentAdapter, kind: OperationKind, request: PaymentRequest) -> Answer:
    calls = {
        "collect": adapter.collect,
        "authorise": adapter.authorise,
        "increase": adapter.increase,
        "capture": adapter.capture,
        "release": adapter.release,
        "refund": adapter.refund,
        "share": adapter.share,
        "unshare": adapter.unshare,
        "payout": adapter.payout,
    }
    return calls[kind](request)


def carry_out(adapter: PaymentAdapter, kind: OperationKind, request: PaymentRequest) -> Answer:
    """Ask until the answer is clear: in doubt it is queried, never done it is sent again."""
    answer = ask(adapter, kind, request)
    patient = replace(request, deadline_s=10.0)
    for _ in range(TRIES):
        if isinstance(answer, InDoubt):
            answer = adapter.query(request.key)
        if isinstance(answer, NotSent):
            answer = ask(adapter, kind, patient)
    return answer


def reference(answer: Answer) -> str:
    assert isinstance(answer, Succeeded), answer
    return answer.reference


@dataclass(frozen=True)
class Believed:
    """What a client takes to be done under one key."""

    kind: str
    reference: str
    amount: Money


def believed(kind: OperationKind, answer: Answer) -> list[Believed]:
    if not isinstance(answer, Succeeded):
        return []
    return [Believed(kind, answer.reference, answer.amount)]


def at_provider(adapter: PaymentAdapter, *keys: OperationKey) -> list[Believed]:
    """What the provider's own report says was done under these keys, today or yesterday."""
    return [
        Believed(line.kind, line.reference, line.amount)
        for line in report_of(adapter)
        if line.key in keys
    ]


def report_of(adapter: PaymentAdapter) -> list[ReportLine]:
    """Around midnight a test lies on two days."""
    today = datetime.now(UTC).date()
    pages = [adapter.report(day) for day in (today - timedelta(days=1), today)]
    lines: list[ReportLine] = []
    for page in pages:
        assert not isinstance(page, NotSent)
        lines += [line for line in page if isinstance(line, ReportLine)]
    return lines
