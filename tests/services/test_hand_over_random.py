"""Whoever takes a car over, extends, and pays by whatever: each pays the own minutes, no more."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from kiosk.domain.life_outcomes import Changed, ChangeKept
from kiosk.domain.outcomes import ExitCovered, ExitDue, TicketIssued
from kiosk.domain.payers import Turn, payer_parts
from kiosk.domain.time import Window
from kiosk.domain.validation import Given
from tests.fakes.planned import change, pay_change
from tests.fakes.stage import CARD, EXIT, Stage, euro
from tests.services.after import refund
from tests.services.test_hand_over import take_over
from tests.services.test_shops import AMOUNT, add_shop, validate


class Drivers:
    """Who has paid what, as the drivers themselves would count it."""

    def __init__(self, stage: Stage, random: Random) -> None:
        self.stage, self.random = stage, random
        self.wallets = [stage.wallet(5000, name=name) for name in ("Ada", "Bob", "Cleo")]
        self.now = 0
        self.cards: dict[str, int] = {}
        self.paid = [0, 0, 0]
        self.ends_after = 120
        first = random.choice((CARD, self.wallets[0].proof))
        self.ticket: TicketIssued = stage.inside(first)
        self.took_part = [0]
        if first is CARD:
            with stage.site.core.store.reading() as tx:
                (deposit,) = tx.payments.of_reservation(self.ticket.reservation_id)
            self.cards[deposit.key] = 0
        self.paid[0] += 480
        entry = stage.stay(self.ticket.reservation_id)
        assert entry is not None
        self.turns = [Turn("0", entry.entered_at)]

    def extend(self) -> None:
        """Whoever drives pays for another half hour or two, by card or wallet."""
        stage, start = self.stage, self.ticket.window.from_
        self.ends_after += self.random.choice((30, 60, 120))
        window = Window(start, start + timedelta(minutes=self.ends_after))
        answer = change(stage, self.ticket.reservation_id, window)
        if isinstance(answer, Changed):
            return  # the most of a day is paid already
        assert isinstance(answer, ChangeKept), answer
        intent = stage.intent()
        by_card = self.random.random() < 0.5
        if by_card:
            self.cards[intent] = self.now
        self.paid[self.now] += answer.difference.minor
        method = CARD if by_card else self.wallets[self.now].proof
        pay_change(stage, self.ticket.reservation_id, method, intent=intent)

    def hand_over(self) -> None:
        """The next one drives on."""
        next_one = self.random.choice([each for each in range(3) if each != self.now])
        wallet = self.wallets[next_one]
        before = self.stage.books()[wallet.account]
        take_over(self.stage, self.ticket, wallet.proof, intent=self.stage.intent())
        self.now = next_one
        self.paid[next_one] += before - self.stage.books()[wallet.account]
        self.turns.append(Turn(str(next_one), self.stage.now))

    def net(self) -> list[int]:
        """What each has paid and not back, by the wallets and what the provider did."""
        books = self.stage.books()
        found = [5000 - books[wallet.account] for wallet in self.wallets]
        with self.stage.site.core.store.reading() as tx:
            operations = tx.payments.of_reservation(self.ticket.reservation_id)
        for each in operations:
            assert each.state == "succeeded", each
            if each.kind == "refund":
                found[self.cards[str(each.original)]] -= each.amount.minor
            else:
                found[self.cards[each.key]] += each.amount.minor
        return found


@pytest.mark.parametrize("seed", range(12))
def test_each_pays_the_own_minutes_and_gets_back_no_more_than_was_paid(
    stage: Stage, seed: int
) -> None:
    random = Random(seed)
    drivers = Drivers(stage, random)
    stage.wait_until(drivers.ticket.window.from_)
    shop, given = add_shop(stage), 0
    for number in range(random.randint(2, 6)):
        act = (
            drivers.hand_over
            if number == 1
            else random.choice((drivers.extend, drivers.hand_over))
        )
        act()
        stage.wait(minutes=random.choice((0, 1, 7, 20)))
        if not given and random.random() < 0.3:
            given = 90
            validate(stage, drivers.ticket, shop, Given(AMOUNT, given))
    car = stage.site.car_to(EXIT)
    outcome: object = stage.scan(EXIT, drivers.ticket.text)
    if isinstance(outcome, ExitDue):
        drivers.paid[drivers.now] += outcome.bill.due.minor
        outcome = stage.pay_due(drivers.ticket.reservation_id, drivers.wallets[drivers.now].proof)
    assert isinstance(outcome, ExitCovered), outcome
    stage.site.car_through(EXIT, car)
    stage.wait(seconds=90)

    total = outcome.bill.charge.total - euro(min(given, outcome.bill.charge.total.minor))
    paid = {str(number): euro(minor) for number, minor in enumerate(drivers.paid)}
    parts = payer_parts(drivers.turns, until=outcome.bill.presented_at, total=total, paid=paid)
    own = [0, 0, 0]
    for part in parts:
        own[int(part.account)] += part.part.minor
    assert drivers.net() == own
    assert sum(own) == total.minor
    assert stage.wrong() == []

    # What goes back later is theirs too, until nobody has paid anything.
    while rest := sum(own):
        refund(stage, drivers.ticket.reservation_id, random.randint(1, rest))
        stage.wait(seconds=90)
        now = drivers.net()
        assert all(0 <= after <= before for after, before in zip(now, own, strict=True))
        own = now
    assert stage.wrong() == []
