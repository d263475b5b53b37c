"""Makes a random journal by each function of the domain that says what moves in the books.

A function is found by what it returns, and its arguments are made by their names: a new one is
played as soon as it is written, and an argument of a new name is asked for here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from types import ModuleType
from typing import Any

from kiosk.domain import journals, journals_cash, journals_outside, ledger, settlement
from kiosk.domain.ids import (
    DriverId,
    FleetId,
    OwnerId,
    PayoutId,
    ReservationId,
    ShopId,
)
from kiosk.domain.ledger import Transfer
from kiosk.domain.money import Money
from kiosk.domain.pricing.charge_lines import Charge, ChargeLine, LineKind
from kiosk.domain.settlement import Shared, Shares, SplitRule, SplitTerms
from kiosk.domain.time import Window

Moves = tuple[Transfer, ...]
Maker = Callable[..., Moves]
MODULES: tuple[ModuleType, ...] = (settlement, journals, journals_cash, journals_outside)
MAKERS: tuple[Maker, ...] = tuple(
    function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__
    and not name.startswith("_")
    and inspect.signature(function).return_annotation == "tuple[Transfer, ...]"
)
"""Every public function that returns transfers."""
OF_AMOUNT = tuple(
    maker
    for maker in MAKERS
    if "amount" in (names := inspect.signature(maker).parameters) and "back" not in names
)
"""Those that move an amount that somebody named as a whole."""
BEGINS = datetime(2026, 6, 1, tzinfo=UTC)


class AnyJournal:
    """Arguments that fit together, for reservations that exist.

    Two of everybody else, so that the same accounts are met again and again. `likely` are
    amounts that are worth trying, such as what an account holds and one unit more.
    """

    def __init__(
        self,
        random: Random,
        *,
        currency: str,
        reservation_ids: Sequence[ReservationId],
        likely: Sequence[int] = (),
        most_minor: int = 3_000,
    ) -> None:
        self._random = random
        self._currency = currency
        self._reservation_ids = reservation_ids
        self._likely = [minor for minor in likely if 0 < minor <= most_minor]
        self._most_minor = most_minor

    def made(self, maker: Maker | None = None, **given: Any) -> tuple[str, Moves]:
        """A journal's kind and its transfers; none where a share or a difference is nothing."""
        maker = maker or self._random.choice(MAKERS)
        arguments = dict(given)
        names = inspect.signature(maker).parameters
        for name in names:
            arguments.setdefault(name, self._argument(name, names))
        if {"amount", "back"} <= set(names) and "amount" not in given:
            # No more is taken from the parties, or given to them again, than was disputed.
            taken = -arguments["back"].total.minor
            arguments["amount"] = self.money(min(taken + self._one(3), ledger.MOST_MINOR))
        return maker.__name__.replace("_", "-"), maker(**arguments)

    def reservation_id(self) -> ReservationId:
        """One of those that exist."""
        return self._random.choice(self._reservation_ids)

    def money(self, minor: int | None = None) -> Money:
        """An amount above zero."""
        if minor is None and self._likely and self._random.random() < 0.4:
            minor = self._random.choice(self._likely)
        return Money(
            self._random.randint(1, self._most_minor) if minor is None else minor, self._currency
        )

    def _argument(self, name: str, names: Any) -> Any:
        match name:
            case "amount" | "refund" | "expected" | "counted":
                return self.money()
            case "fee":
                return self.money(self._random.choice([0, 35, 1_500]))
            case "shares":
                before = Shares.nothing(self._currency)
                if self._random.random() < 0.3:
                    before = self._split()
                return self._split() - before
            case "parts":
                return self._of_two(self._argument("shares", names))
            case "back":
                return self._of_two(Shares.nothing(self._currency) - self._split())
            case "share":
                return settlement.displaced_share(self._late_charge(), self._terms())
            case "shared":
                return settlement.share_transfers(
                    self.reservation_id(), self._of_two(self._split())
                )
            case "account" | "claim" | "to_account" | "into" | "out_of" | "pot":
                return self._random.choice(self._accounts(name, names))
        return self._whom(name)

    def _of_two(self, shares: Shares) -> Shared:
        """The owner's share is one owner's, or some of it another one's."""
        own = shares.owner
        half = Money(self._random.choice([0, own.minor // 2]), own.currency)
        return Shared(shares, ((OwnerId(1), own - half), (OwnerId(2), half)))

    def _accounts(self, name: str, names: Any) -> list[Any]:
        match name:
            case "account" if "driver_id" in names:
                return [ledger.psp("simulator"), ledger.BANK]
            case "account":
                return self._payers()
            case "claim":
                return [ledger.psp("simulator"), ledger.held_by_owner(OwnerId(self._one(2)))]
            case "to_account":
                return [None, *self._payers()]
            case "into":
                return [self._escrow(), self._wallet(), ledger.RECEIVABLE_DRIVER]
            case "out_of":
                return [self._refund_due(), self._wallet()]
        return [self._escrow(), self._refund_due(), ledger.disputed(ledger.psp("simulator"))]

    def _whom(self, name: str) -> Any:
        match name:
            case "reservation_id":
                return self.reservation_id()
            case "reservation_ids":
                return self._random.sample(
                    self._reservation_ids, self._random.randint(1, len(self._reservation_ids))
                )
            case "owner_id":
                return OwnerId(self._one(2))
            case "driver_id":
                return DriverId(self._one(2))
            case "fleet_id":
                return FleetId(self._one(2))
            case "shop_id":
                return ShopId(self._one(2))
            case "payout_id":
                return PayoutId(self._one(2))
            case "adapter":
                return self._random.choice(["simulator", "terminal"])
            case "desk":
                return self._random.choice(["desk-1", "desk-2"])
            case "step":
                return self._random.choice([1, 5, 10, 100])
        raise AssertionError(f"nobody has said what {name} may be")

    def _one(self, most: int) -> int:
        return self._random.randint(1, most)

    def _escrow(self) -> str:
        return ledger.escrow(self.reservation_id())

    def _refund_due(self) -> str:
        return ledger.refund_due(self.reservation_id())

    def _wallet(self) -> str:
        return ledger.wallet(DriverId(self._one(2)))

    def _payers(self) -> list[str]:
        return [
            ledger.psp("simulator"),
            ledger.fleet_unbilled(FleetId(self._one(2))),
            ledger.held_by_owner(OwnerId(self._one(2))),
            self._wallet(),
        ]

    def _terms(self) -> SplitTerms:
        return SplitTerms(
            self._random.choice([0, 333, 1_500]),
            self._random.choice([0, 810, 1_900]),
            self._random.choice([0, 777, 1_000]),
            rule=self._random.choice(list(SplitRule)),
        )

    def _split(self) -> Shares:
        return settlement.split(self.money(), self._terms())

    def _late_charge(self) -> Charge:
        surcharge, fee = self.money(), self.money()
        if surcharge.minor + fee.minor > ledger.MOST_MINOR:
            fee = self.money(1)
        lines = (
            ChargeLine(kind=LineKind.BLOCK, amount=fee),
            ChargeLine(kind=LineKind.OVERSTAY_SURCHARGE, amount=surcharge),
        )
        zero = Money.zero(self._currency)
        return Charge(Window(BEGINS, BEGINS + timedelta(hours=1)), lines, fee + surcharge, zero)
