"""The till through any day: shifts, top-ups and pay-outs at random, beside a simple count."""

from __future__ import annotations

import random

import pytest

from kiosk.domain.outcomes import (
    WalletShown,
)
from kiosk.domain.till_outcomes import (
    ShiftEnded,
    ShiftOpened,
    WalletPaidOut,
)
from tests.fakes.stage import Stage, Wallet
from tests.services.till import Till, kept, till

__all__ = ["kept", "till"]


@pytest.mark.parametrize("seed", range(4))
def test_after_any_day_the_till_holds_what_was_counted_into_it(
    kept: Stage, till: Till, seed: int
) -> None:
    chance = random.Random(seed)
    day = _Day(kept, till, chance)

    for _ in range(60):
        day.go_on()

    assert till.holds == day.in_till
    assert day.banked == kept.books().get("bank", 0) * -1
    assert day.over == kept.books().get("cash-over-short", 0)
    assert kept.wrong() == []


class _Day:
    """Cash at random, and beside it a count as simple as that of a purse."""

    def __init__(self, stage: Stage, till: Till, chance: random.Random) -> None:
        self._stage, self._till, self._chance = stage, till, chance
        self._wallets: list[Wallet] = [stage.wallet(0, name=name) for name in ("Ada", "Bo")]
        self._is_open = False
        self._since = 0
        self.in_till = self.banked = self.over = 0

    def go_on(self) -> None:
        acts = (self._open, self._close, self._top_up, self._top_up, self._pay_out)
        self._chance.choice(acts)()

    def _open(self) -> None:
        counted = self._chance.choice((self.in_till, self.in_till + 700, 5000))
        is_first = self._till.shown().last is None
        outcome = self._till.open(counted)
        assert isinstance(outcome, ShiftOpened) is not self._is_open
        if self._is_open:
            return
        if counted > self.in_till or is_first:
            self.banked -= counted - self.in_till
        else:
            self.over += counted - self.in_till
        self.in_till, self._is_open, self._since = counted, True, counted

    def _close(self) -> None:
        counted = max(0, self.in_till + self._chance.choice((0, 0, 5, -20)))
        left = self._chance.randint(0, counted)
        outcome = self._till.close(counted, left=left)
        assert isinstance(outcome, ShiftEnded) is self._is_open
        if isinstance(outcome, ShiftEnded):
            assert outcome.report.in_till.minor == self.in_till == self._since
            self.over += counted - self.in_till
            self.banked += counted - left
            self.in_till, self._is_open = left, False

    def _top_up(self) -> None:
        minor = self._chance.randint(1, 3000)
        outcome = self._till.top_up(self._chance.choice(self._wallets), minor)
        self._moved(minor, WalletShown, outcome)

    def _pay_out(self) -> None:
        minor = self._chance.randint(1, 3000)
        outcome = self._till.pay_out(self._chance.choice(self._wallets), minor)
        self._moved(-minor, WalletPaidOut, outcome)

    def _moved(self, minor: int, done: type[object], outcome: object) -> None:
        if isinstance(outcome, done):
            assert self._is_open
            self.in_till += minor
            self._since += minor
