"""Which rows the evidence proves beside journals and receipts, and by which of their columns.

They are proved where they are written (Session.keep) and checked by kiosk.services.audit_check.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.evidence import digest, named

if TYPE_CHECKING:
    from kiosk.domain.evidence import Fact, Value

Found = Mapping[str, "Value | bytes"]


@dataclass(frozen=True, slots=True)
class Proved:
    """A table whose rows are proved."""

    key: tuple[str, ...]
    columns: tuple[str, ...] = ()
    """Those that never change, or are proved anew when they do; none named: all of them."""


_BY_ID = Proved(("id",))

PROVED: Mapping[str, Proved] = {
    "attendant": Proved(
        ("id",), ("name", "pin_hash", "is_one_time", "is_blocked", "is_confirmed")
    ),
    "authorisation": _BY_ID,
    "authorisation_end": Proved(("authorisation_id",)),
    "chargeback": _BY_ID,
    "chargeback_turn": Proved(("chargeback_id", "number")),
    "correction": _BY_ID,
    "debt": Proved(("code",)),
    "debt_end": Proved(("debt_code",)),
    "debt_lowering": _BY_ID,
    "dispute": _BY_ID,
    "dispute_end": Proved(("dispute_id",)),
    "held_refund": _BY_ID,
    "invoice": Proved(("number",)),
    "invoice_line": Proved(("invoice_id", "number")),
    "invoice_payment": _BY_ID,
    "payee": _BY_ID,
    "payer_payment": Proved(("reservation_id", "payment")),
    "payer_turn": Proved(("reservation_id", "number")),
    "payout": _BY_ID,
    "payout_approval": Proved(("run_id", "attendant_id")),
    "payout_file": Proved(("run_id",)),
    "payout_item": Proved(("payout_id", "journal_id")),
    "payout_result": Proved(("payout_id",)),
    "payout_return": Proved(("payout_id",)),
    "payout_run": _BY_ID,
    "payout_run_state": Proved(("run_id", "number")),
    "receipt_payer": Proved(("receipt_id", "number")),
    "refund_part": Proved(("journal_key", "number")),
    "shift": _BY_ID,
    "stay": Proved(
        ("reservation_id",),
        ("entry_lane", "entered_at", "left_at", "re_entered_at", "is_displaced"),
    ),
    "top_up": Proved(("operation_key",)),
    "validation": _BY_ID,
    "validation_posting": Proved(("validation_id",)),
    "voucher": _BY_ID,
}
"""A row that may change (a shift that ends, an attendant's PIN) is proved anew each time: its last
proof counts."""


def row_fact(table: str, row: Found) -> Fact:
    """What proves this row; the bytes of a file by their own hash."""
    proved = PROVED[table]
    columns = (*proved.key, *proved.columns) if proved.columns else tuple(row)
    values = {name: _plain(row[name]) for name in columns}
    return ("row", table, digest(named(values)), *key(table, row))


def key(table: str, row: Found) -> tuple[Value, ...]:
    """By which name the row is found."""
    return tuple(_plain(row[name]) for name in PROVED[table].key)


def _plain(value: Value | bytes) -> Value:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
