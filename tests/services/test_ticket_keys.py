"""While keys change at a site at work, printed tickets open until their key has ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.key_ring import OVERLAP, KeyRing
from kiosk.domain.outcomes import ExitCovered, Granted, TicketForged
from tests.fakes.stage import ENTRY, EXIT, Stage, Wallet

SECRET = b"the next secret of this small site"


def change_keys(stage: Stage, *, overlap: timedelta = OVERLAP) -> None:
    ring = stage.site.core.ticket_keys.rotated(SECRET, now=stage.now, overlap=overlap)
    assert isinstance(ring, KeyRing)
    stage.site.core.ticket_keys = ring


def test_a_car_that_came_in_with_the_old_key_leaves_with_it(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    change_keys(stage)

    assert isinstance(stage.drive(EXIT, ticket.text), ExitCovered)


def test_a_ticket_printed_again_after_the_change_opens_like_the_old_one(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    change_keys(stage)
    again = stage.ticket_text(ticket.reservation_id)

    assert again != ticket.text
    assert isinstance(stage.drive(ENTRY, again), Granted)
    assert isinstance(stage.drive(EXIT, ticket.text), ExitCovered)


def test_after_a_leak_only_tickets_of_the_new_key_open(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    change_keys(stage, overlap=timedelta())
    again = stage.ticket_text(ticket.reservation_id)

    with_the_old = stage.drive(EXIT, ticket.text)
    with_the_new = stage.drive(EXIT, again)

    assert with_the_old == TicketForged()
    assert isinstance(with_the_new, ExitCovered)


@pytest.mark.parametrize(("seconds", "answer"), [(3599, ExitCovered), (3600, TicketForged)])
def test_an_old_key_is_believed_to_its_last_second(
    stage: Stage, ada: Wallet, seconds: int, answer: type
) -> None:
    ticket = stage.inside(ada.proof)
    change_keys(stage, overlap=timedelta(hours=1))
    at = stage.now + timedelta(seconds=seconds)

    assert isinstance(stage.drive(EXIT, ticket.text, at=at), answer)
