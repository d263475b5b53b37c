"""No owner gives of a reservation more than it got of it, whichever spaces its car has had.

What an owner gives a driver beside any fee (a recall), and what an owner who is the merchant holds
and passes on, is in neither.
"""

from __future__ import annotations

from collections import Counter

from kiosk.domain.journals import COMPENSATION
from tests.fakes.stage import Stage

_HELD, _DISPUTED = "held-by-owner:", ":disputed"


def owners_have(stage: Stage) -> dict[tuple[int, str], int]:
    """What each owner has of each reservation: what it got less what it paid back."""
    have: Counter[tuple[int, str]] = Counter()
    with stage.site.core.store.reading() as tx:
        journals = [each for _, each in tx.ledger.journals() if each.kind != COMPENSATION]
    for journal in journals:
        if journal.reservation_id is None:  # a payout
            continue
        for each in journal.transfers:
            if not any(map(_is_held, (each.debit, each.credit))):
                have[journal.reservation_id, each.credit] += each.amount.minor
                have[journal.reservation_id, each.debit] -= each.amount.minor
    return {key: minor for key, minor in have.items() if key[1].startswith("owner:")}


def too_much_given(stage: Stage) -> list[str]:
    """Every owner who has given more of a reservation than it got; nothing, at any time."""
    return [
        f"{account} gave {-minor} of reservation {reservation_id} that it never got"
        for (reservation_id, account), minor in owners_have(stage).items()
        if minor < 0
    ]


def _is_held(account: str) -> bool:
    return account.startswith(_HELD) and not account.endswith(_DISPUTED)
