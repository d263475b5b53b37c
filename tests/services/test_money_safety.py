"""In every order of events a payment ends in exactly one of: the space, or the money back.

Some of the orders here; all of them in tests/torture.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice, permutations

import pytest

from kiosk.domain.ids import OperationKey, ReservationId
from kiosk.domain.outcomes import ExitDue, TicketIssued
from kiosk.services import bills, providers
from kiosk.services.commands import CancelReservation
from kiosk.services.debt_commands import LeaveUnpaid
from tests.fakes.stage import CARD, DRIVER, EXIT, Stage, Wallet, euro
from tests.services.cash import take

QUOTE = 480


class Play:
    """One reservation whose payment by card is under way, and what can happen to it."""

    def __init__(self, stage: Stage, wallet: Wallet, key: str) -> None:
        self.stage, self.wallet = stage, wallet
        self.key = OperationKey(key)
        self.waiting = stage.hold_payments()
        self.reservation_id = ReservationId(0)

    def answer(self) -> None:
        """The provider gets the request at last, and answers."""
        if self.waiting:
            self.waiting.pop(0)()

    def notice(self) -> None:
        """A notice, or its double: the provider is asked what it knows of the key."""
        core = self.stage.site.core
        providers.finish(core, self.key, self.stage.site.simulator.query(self.key))

    def again(self) -> None:
        """The same press once more."""
        self.stage.pay_deposit(self.reservation_id, CARD, intent=self.key)

    def expire(self) -> None:
        self.stage.wait(minutes=11)

    def pay_by_wallet(self) -> None:
        self.stage.pay_deposit(self.reservation_id, self.wallet.proof, intent=f"w-{self.key}")

    def cancel(self) -> None:
        self.stage.site.do(
            CancelReservation(
                actor=DRIVER, reservation_id=self.reservation_id, agreed_refund=euro(QUOTE)
            )
        )

    def drain(self) -> None:
        """All that is on its way arrives."""
        self.stage.site.core.run_payment = lambda _adapter, task: task()
        while self.waiting:
            self.waiting.pop(0)()
        self.stage.wait(seconds=6)


EVENTS = ("answer", "notice", "again", "expire", "pay_by_wallet", "cancel")


def held(stage: Stage, reservation_id: ReservationId) -> int:
    """What there is for a reservation, in escrow and authorised."""
    core = stage.site.core
    with core.store.reading() as tx:
        return bills.held_for(core, tx, reservation_id).minor


@pytest.mark.parametrize("provider", ["stage", "authorising"])
def test_whatever_happens_to_a_deposit_it_ends_in_the_space_or_the_money_back(
    provider: str, request: pytest.FixtureRequest
) -> None:
    play_deposits(request.getfixturevalue(provider), islice(permutations(EVENTS, 4), 0, None, 24))


def play_deposits(stage: Stage, orders: Iterable[tuple[str, ...]]) -> None:
    """One reservation for each order of events."""
    wallet = stage.wallet(QUOTE)
    wrong: list[object] = []

    for number, order in enumerate(orders):
        play = Play(stage, wallet, f"card-{number}")
        reserved = stage.reserve(starts_at=stage.now + timedelta(hours=3), space_id=1)
        play.reservation_id = reserved.reservation_id
        stage.pay_deposit(reserved.reservation_id, CARD, intent=play.key)
        for event in order:
            getattr(play, event)()
        play.drain()
        is_confirmed = stage.state(play.reservation_id) == "confirmed"
        has = held(stage, play.reservation_id)
        if has != (QUOTE if is_confirmed else 0):
            wrong.append((order, stage.state(play.reservation_id), has))
        if stage.state(play.reservation_id) == "pending":
            play.expire()
        else:
            play.cancel()
        play.drain()
        books = {account: minor for account, minor in stage.books().items() if minor}
        if books != {"till:desk-1": -QUOTE, wallet.account: QUOTE}:
            wrong.append((order, books))
            break
        if kept_at_provider(stage):
            wrong.append((order, "the provider keeps", kept_at_provider(stage)))
            break

    assert wrong == []


def kept_at_provider(stage: Stage) -> int:
    """What the provider has or keeps after everything went back: nothing."""
    simulator = stage.site.simulator
    minor = {
        kind: simulator.total(kind, "EUR").minor
        for kind in ("collect", "authorise", "refund", "release")
    }
    return minor["collect"] + minor["authorise"] - minor["refund"] - minor["release"]


AT_THE_EXIT = ("answer", "notice", "pay_by_wallet", "cash", "leave")


class Exit(Play):
    """A car at the exit that owes 1.20, whose card is under way."""

    ticket: TicketIssued

    def pay_by_wallet(self) -> None:
        self.stage.pay_due(self.reservation_id, self.wallet.proof, intent=f"w-{self.key}")

    def cash(self) -> None:
        take(self.stage, self.ticket, intent=f"c-{self.key}")

    def leave(self) -> None:
        self.stage.wait(seconds=10)
        self.stage.site.do(
            LeaveUnpaid(
                actor=DRIVER, lane=EXIT, reservation_id=self.reservation_id, agreed=euro(120)
            )
        )


def test_whatever_happens_at_the_exit_the_difference_is_paid_once(stage: Stage) -> None:
    play_exits(stage, islice(permutations(AT_THE_EXIT, 3), 0, None, 5))


def test_who_has_a_late_payment_back_may_leave_and_owe(stage: Stage) -> None:
    play_exits(stage, [("notice", "answer", "leave")])


def play_exits(stage: Stage, orders: Iterable[tuple[str, ...]]) -> None:
    """One car at the exit for each order of events."""
    wallet = stage.wallet(100_000 // 2)
    wrong: list[object] = []

    for number, order in enumerate(orders):
        play = Exit(stage, wallet, f"due-{number}")
        ticket = stage.inside(wallet.proof)
        play.reservation_id, play.ticket = ticket.reservation_id, ticket
        before = stage.books()
        car = stage.site.car_to(EXIT)
        stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
        assert isinstance(stage.scan(EXIT, ticket.text), ExitDue)
        stage.pay_due(ticket.reservation_id, CARD, intent=play.key)
        for event in order:
            getattr(play, event)()
        play.drain()
        stage.site.car_through(EXIT, car)
        if stage.state(ticket.reservation_id) != "left":
            stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)
            stage.site.car_through(EXIT, car)
        play.drain()
        after = stage.books()
        moved = {
            account: after.get(account, 0) - before.get(account, 0)
            for account in {*before, *after}
            if after.get(account, 0) != before.get(account, 0)
        }
        parties = sum(moved.get(each, 0) for each in ("owner:1", "manager", "commission", "vat"))
        paid = -sum(
            moved.get(each, 0)
            for each in ("psp:simulator", "till:desk-1", wallet.account, "receivable:driver")
        )
        open_minor = moved.get(f"uncollected:{ticket.reservation_id}", 0)
        if paid != 120 or parties + open_minor != QUOTE + 120:
            wrong.append((order, moved))

    assert wrong == []
    assert stage.wrong() == []
    assert stage.provider_counts()[0] - stage.provider_counts()[1] == -stage.books().get(
        "psp:simulator", 0
    )
