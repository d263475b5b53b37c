"""What time itself asks for: no-shows with their money, the horizon of gaps, and the restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.domain.outcomes import ExitCovered, Granted, TicketExpired
from kiosk.domain.reservation import DueKind
from kiosk.services import limits
from kiosk.services.commands import ShowDesk
from kiosk.services.library import renew_space
from kiosk.services.views import OpenGrant
from tests.fakes.stage import CARD, ENTRY, EXIT, KIM, Stage, Wallet, euro


def test_who_does_not_come_pays_the_first_two_hours_and_gets_the_rest_back(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof, minutes=180)
    missed_at = ticket.window.from_ + stage.site.core.site.rules.no_show_after

    stage.wait_until(missed_at - timedelta(seconds=1))
    state_before, idle_before = stage.state(ticket.reservation_id), stage.idle_spaces()
    stage.wait(seconds=1)

    assert (state_before, 1 in idle_before) == ("confirmed", False)
    assert (stage.state(ticket.reservation_id), 1 in stage.idle_spaces()) == ("no-show", True)
    assert stage.books() == {
        "till:desk-1": -2000,
        ada.account: 2000 - 480,
        "owner:1": 347,
        "commission": 71,
        "vat": 14,
        "manager": 48,
    }


def test_who_was_due_too_early_by_the_program_before_still_has_his_time(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    missed_at = ticket.window.from_ + stage.site.core.site.rules.no_show_after
    with stage.site.core.store.transaction() as tx:
        tx.dues.put(ticket.reservation_id, DueKind.START_MISSED, ticket.window.from_)

    stage.wait_until(missed_at - timedelta(seconds=1))
    state_before = stage.state(ticket.reservation_id)
    stage.wait(seconds=1)

    assert (state_before, stage.state(ticket.reservation_id)) == ("confirmed", "no-show")


def test_a_short_reservation_that_is_missed_is_charged_whole(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof, minutes=60)

    stage.wait_until(ticket.window.until)

    assert stage.state(ticket.reservation_id) == "no-show"
    assert stage.books()[ada.account] == 2000 - 240


def test_a_no_show_that_was_paid_by_card_gets_the_rest_back_from_its_provider(
    stage: Stage,
) -> None:
    ticket = stage.ticket(CARD, minutes=180)

    stage.wait_until(ticket.window.from_ + timedelta(minutes=30))
    stage.wait(seconds=1)

    assert stage.site.simulator.total("refund", "EUR") == euro(240)
    assert stage.books()["psp:simulator"] == -480
    assert "refund-due:1" not in stage.books()


def test_a_site_may_take_nothing_from_who_does_not_come(stage: Stage, ada: Wallet) -> None:
    core = stage.site.core
    core.site = replace(core.site, rules=replace(core.site.rules, no_show_fee=timedelta(0)))
    ticket = stage.ticket(ada.proof)

    stage.wait_until(ticket.window.from_ + timedelta(minutes=30))

    assert stage.state(ticket.reservation_id) == "no-show"
    assert stage.books() == {"till:desk-1": -2000, ada.account: 2000}


def test_a_car_that_is_just_passing_the_entrance_is_no_no_show(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    missed_at = ticket.window.from_ + stage.site.core.site.rules.no_show_after
    car = stage.site.car_to(ENTRY)
    stage.wait_until(missed_at - timedelta(seconds=1))
    outcome = stage.scan(ENTRY, ticket.text)

    stage.wait(seconds=2)
    stage.site.car_through(ENTRY, car)

    assert isinstance(outcome, Granted)
    assert stage.state(ticket.reservation_id) == "arrived"


def test_the_ticket_of_a_no_show_does_not_open_the_entrance(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=30))

    missed_at = ticket.window.from_ + timedelta(minutes=25)
    assert stage.drive(ENTRY, ticket.text) == TicketExpired(missed_at)


def test_gaps_are_kept_two_months_ahead_as_days_go_by(stage: Stage) -> None:
    with stage.site.core.store.reading() as tx:
        first = tx.library.gap_horizon()

    stage.wait(minutes=3 * 24 * 60)

    with stage.site.core.store.reading() as tx:
        later = tx.library.gap_horizon()
    assert first is not None
    assert later is not None
    assert later >= stage.now + timedelta(days=limits.GAP_HORIZON_DAYS - 1)
    assert timedelta(days=3) <= later - first < timedelta(days=3, minutes=1)


def test_renewing_a_space_changes_no_gap_that_is_still_to_come(stage: Stage, ada: Wallet) -> None:
    stage.ticket(ada.proof)
    before = stage.gaps()

    with stage.site.core.store.transaction() as tx:
        for space in tx.library.spaces():
            renew_space(stage.site.core, tx, space.id)

    assert stage.gaps() == before


def test_after_a_restart_an_open_grant_is_void_and_stands_on_the_desk(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    stage.site.car_to(ENTRY)
    stage.scan(ENTRY, ticket.text)
    granted_at = stage.now

    stage.restart()
    unreported = stage.site.do(ShowDesk(actor=KIM)).unreported
    again = stage.drive(ENTRY, ticket.text)

    assert unreported == (OpenGrant(ENTRY, ticket.reservation_id, granted_at),)
    assert isinstance(again, Granted)
    assert stage.state(ticket.reservation_id) == "arrived"


def test_a_restart_in_the_middle_of_a_stay_changes_nothing(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    books = stage.books()

    stage.restart()

    assert stage.books() == books
    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.total == euro(240)
