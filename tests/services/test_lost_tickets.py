"""A lost ticket is replaced against evidence, and whoever finds it can do nothing with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.ids import AttendantId, ReservationId
from kiosk.domain.life_outcomes import EvidenceMissing, TicketReplaced, TicketShown
from kiosk.domain.outcomes import (
    ExitCovered,
    Granted,
    NotSignedIn,
    ReservationEnded,
    TicketIssued,
    TicketRevoked,
    TicketUnknown,
)
from kiosk.domain.pricing.charge_lines import LineKind
from kiosk.domain.reservation import State
from kiosk.domain.ticket import Ticket, read_ticket, rounded_outward
from kiosk.domain.time import Window
from kiosk.services.life_commands import ReplaceTicket
from kiosk.services.tickets import issue_ticket
from tests.fakes.stage import (
    CARD,
    ENTRY,
    EXIT,
    EXIT_2,
    KIM,
    Stage,
    Wallet,
    euro,
    stage_with_own_tariff,
)
from tests.services.cash import open_for


def replaced(stage: Stage, ticket: TicketIssued, evidence: str) -> TicketIssued:
    outcome = stage.replace_ticket(ticket.reservation_id, evidence)
    assert isinstance(outcome, TicketReplaced), outcome
    return outcome.ticket


def last_line(stage: Stage, reservation_id: ReservationId) -> tuple[str, str, str]:
    row = stage.money_of(reservation_id).timeline[-1]
    return row.actor, row.action, row.detail


def test_the_new_ticket_lets_out_and_the_lost_one_opens_nothing(stage: Stage, ada: Wallet) -> None:
    lost = stage.inside(ada.proof)
    stage.wait(seconds=10)
    at = stage.now

    new = replaced(stage, lost, lost.plate)

    assert stage.drive(EXIT_2, lost.text) == TicketRevoked(at)
    assert isinstance(stage.drive(EXIT, new.text), ExitCovered)
    assert stage.state(lost.reservation_id) == "left"
    assert stage.wrong() == []


def test_the_short_code_on_the_lost_paper_is_lost_too(stage: Stage, ada: Wallet) -> None:
    lost = stage.inside(ada.proof)

    new = replaced(stage, lost, lost.short_code)

    assert new.short_code != lost.short_code
    assert stage.type_code(EXIT, lost.short_code) == TicketUnknown()
    assert isinstance(stage.show_ticket(new.short_code), TicketShown)


def test_the_new_paper_comes_from_the_lane_that_was_asked(stage: Stage, ada: Wallet) -> None:
    lost = stage.ticket(ada.proof)

    new = replaced(stage, lost, lost.plate)

    printed = stage.site.papers[-1]
    assert printed.lane == EXIT
    assert printed.paper.qr == new.text
    assert printed.paper.qr != stage.site.papers[0].paper.qr
    assert isinstance(stage.drive(ENTRY, new.text), Granted)


def test_the_new_ticket_ends_five_minutes_later_and_the_right_does_not(
    stage: Stage, ada: Wallet
) -> None:
    lost = stage.ticket(ada.proof)

    new = replaced(stage, lost, lost.plate)

    said = read_ticket(
        new.text, site_number=17, keys=stage.site.core.ticket_keys.believed(stage.now)
    )
    booked = lost.window
    later = Window(booked.from_, booked.until + timedelta(minutes=5))
    assert said == Ticket(17, lost.reservation_id, rounded_outward(later))
    assert new.window == booked
    assert stage.reservation(lost.reservation_id).window == booked


def test_who_loses_each_ticket_gets_each_time_another_one(stage: Stage, ada: Wallet) -> None:
    first = stage.inside(ada.proof)
    second = replaced(stage, first, first.plate)
    third = replaced(stage, second, second.plate)

    assert len({first.text, second.text, third.text}) == 3
    assert isinstance(stage.drive(EXIT, second.text), TicketRevoked)
    assert isinstance(stage.drive(EXIT, third.text), ExitCovered)


def test_a_lost_text_never_comes_again_when_the_window_grows_to_it(
    stage: Stage, ada: Wallet
) -> None:
    first = stage.inside(ada.proof)
    second = replaced(stage, first, first.plate)
    grown = Window(first.window.from_, first.window.until + timedelta(minutes=5))
    stage.sql(f"UPDATE reservation SET t1 = {int(grown.until.timestamp())}")

    third = replaced(stage, second, second.plate)

    assert third.window == grown
    assert len({first.text, second.text, third.text}) == 3


def test_a_window_that_is_taken_back_after_a_loss_does_not_make_the_lost_ticket_good(
    stage: Stage, ada: Wallet
) -> None:
    first = stage.ticket(ada.proof)
    issue(stage, first, longer(first.window, minutes=60))
    replaced(stage, first, first.plate)

    again = issue(stage, first, first.window)

    assert again != first.text
    assert isinstance(stage.drive(ENTRY, first.text), TicketRevoked)


def test_a_window_that_is_taken_back_without_a_loss_has_its_text_of_before(
    stage: Stage, ada: Wallet
) -> None:
    first = stage.ticket(ada.proof)
    issue(stage, first, longer(first.window, minutes=60))

    again = issue(stage, first, first.window)

    assert again == first.text


def longer(window: Window, *, minutes: int) -> Window:
    return Window(window.from_, window.until + timedelta(minutes=minutes))


def issue(stage: Stage, ticket: TicketIssued, window: Window) -> str:
    """The text of a ticket that follows all others, which are revoked."""
    with stage.site.core.store.transaction() as tx:
        tx.tickets.revoke(ticket.reservation_id, why="changed", at=stage.now)
        issue_ticket(stage.site.core, tx, ticket.reservation_id, window)
    return stage.ticket_text(ticket.reservation_id)


# No evidence at all ---------------------------------------------------------------------------


@pytest.fixture
def selling(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """The small site, whose board states what a lost ticket costs."""
    stage = stage_with_own_tariff(
        founded, tmp_path, added='[lost_ticket]\nrule = "plus-accrued"\nprice = 1.50\n'
    )
    yield stage
    stage.close()


def test_who_can_prove_nothing_pays_what_the_board_asks_for_a_lost_ticket(
    selling: Stage,
) -> None:
    stage = selling
    ticket = stage.inside(stage.wallet().proof)
    stage.wait(minutes=50)

    open_for(stage, ticket, is_lost=True)

    (receipt,) = stage.receipts(ticket.reservation_id)
    assert [(line.kind, line.amount.minor) for line in receipt.charge.lines] == [
        (LineKind.BLOCK, 240),
        (LineKind.LOST_TICKET, 150),
    ]
    assert stage.state(ticket.reservation_id) == "settled"
    assert stage.wrong() == []


def test_where_the_board_is_silent_a_lost_ticket_costs_the_stay(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=50)

    open_for(stage, ticket, is_lost=True)

    (receipt,) = stage.receipts(ticket.reservation_id)
    assert receipt.charge.total == euro(240)
    assert stage.wrong() == []


def test_by_hand_a_ticket_that_is_not_lost_costs_the_stay(selling: Stage) -> None:
    stage = selling
    ticket = stage.inside(stage.wallet().proof)
    stage.wait(minutes=50)

    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)

    (receipt,) = stage.receipts(ticket.reservation_id)
    assert receipt.charge.total == euro(240)


# Evidence -------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["B AB 1", " b ab1 ", "ＢＡＢ１"])
def test_the_plate_is_evidence_however_it_is_said(stage: Stage, ada: Wallet, said: str) -> None:
    lost = stage.inside(ada.proof)

    replaced(stage, lost, said)

    assert last_line(stage, lost.reservation_id) == ("Kim", "ticket.replaced", "plate")


def test_the_short_code_is_evidence(stage: Stage, ada: Wallet) -> None:
    lost = stage.inside(ada.proof)
    code = lost.short_code.upper()

    replaced(stage, lost, f"{code[:4]} {code[4:]}")

    assert last_line(stage, lost.reservation_id) == ("Kim", "ticket.replaced", "short code")


def test_the_pass_of_the_wallet_that_paid_is_evidence(stage: Stage, ada: Wallet) -> None:
    lost = stage.inside(ada.proof)

    replaced(stage, lost, f"W1/{ada.pass_code.upper()}")

    assert last_line(stage, lost.reservation_id) == ("Kim", "ticket.replaced", "pass")


@pytest.mark.parametrize("said", ["", " ", "B AB 2", "zzzzzzzz", "W1/zzzzzzzz"])
def test_what_does_not_fit_replaces_nothing_and_is_written_down(
    stage: Stage, ada: Wallet, said: str
) -> None:
    ticket = stage.inside(ada.proof)
    papers = list(stage.site.papers)

    outcome = stage.replace_ticket(ticket.reservation_id, said)

    assert outcome == EvidenceMissing()
    assert last_line(stage, ticket.reservation_id) == ("Kim", "evidence.refused", "")
    assert stage.site.papers == papers
    assert isinstance(stage.drive(EXIT, ticket.text), ExitCovered)


def test_the_pass_of_another_wallet_is_no_evidence(stage: Stage, ada: Wallet) -> None:
    eve = stage.wallet(name="Eve")
    by_wallet = stage.inside(ada.proof)
    by_card = stage.inside(CARD, plate="B AB 3", space_id=3)

    assert stage.replace_ticket(by_wallet.reservation_id, eve.pass_code) == EvidenceMissing()
    assert stage.replace_ticket(by_card.reservation_id, eve.pass_code) == EvidenceMissing()


def test_a_reservation_that_is_not_there_is_told_like_wrong_evidence(stage: Stage) -> None:
    assert stage.replace_ticket(ReservationId(999), "B AB 1") == EvidenceMissing()


def test_wrong_evidence_is_not_even_told_that_the_stay_has_ended(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.drive(EXIT, ticket.text)

    assert stage.replace_ticket(ticket.reservation_id, "B AB 2") == EvidenceMissing()
    assert stage.replace_ticket(ticket.reservation_id, "B AB 1") == ReservationEnded(State.LEFT)


def test_what_is_not_paid_has_no_ticket_to_replace(stage: Stage) -> None:
    reserved = stage.reserve()

    outcome = stage.replace_ticket(reserved.reservation_id, "B AB 1")

    assert outcome == ReservationEnded(State.PENDING)
    assert stage.tickets(reserved.reservation_id) == ()


def test_a_settled_driver_who_loses_the_ticket_leaves_with_another(
    stage: Stage, ada: Wallet
) -> None:
    lost = stage.inside(ada.proof)
    car = stage.site.car_to(EXIT)
    stage.scan(EXIT, lost.text)
    stage.back_out(EXIT, car)

    new = replaced(stage, lost, lost.plate)

    assert isinstance(stage.drive(EXIT, new.text), ExitCovered)
    assert stage.wrong() == []


def test_who_is_not_signed_in_replaces_no_ticket(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    outcome = stage.site.do(
        ReplaceTicket(
            actor=KIM,
            attendant_id=AttendantId(99),
            lane=EXIT,
            reservation_id=ticket.reservation_id,
            evidence=ticket.plate,
        )
    )

    assert outcome == NotSignedIn()
    assert isinstance(stage.drive(EXIT, ticket.text), ExitCovered)
