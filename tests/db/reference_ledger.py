"""The books a second time, from the text of money.md alone: nothing of the product is imported."""

from __future__ import annotations

Row = tuple[str, str, int, str]
"""Debit, credit, amount in minor units, currency."""
GUARDED = {"escrow", "refund-due", "wallet", "payout-in-flight"}
MOST = 2**63 - 1


class Refused(Exception):
    """The books say no, and nothing has changed."""


class ReferenceLedger:
    """Journals, their sums by account and currency, and what is only authorised."""

    def __init__(self) -> None:
        self.journals: list[tuple[str, tuple[Row, ...]]] = []
        self.sums: dict[tuple[str, str], tuple[int, int]] = {}
        self.authorised: dict[int, Row] = {}

    def copy(self) -> ReferenceLedger:
        """As it is now, to go back to."""
        other = ReferenceLedger()
        other.journals, other.sums = list(self.journals), dict(self.sums)
        other.authorised = dict(self.authorised)
        return other

    def post(self, key: str, rows: tuple[Row, ...]) -> bool:
        """All of it or, with a key that was posted before, nothing."""
        if any(key == posted for posted, _ in self.journals):
            return False
        sums = dict(self.sums)
        for debit, credit, minor, currency in rows:
            if not 0 < minor <= MOST or debit == credit or currency != rows[0][3]:
                raise Refused
            debits, credits_ = sums.get((debit, currency), (0, 0))
            sums[debit, currency] = (debits + minor, credits_)
            debits, credits_ = sums.get((credit, currency), (0, 0))
            sums[credit, currency] = (debits, credits_ + minor)
        for (account, _), (debits, credits_) in sums.items():
            is_guarded = account.split(":")[0] in GUARDED
            if max(debits, credits_) > MOST or (is_guarded and debits > credits_):
                raise Refused
        if not rows:
            raise Refused
        self.journals.append((key, rows))
        self.sums = sums
        return True

    def end(self, number: int) -> Row:
        """An authorisation ends once: what is posted of it is a journal like any other."""
        if number not in self.authorised:
            raise Refused
        return self.authorised.pop(number)
