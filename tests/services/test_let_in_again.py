"""A car that was let in again and is not inside yet has had its stay: it is not sold anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.life_outcomes import ChangeProblem, ChangeRefused, Recalled, SpaceClosed
from kiosk.domain.outcomes import TicketIssued
from kiosk.domain.time import Window
from tests.fakes.planned import change
from tests.fakes.stage import ENTRY, Stage, Wallet, euro
from tests.services.coming_back import out_at
from tests.services.moving import close, hours, recall

MINUTE = timedelta(minutes=1)


@pytest.fixture
def let_in_again(stage: Stage, ada: Wallet) -> TicketIssued:
    """Left after ten minutes, scanned at the entrance once more, and backed out there."""
    ticket = stage.inside(ada.proof)
    out_at(stage, ticket, 10)
    car = stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)
    stage.back_out(ENTRY, car)
    assert stage.state(ticket.reservation_id) == "confirmed"
    return ticket


@pytest.mark.parametrize("days", [0, 1])
def test_its_window_is_not_changed(stage: Stage, let_in_again: TicketIssued, days: int) -> None:
    booked, later = let_in_again.window, timedelta(days=days)
    wanted = Window(booked.from_ + later, booked.until + later + days * MINUTE - 30 * MINUTE)

    answer = change(stage, let_in_again.reservation_id, wanted)

    assert answer == ChangeRefused(ChangeProblem.STATE)


def break_the_others(stage: Stage) -> None:
    """No other space is left to be moved to."""
    with stage.site.core.store.reading() as tx:
        others = [space.id for space in tx.library.spaces() if space.id != 1]
    for space_id in others:
        close(stage, space_id)


def test_an_owner_who_takes_the_space_back_owes_it_nothing(
    stage: Stage, let_in_again: TicketIssued
) -> None:
    break_the_others(stage)

    done = recall(stage, hours(stage, 0, 3), euro(0))

    assert isinstance(done, Recalled)
    assert (done.items, done.cost) == ((), euro(0))
    assert stage.state(let_in_again.reservation_id) == "left"
    assert not stage.wrong()


def test_a_space_that_breaks_displaces_nobody_who_has_had_the_stay(
    stage: Stage, let_in_again: TicketIssued
) -> None:
    break_the_others(stage)

    done = close(stage)

    assert isinstance(done, SpaceClosed)
    assert stage.state(let_in_again.reservation_id) == "left"
    assert not stage.wrong()
