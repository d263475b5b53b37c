"""Whatever ends a grant without a passage, its right comes back and nobody pays twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.conditions import UNREPORTED
from hardware.lane_words import VoidReason
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    ExitCovered,
    Granted,
)
from kiosk.domain.passage_outcomes import PassageWritten
from kiosk.domain.reservation import State
from kiosk.services.commands import ReportPassage, ShowDesk
from kiosk.services.events import GrantReturned
from kiosk.services.grants import SITE_FAILED
from kiosk.services.views import Direction
from tests.fakes.stage import ENTRY, EXIT, EXIT_2, KIM, Stage, Wallet

LATCHED = ("fire", "stopped", "held", "locked", "loop_suspect")
"""What ends a grant although its car may have passed, in the machine of the lane."""


def end_grant(stage: Stage, token: str, why: VoidReason, *, lane: str) -> None:
    """The lane says that this grant ended."""
    stage.site._reports.grant_voided(lane, token, why.value)


@pytest.mark.parametrize("why", VoidReason)
def test_an_entry_that_did_not_happen_leaves_the_ticket_as_it_was(
    stage: Stage, ada: Wallet, why: VoidReason
) -> None:
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)
    granted = stage.scan(ENTRY, ticket.text)
    assert isinstance(granted, Granted)
    books = stage.books()

    end_grant(stage, granted.token, why, lane=ENTRY)
    state = stage.state(ticket.reservation_id)
    stage.back_out(ENTRY, car)
    again = stage.drive(ENTRY, ticket.text)

    assert stage.last(GrantReturned) == GrantReturned(ENTRY, ticket.reservation_id, why.value)
    assert state == "confirmed"
    assert isinstance(again, Granted)
    assert (stage.state(ticket.reservation_id), stage.books()) == ("arrived", books)


@pytest.mark.parametrize("why", VoidReason)
def test_an_exit_that_did_not_happen_keeps_its_right_and_is_charged_once(
    stage: Stage, ada: Wallet, why: VoidReason
) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    first = stage.scan(EXIT, ticket.text)
    assert isinstance(first, ExitCovered)
    books, journals = stage.books(), stage.journal_count()

    end_grant(stage, first.token, why, lane=EXIT)
    again = stage.drive(EXIT_2, ticket.text)

    assert isinstance(again, ExitCovered)
    assert again.bill == first.bill
    assert (stage.books(), stage.journal_count()) == (books, journals)
    assert stage.state(ticket.reservation_id) == "left"


@pytest.mark.parametrize("why", [VoidReason(code) for code in LATCHED])
def test_a_car_that_may_have_passed_stands_at_the_desk_until_somebody_says_so(
    stage: Stage, ada: Wallet, why: VoidReason
) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    first = stage.scan(EXIT, ticket.text)
    assert isinstance(first, ExitCovered)
    end_grant(stage, first.token, why, lane=EXIT)
    books = stage.books()

    unreported = stage.site.do(ShowDesk(actor=KIM)).unreported
    outcome = stage.site.do(
        ReportPassage(
            actor=KIM,
            attendant_id=stage.attendant_id,
            reservation_id=ticket.reservation_id,
            direction=Direction.EXIT,
            reason="Seen driving out",
        )
    )

    assert [(each.lane, each.reservation_id) for each in unreported] == [
        (EXIT, ticket.reservation_id)
    ]
    assert outcome == PassageWritten(ticket.reservation_id, State.LEFT)
    assert stage.books() == books
    assert stage.site.do(ShowDesk(actor=KIM)).unreported == ()


@pytest.mark.parametrize("why", [VoidReason(code) for code in LATCHED])
def test_nobody_is_a_no_show_whom_the_entrance_may_have_let_in_unseen(
    stage: Stage, ada: Wallet, why: VoidReason
) -> None:
    ticket = stage.ticket(ada.proof)
    stage.site.car_to(ENTRY)
    granted = stage.scan(ENTRY, ticket.text)
    assert isinstance(granted, Granted)
    end_grant(stage, granted.token, why, lane=ENTRY)

    stage.wait_until(ticket.window.until - timedelta(minutes=1))
    before_the_end = stage.state(ticket.reservation_id)
    stage.wait(minutes=2)

    assert before_the_end == "confirmed"
    assert stage.state(ticket.reservation_id) == "no-show"
    assert stage.money_of(ticket.reservation_id).row.charged in {None, Money.zero("EUR")}
    assert stage.books()[ada.account] == 2000


def test_the_site_answers_for_every_end_that_its_latches_cause() -> None:
    assert set(LATCHED) <= set(UNREPORTED) & SITE_FAILED
    assert set(LATCHED) <= {why.value for why in VoidReason}
