"""What of a provider's answer or report can be true at all: no more is written into the books.

What cannot is a doubt (operations.py), or a line that is named and left out (reconcile.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.payments.adapter import ReportLine, Succeeded
from kiosk.services import limits

if TYPE_CHECKING:
    from db.records import OperationRecord
    from kiosk.domain.money import Money
    from kiosk.payments.adapter import UnreadableLine

MOVES_NOTHING = frozenset({"authorise", "increase", "release"})
"""What is only kept for us, or let go."""


def can_be_true(operation: OperationRecord, answer: Succeeded) -> bool:
    """Whether so much can have moved, at such a cost; what only lets go moves nothing."""
    currency = operation.amount.currency
    least = 0 if operation.kind == "release" else 1
    until = answer.capture_before
    return (
        _is_amount(answer.amount, currency, least=least)
        and (answer.fee is None or _is_amount(answer.fee, currency))
        and (until is None or until >= operation.created_at)
        and _is_text(answer.reference)
    )


def why_impossible(line: ReportLine | UnreadableLine, currency: str) -> str | None:
    """What is wrong with a line of a report, with the line itself; None when it can be true."""
    if not isinstance(line, ReportLine):
        return f"unreadable: {line.text}"
    least = 0 if line.kind in MOVES_NOTHING else 1
    if not (_is_text(line.key) and _is_text(line.reference)):
        return f"unreadable: {line.key!a} {line.reference!a}"
    said = f"{line.kind} {line.key} {line.reference}"
    if not _is_amount(line.amount, currency, least=least):
        return f"amount {line.amount.minor} {line.amount.currency}: {said}"
    if not _is_amount(line.fee, currency):
        return f"fee {line.fee.minor} {line.fee.currency}: {said}"
    return None


def _is_amount(amount: Money, currency: str, *, least: int = 0) -> bool:
    return amount.currency == currency and least <= amount.minor <= limits.AMOUNT_MOST


def plain(code: str) -> str:
    """A provider's word for a no, as it can be kept."""
    return code if _is_text(code) else ascii(code)


def _is_text(text: str) -> bool:
    """Half of a surrogate pair can be told in JSON, and never be kept."""
    return text.isprintable()
