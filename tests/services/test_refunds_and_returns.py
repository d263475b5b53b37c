"""Cars that come back or stay on after a refund pay what is new, and every share stays exact."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.after_outcomes import RefundRefused
from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    TicketIssued,
)
from tests.fakes.stage import EXIT, Stage, Wallet, euro
from tests.services.after import (
    ask_refund,
    left,
    parties,
    refund,
    split_of,
    stage_at,
)
from tests.services.coming_back import back_in, out_at


@pytest.fixture
def eleven(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """Two hours cost 11.00."""
    with stage_at(founded, tmp_path, "2.75") as stage:
        yield stage


@pytest.mark.parametrize(("is_goodwill", "total"), [(False, 900), (True, 1100)])
def test_a_car_that_comes_back_after_a_refund_pays_only_what_is_new(
    eleven: Stage, is_goodwill: bool, total: int
) -> None:
    ada = eleven.wallet(5000)
    ticket = short_stay(eleven, ada)
    refund(eleven, ticket.reservation_id, 200, is_goodwill=is_goodwill)
    back_in(eleven, ticket)
    due = eleven.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=110))
    assert isinstance(due, ExitDue)
    paid = eleven.pay_due(ticket.reservation_id, ada.proof)

    assert due.bill.due == euro(550)
    assert isinstance(paid, ExitCovered)
    assert paid.bill.charge.total == euro(total)
    assert parties(eleven) == split_of(eleven, ticket.reservation_id, total)
    assert eleven.books()[ada.account] == 5000 - 550 + 200 - 550
    assert eleven.wrong() == []


def test_a_car_that_comes_back_and_costs_no_more_gets_nothing_twice(eleven: Stage) -> None:
    ada = eleven.wallet(5000)
    ticket = short_stay(eleven, ada)
    refund(eleven, ticket.reservation_id, 200)
    back_in(eleven, ticket)

    outcome = eleven.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=58))

    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.total == euro(350)
    assert parties(eleven) == split_of(eleven, ticket.reservation_id, 350)
    assert eleven.books()[ada.account] == 5000 - 550 + 200
    assert ask_refund(eleven, ticket.reservation_id, 351) == RefundRefused(euro(350))
    assert eleven.wrong() == []


def test_a_car_that_stays_on_after_its_refund_pays_what_is_new_and_all_of_it_is_shared(
    eleven: Stage,
) -> None:
    ada = eleven.wallet(5000)
    ticket = eleven.inside(ada.proof, minutes=60)
    eleven.site.car_to(EXIT)
    eleven.wait_until(ticket.window.from_ + timedelta(minutes=50))
    eleven.scan(EXIT, ticket.text)
    refund(eleven, ticket.reservation_id, 300)
    eleven.wait_until(ticket.window.from_ + timedelta(minutes=80))
    due = eleven.scan(EXIT, ticket.text)

    paid = eleven.pay_due(ticket.reservation_id, ada.proof)

    assert isinstance(due, ExitDue)
    assert isinstance(paid, ExitCovered)
    assert paid.bill.charge.total == due.bill.charge.total < euro(550)
    total = due.bill.charge.total.minor
    assert parties(eleven) == split_of(eleven, ticket.reservation_id, total)
    assert f"escrow:{ticket.reservation_id}" not in eleven.books()


def short_stay(stage: Stage, wallet: Wallet) -> TicketIssued:
    """An hour and its 5.50 were booked; the car has left after fifty minutes."""
    ticket = stage.inside(wallet.proof, minutes=60)
    out_at(stage, ticket, 50)
    return ticket


@pytest.mark.parametrize("seed", range(4))
def test_after_any_refunds_each_party_has_the_split_of_what_is_left(
    eleven: Stage, seed: int
) -> None:
    chance = random.Random(seed)
    ada = eleven.wallet(2000)
    ticket = left(eleven, ada.proof)
    by_parties = given = 0
    while given < 1090:
        minor, is_goodwill = chance.randint(1, (1100 - given)), chance.random() < 0.3
        refund(eleven, ticket.reservation_id, minor, is_goodwill=is_goodwill)
        given += minor
        by_parties += 0 if is_goodwill else minor

        assert parties(eleven) == split_of(eleven, ticket.reservation_id, 1100 - by_parties)
        assert eleven.books()[ada.account] == 900 + given
    assert eleven.wrong() == []
