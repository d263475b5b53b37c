"""A ledger in memory for the rules of the books: no schema, no keys, the guards of money.md."""

from __future__ import annotations

from kiosk.domain.ledger import Transfer, kind_of

Moves = tuple[Transfer, ...]


class Books:
    """Balances by account; what is posted together may overdraw nothing that is guarded."""

    def __init__(self) -> None:
        self._minor: dict[str, int] = {}

    def post(self, *journals: Moves) -> None:
        """Posts each set of transfers as a whole."""
        for transfers in journals:
            for each in transfers:
                self._minor[each.debit] = self._minor.get(each.debit, 0) - each.amount.minor
                self._minor[each.credit] = self._minor.get(each.credit, 0) + each.amount.minor
            overdrawn = [
                name for name, owed in self._minor.items() if owed < 0 and kind_of(name).is_guarded
            ]
            assert overdrawn == []

    def balances(self) -> dict[str, int]:
        """What each account is owed (a claim or an expense is below zero), but for zero."""
        return {name: owed for name, owed in self._minor.items() if owed}
