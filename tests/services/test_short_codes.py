"""Drivers without a phone type the eight signs under the QR: as good as a scan, and limited."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.ids import SpaceId
from kiosk.domain.life_outcomes import TicketShown, TooManyTries
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    Granted,
    NoCarInLane,
    TicketForged,
    TicketIssued,
    TicketRevoked,
    TicketUnknown,
)
from kiosk.domain.reservation import Event, State
from kiosk.domain.ticket import Ticket, TicketKey, write_ticket
from kiosk.services import limits
from kiosk.services.ending import end_reservation
from kiosk.services.events import TicketPresented
from tests.fakes.stage import ENTRY, EXIT, Stage, Wallet, euro

WRONG = "zzzzzzzz"
PAUSE = timedelta(seconds=limits.BAD_TICKETS_PAUSE_S)


def end(stage: Stage, ticket: TicketIssued, event: Event, *, fee: Money | None = None) -> None:
    core = stage.site.core
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(ticket.reservation_id)
        assert reservation is not None
        kept = fee or Money.zero("EUR")
        end_reservation(core, tx, reservation, event=event, fee=kept, kind=event.value)


def test_a_short_code_opens_both_ways_like_its_ticket(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    car = stage.site.car_to(ENTRY)
    granted = stage.type_code(ENTRY, ticket.short_code)
    heard = stage.last(TicketPresented)
    stage.site.car_through(ENTRY, car)
    car = stage.site.car_to(EXIT)
    covered = stage.type_code(EXIT, ticket.short_code)
    stage.site.car_through(EXIT, car)

    assert isinstance(granted, Granted)
    assert heard == TicketPresented(ENTRY, granted, ticket.short_code)
    assert isinstance(covered, ExitCovered)
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.wrong() == []


def test_the_clock_stops_when_the_code_is_typed(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof, minutes=30)
    stage.site.car_to(EXIT)
    stage.wait(minutes=50)
    typed_at = stage.now

    outcome = stage.type_code(EXIT, ticket.short_code)

    assert isinstance(outcome, ExitDue)
    assert outcome.bill.presented_at == typed_at


def test_a_code_is_read_however_it_is_typed(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    stage.site.car_to(ENTRY)
    code = ticket.short_code.upper()

    outcome = stage.type_code(ENTRY, f" {code[:4]} {code[4:]} ")

    assert isinstance(outcome, Granted)


def test_a_code_without_a_car_before_the_barrier_opens_nothing(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)

    assert stage.type_code(ENTRY, ticket.short_code) == NoCarInLane()


@pytest.mark.parametrize("code", ["", "short", WRONG, "1l0o1l0o", "a" * 500, "京A12345"])
def test_what_is_no_code_of_ours_is_unknown(stage: Stage, code: str) -> None:
    assert stage.type_code(ENTRY, code) == TicketUnknown()
    assert stage.show_ticket(code) == TicketUnknown()


def test_the_code_of_an_unpaid_reservation_is_unknown(stage: Stage) -> None:
    reserved = stage.reserve()
    code = stage.reservation(reserved.reservation_id).short_code

    assert stage.type_code(ENTRY, code) == TicketUnknown()
    assert stage.show_ticket(code) == TicketUnknown()


# Ten wrong ones a minute ----------------------------------------------------------------------


def type_wrong_codes(stage: Stage, count: int) -> list[object]:
    return [stage.type_code(ENTRY, WRONG) for _ in range(count)]


def test_after_ten_wrong_codes_in_a_minute_even_the_right_one_waits(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    stage.site.car_to(ENTRY)

    answers = type_wrong_codes(stage, limits.BAD_TICKETS_A_MINUTE)
    stopped_at = stage.now
    too_many = stage.type_code(ENTRY, ticket.short_code)
    shown = stage.show_ticket(ticket.short_code)
    stage.wait(seconds=limits.BAD_TICKETS_PAUSE_S)
    after = stage.type_code(ENTRY, ticket.short_code)

    assert set(map(type, answers)) == {TicketUnknown}
    assert too_many == shown == TooManyTries(stopped_at + PAUSE)
    assert isinstance(after, Granted)


def test_looking_at_tickets_is_limited_like_opening_with_them(stage: Stage) -> None:
    answers = [stage.show_ticket(WRONG) for _ in range(limits.BAD_TICKETS_A_MINUTE + 1)]

    assert set(answers[:-1]) == {TicketUnknown()}
    assert answers[-1] == TooManyTries(stage.now + PAUSE)
    assert stage.type_code(ENTRY, WRONG) == answers[-1]


def test_wrong_codes_close_neither_another_lane_nor_the_scanner(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    type_wrong_codes(stage, limits.BAD_TICKETS_A_MINUTE)

    assert isinstance(stage.show_ticket(ticket.short_code, lane=EXIT), TicketShown)
    assert isinstance(stage.drive(ENTRY, ticket.text), Granted)


def test_wrong_codes_that_are_a_minute_old_are_forgotten(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    type_wrong_codes(stage, limits.BAD_TICKETS_A_MINUTE - 1)
    stage.wait(seconds=60)

    type_wrong_codes(stage, limits.BAD_TICKETS_A_MINUTE - 1)

    assert isinstance(stage.show_ticket(ticket.short_code), TicketShown)


def test_a_good_code_is_no_wrong_one_however_often_it_is_typed(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)

    answers = [
        stage.type_code(ENTRY, ticket.short_code) for _ in range(2 * limits.BAD_TICKETS_A_MINUTE)
    ]

    assert set(answers) == {NoCarInLane()}


def test_a_clock_that_is_set_back_leaves_no_pause_without_end(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    type_wrong_codes(stage, limits.BAD_TICKETS_A_MINUTE)
    stage.site.clock.passed_s -= 1

    outcome = stage.show_ticket(ticket.short_code)

    assert isinstance(outcome, TicketShown)


# What a ticket stands for ---------------------------------------------------------------------


def shown(stage: Stage, code: str) -> TicketShown:
    outcome = stage.show_ticket(code)
    assert isinstance(outcome, TicketShown), outcome
    return outcome


def test_text_and_code_show_the_same_ticket(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)

    by_text, by_code = shown(stage, f"{ticket.text}\n"), shown(stage, ticket.short_code)

    assert by_text == by_code == TicketShown(ticket, State.CONFIRMED, None, None)


def test_the_state_of_a_ticket_follows_its_car(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    inside = shown(stage, ticket.text).state
    stage.drive(EXIT, ticket.text)

    assert (inside, shown(stage, ticket.text).state) == (State.ARRIVED, State.LEFT)


def test_who_was_moved_is_told_the_space_of_now_and_that_of_the_paper(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    move(stage, ticket, to=3)
    once = shown(stage, ticket.text)
    move(stage, ticket, to=5)
    twice = shown(stage, ticket.text)
    move(stage, ticket, to=1)
    back = shown(stage, ticket.text)

    assert [(each.ticket.space.id, each.moved_from) for each in (once, twice, back)] == [
        (3, ticket.space),
        (5, ticket.space),
        (1, None),
    ]


def move(stage: Stage, ticket: TicketIssued, *, to: int) -> None:
    with stage.site.core.store.transaction() as tx:
        reservation = tx.reservations.get(ticket.reservation_id)
        assert reservation is not None
        tx.reservations.set_space(reservation.id, SpaceId(to), split_terms_id=None)
        tx.changes.add_move(
            reservation.id,
            from_space_id=reservation.space_id,
            to_space_id=SpaceId(to),
            at=stage.now,
            why="test",
        )


def test_a_move_from_before_the_ticket_was_printed_is_not_told(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    move(stage, ticket, to=3)
    stage.wait(seconds=1)
    with stage.site.core.store.transaction() as tx:
        tx.tickets.revoke(ticket.reservation_id, why="changed", at=stage.now)
        tx.tickets.issue(ticket.reservation_id, ticket.window, at=stage.now)

    assert shown(stage, ticket.text).moved_from is None


def test_a_displaced_driver_is_told_what_went_back(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    end(stage, ticket, Event.SITE_FAILED)

    outcome = shown(stage, ticket.text)

    assert (outcome.state, outcome.pays_back) == (State.DISPLACED, euro(480))
    assert shown(stage, ticket.short_code) == outcome


def test_who_cancelled_late_is_told_the_rest_that_went_back(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    end(stage, ticket, Event.DRIVER_CANCELLED, fee=euro(120))

    outcome = shown(stage, ticket.text)

    assert (outcome.state, outcome.pays_back) == (State.CANCELLED, euro(360))


def test_a_replaced_ticket_shows_nothing_even_after_the_end(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    stage.wait(seconds=1)
    stage.replace_ticket(ticket.reservation_id, ticket.plate)
    revoked = TicketRevoked(stage.now)
    text = stage.ticket_text(ticket.reservation_id)
    before = stage.show_ticket(ticket.text)
    stage.wait(seconds=1)
    end(stage, ticket, Event.SITE_FAILED)

    assert before == revoked
    assert stage.show_ticket(ticket.text) == revoked
    assert shown(stage, text).state is State.DISPLACED


def test_a_forged_ticket_shows_nothing_and_is_a_wrong_try(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    stranger = TicketKey(1, b"not the secret of this small site")
    forged = write_ticket(Ticket(17, ticket.reservation_id, ticket.window), stranger)

    answers = [stage.show_ticket(forged) for _ in range(limits.BAD_TICKETS_A_MINUTE + 1)]

    assert set(answers[:-1]) == {TicketForged()}
    assert isinstance(answers[-1], TooManyTries)


def test_showing_a_ticket_writes_nothing(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    lines = stage.sql("SELECT count(*) FROM audit")

    shown(stage, ticket.text)

    assert stage.sql("SELECT count(*) FROM audit") == lines
