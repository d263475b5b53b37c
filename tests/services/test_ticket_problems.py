"""What is no good ticket opens nothing and moves nothing, and each says why."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.outcomes import (
    ExitCovered,
    Granted,
    LaneBusy,
    LaneOutOfOrder,
    TicketEarly,
    TicketExpired,
    TicketForged,
    TicketNotInside,
    TicketOfAnotherSite,
    TicketUnknown,
    TicketUsed,
)
from kiosk.domain.reservation import Event
from kiosk.domain.ticket import Ticket, TicketKey, write_ticket
from kiosk.domain.time import Window
from kiosk.services import limits
from kiosk.services.events import PassPresented, TicketPresented
from tests.fakes.stage import ENTRY, EXIT, EXIT_2, Stage, Wallet, euro

STRANGER = TicketKey(1, b"not the secret of this small site")


def nothing_happened(stage: Stage, before: tuple[dict[str, int], int]) -> bool:
    arms = [stage.is_arm_up(lane) for lane in (ENTRY, EXIT, EXIT_2)]
    return (stage.books(), stage.journal_count()) == before and arms == [False] * 3


def as_before(stage: Stage) -> tuple[dict[str, int], int]:
    return stage.books(), stage.journal_count()


def later(stage: Stage, window: Window) -> str:
    """The ticket of a paid reservation that starts in the future."""
    with stage.site.core.store.transaction() as tx:
        reservation_id = tx.reservations.add(
            space_id=SpaceId(1),
            vehicle_id=tx.reservations.vehicle_id_for("B AB 9"),
            window=window,
            quote=euro(480),
            pay_until=stage.now + timedelta(minutes=10),
            short_code="abcdefgh",
            created_at=stage.now,
        )
        tx.reservations.apply(reservation_id, Event.DEPOSIT_PAID)
        reservation = tx.reservations.get(reservation_id)
        assert reservation is not None
        tx.tickets.issue(reservation_id, window, at=stage.now)
        return stage.site.core.ticket_text(tx, reservation)


@pytest.mark.parametrize("text", ["", "HELLO", "https://example.org/", "P1/" + "A" * 40])
def test_a_code_that_is_no_ticket_is_unknown(stage: Stage, text: str) -> None:
    before = as_before(stage)

    outcome = stage.drive(ENTRY, text)

    assert outcome == TicketUnknown()
    assert nothing_happened(stage, before)


def test_a_ticket_that_we_did_not_sign_is_forged(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    before = as_before(stage)
    forged = write_ticket(Ticket(17, ticket.reservation_id, ticket.window), STRANGER)

    outcome = stage.drive(ENTRY, forged)

    assert outcome == TicketForged()
    assert nothing_happened(stage, before)


def test_a_ticket_of_another_site_is_sent_there(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    before = as_before(stage)
    elsewhere = Ticket(18, ticket.reservation_id, ticket.window)

    outcome = stage.drive(
        ENTRY, write_ticket(elsewhere, stage.site.core.ticket_keys.signing(stage.now))
    )

    assert outcome == TicketOfAnotherSite()
    assert nothing_happened(stage, before)


def test_a_genuine_ticket_for_a_reservation_that_we_do_not_know_is_unknown(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    before = as_before(stage)
    lost = Ticket(17, ReservationId(999), ticket.window)

    outcome = stage.drive(
        ENTRY, write_ticket(lost, stage.site.core.ticket_keys.signing(stage.now))
    )

    assert outcome == TicketUnknown()
    assert nothing_happened(stage, before)


def test_a_number_given_anew_after_a_restored_backup_does_not_open_for_the_old_ticket(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    before = as_before(stage)
    old = Ticket(17, ticket.reservation_id, ticket.window.widened(timedelta(hours=1)))

    outcome = stage.drive(ENTRY, write_ticket(old, stage.site.core.ticket_keys.signing(stage.now)))

    assert outcome == TicketUnknown()
    assert nothing_happened(stage, before)


def test_a_reservation_that_is_not_paid_has_no_good_ticket(stage: Stage) -> None:
    reserved = stage.reserve()
    before = as_before(stage)
    text = stage.ticket_text(reserved.reservation_id)

    outcome = stage.drive(ENTRY, text)

    assert outcome == TicketUnknown()
    assert nothing_happened(stage, before)


def test_a_ticket_opens_the_entrance_once(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    before = as_before(stage)
    stay = stage.stay(ticket.reservation_id)
    assert stay is not None

    outcome = stage.drive(ENTRY, ticket.text)

    assert outcome == TicketUsed(stay.entered_at)
    assert nothing_happened(stage, before)


def test_a_ticket_opens_the_exit_once(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.drive(EXIT, ticket.text)
    before = as_before(stage)
    stay = stage.stay(ticket.reservation_id)
    assert stay is not None
    assert stay.left_at is not None

    outcome = stage.drive(EXIT, ticket.text)

    assert outcome == TicketUsed(stay.left_at)
    assert nothing_happened(stage, before)


def test_a_copy_of_a_ticket_that_is_leaving_opens_no_second_exit(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    first = stage.scan(EXIT, ticket.text)
    granted_at, journals = stage.now, stage.journal_count()

    outcome = stage.drive(EXIT_2, ticket.text)

    assert isinstance(first, ExitCovered)
    assert outcome == TicketUsed(granted_at)
    assert not stage.is_arm_up(EXIT_2)
    assert stage.journal_count() == journals


def test_an_expired_ticket_does_not_open_the_entrance(stage: Stage, ada: Wallet) -> None:
    reserved = stage.reserve(30)
    stage.pay_deposit(reserved.reservation_id, ada.proof)
    reservation = stage.reservation(reserved.reservation_id)
    text = stage.ticket_text(reservation.id)
    stage.wait_until(reservation.window.until)
    before = as_before(stage)

    outcome = stage.drive(ENTRY, text)

    assert outcome == TicketExpired(reservation.window.from_ + timedelta(minutes=25))
    assert nothing_happened(stage, before)


def test_the_last_second_of_the_window_still_opens_the_entrance(stage: Stage, ada: Wallet) -> None:
    start = stage.now + timedelta(minutes=20)
    window = Window(start, start + timedelta(minutes=20))
    text = later(stage, window)

    outcome = stage.drive(ENTRY, text, at=window.until - timedelta(seconds=1))

    assert isinstance(outcome, Granted)


def test_at_the_end_of_its_window_a_ticket_is_over(stage: Stage) -> None:
    start = stage.now + timedelta(minutes=20)
    window = Window(start, start + timedelta(minutes=20))
    text = later(stage, window)

    assert stage.drive(ENTRY, text, at=window.until) == TicketExpired(window.until)


def early(stage: Stage) -> tuple[str, datetime]:
    start = stage.now + timedelta(hours=2)
    text = later(stage, Window(start, start + timedelta(hours=2)))
    return text, start - stage.site.core.site.rules.early_entry


def test_a_ticket_that_comes_early_is_told_when_the_entrance_opens(stage: Stage) -> None:
    text, opens_at = early(stage)
    before = as_before(stage)

    outcome = stage.drive(ENTRY, text, at=opens_at - timedelta(seconds=1))

    assert outcome == TicketEarly(opens_at)
    assert nothing_happened(stage, before)


def test_a_quarter_of_an_hour_before_its_start_a_ticket_opens(stage: Stage) -> None:
    text, opens_at = early(stage)

    outcome = stage.drive(ENTRY, text, at=opens_at)

    assert isinstance(outcome, Granted)


def test_a_ticket_that_never_came_in_does_not_open_the_exit(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    before = as_before(stage)

    outcome = stage.drive(EXIT, ticket.text)

    assert outcome == TicketNotInside()
    assert nothing_happened(stage, before)


def test_while_a_car_passes_the_lane_is_busy_for_others(stage: Stage, ada: Wallet) -> None:
    first = stage.ticket(ada.proof, plate="B AB 1", space_id=1)
    second = stage.ticket(ada.proof, plate="B AB 3", space_id=3)
    stage.site.car_to(ENTRY)
    stage.scan(ENTRY, first.text)
    before = as_before(stage)

    outcome = stage.scan(ENTRY, second.text)

    assert outcome == LaneBusy()
    assert as_before(stage) == before
    assert stage.state(second.reservation_id) == "confirmed"


def test_an_entrance_out_of_order_keeps_the_right_and_the_money(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    stage.site.lanes[ENTRY].unplug_board()
    before = as_before(stage)

    outcome = stage.scan(ENTRY, ticket.text)

    assert outcome == LaneOutOfOrder()
    assert nothing_happened(stage, before)
    assert stage.state(ticket.reservation_id) == "confirmed"


def test_an_exit_out_of_order_settles_nothing(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.lanes[EXIT].unplug_board()
    before = as_before(stage)

    outcome = stage.scan(EXIT, ticket.text)

    assert outcome == LaneOutOfOrder()
    assert nothing_happened(stage, before)
    assert stage.state(ticket.reservation_id) == "arrived"


def test_a_scanner_that_reads_many_bad_codes_is_not_listened_to_for_a_while(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    codes = ["HELLO"] * limits.BAD_TICKETS_A_MINUTE
    answers = [stage.scan(ENTRY, code) for code in codes]
    heard = sum(isinstance(event, TicketPresented) for event in stage.site.events)

    stage.site.scan(ENTRY, ticket.text)
    heard_in_the_pause = sum(isinstance(event, TicketPresented) for event in stage.site.events)
    stage.wait(seconds=limits.BAD_TICKETS_PAUSE_S)
    after_the_pause = stage.drive(ENTRY, ticket.text)

    assert set(answers) == {TicketUnknown()}
    assert heard_in_the_pause == heard
    assert isinstance(after_the_pause, Granted)


def test_a_pass_before_a_scanner_is_no_ticket_and_goes_to_the_screen(
    stage: Stage, ada: Wallet
) -> None:
    stage.site.scan(ENTRY, f"W1/{ada.pass_code.upper()}")

    assert stage.last(PassPresented) == PassPresented(ENTRY, ada.pass_code)
    assert not any(isinstance(event, TicketPresented) for event in stage.site.events)
