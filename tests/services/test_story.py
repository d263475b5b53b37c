"""The story from the first touch to the last cent: every account at every step."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.money import Money
from kiosk.domain.outcomes import ExitCovered, Granted, TicketIssued
from kiosk.domain.search_outcomes import AreasShown, NothingIdle, SpacesFound, WindowRefused
from kiosk.domain.settlement import Shares
from kiosk.services.commands import FindSpaces, ShowAreas, ShowDesk
from kiosk.services.events import PassageReported, SiteChanged
from tests.fakes.stage import DRIVER, ENTRY, EXIT, KIM, Stage, Wallet, euro
from tests.fakes.tariffs import blocks


def test_a_driver_finds_an_idle_space_with_its_price(stage: Stage) -> None:
    areas = stage.site.do(ShowAreas(actor=DRIVER))
    area_id = areas.areas[0].area.id
    found = stage.site.do(FindSpaces(actor=DRIVER, area_id=area_id, duration_minutes=120))

    assert isinstance(areas, AreasShown)
    assert [(each.area.code, each.idle_count) for each in areas.areas] == [("A", 2), ("B", 1)]
    assert isinstance(found, SpacesFound)
    assert found.quote.total == euro(480)
    assert {plan.space.label for plan in found.spaces if plan.is_idle} == {"A01", "A03"}
    assert found.best in {plan.space.id for plan in found.spaces if plan.is_idle}


def test_when_an_area_is_full_the_other_one_is_named(stage: Stage) -> None:
    areas = stage.site.do(ShowAreas(actor=DRIVER)).areas
    stage.reserve(plate="B AB 5", space_id=5)

    found = stage.site.do(FindSpaces(actor=DRIVER, area_id=areas[1].area.id, duration_minutes=60))

    assert isinstance(found, NothingIdle)
    assert found.other_areas == (areas[0].area.id,)


def test_a_stay_that_is_too_short_or_too_long_is_refused(stage: Stage) -> None:
    area_id = stage.site.do(ShowAreas(actor=DRIVER)).areas[0].area.id

    short = stage.site.do(FindSpaces(actor=DRIVER, area_id=area_id, duration_minutes=29))
    long = stage.site.do(FindSpaces(actor=DRIVER, area_id=area_id, duration_minutes=1441))

    assert short == long == WindowRefused(shortest_minutes=30, longest_minutes=1440)


def test_the_deposit_goes_from_the_wallet_into_escrow(stage: Stage, ada: Wallet) -> None:
    reserved = stage.reserve(120)
    before = stage.books()

    ticket = stage.pay_deposit(reserved.reservation_id, ada.proof)

    assert isinstance(ticket, TicketIssued)
    assert before == {"till:desk-1": -2000, ada.account: 2000}
    assert stage.books() == {"till:desk-1": -2000, ada.account: 1520, "escrow:1": 480}
    assert stage.state(reserved.reservation_id) == "confirmed"


def test_the_entry_passage_begins_the_stay_and_moves_no_money(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    before = stage.books()

    outcome = stage.drive(ENTRY, ticket.text)

    stay = stage.stay(ticket.reservation_id)
    assert isinstance(outcome, Granted)
    assert stage.last(PassageReported) == PassageReported(ENTRY, ticket.reservation_id)
    assert stage.state(ticket.reservation_id) == "arrived"
    assert stay is not None
    assert stay.entry_lane == ENTRY
    assert stage.books() == before


def test_the_exit_pays_every_party_and_gives_the_rest_back(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))

    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.lines == (blocks(2),)
    assert (outcome.bill.charge.total, outcome.bill.charge.tax) == (euro(240), euro(38))
    assert (outcome.bill.deposit, outcome.bill.due) == (euro(480), euro(0))
    assert outcome.bill.refund == euro(240)
    assert outcome.bill.shares == Shares(euro(174), euro(35), euro(7), euro(24))
    assert outcome.bill.receipt_number == 1
    assert stage.books() == {
        "till:desk-1": -2000,
        ada.account: 1760,
        "owner:1": 174,
        "commission": 35,
        "vat": 7,
        "manager": 24,
    }
    assert stage.state(ticket.reservation_id) == "left"


def test_a_full_stay_in_the_late_grace_costs_the_quote(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    stage.drive(EXIT, ticket.text, at=ticket.window.until + timedelta(minutes=15))

    assert stage.books() == {
        "till:desk-1": -2000,
        ada.account: 1520,
        "owner:1": 347,
        "commission": 71,
        "vat": 14,
        "manager": 48,
    }


def test_screens_look_again_when_a_stay_is_settled(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    before = stage.site.events.count(SiteChanged())

    stage.scan(EXIT, ticket.text)

    assert stage.site.events.count(SiteChanged()) == before + 1


def test_in_and_out_within_the_free_time_gives_everything_back(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    outcome = stage.drive(EXIT, ticket.text)

    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.total == euro(0)
    assert stage.books() == {"till:desk-1": -2000, ada.account: 2000}


def test_a_car_that_has_left_gives_its_space_back_at_once(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    while_inside = stage.idle_spaces()

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=20))

    assert 1 not in while_inside
    assert stage.idle_spaces() == while_inside | {1}


def test_ticket_and_receipt_are_printed_once_each(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))

    papers = [(printed.lane, printed.paper.lines[0]) for printed in stage.site.papers]
    assert papers == [(ENTRY, "PARKING TICKET"), (EXIT, "RECEIPT 1")]
    assert stage.site.papers[0].paper.qr == ticket.text
    assert "TOTAL                   EUR 2.40" in stage.site.papers[1].paper.lines


def test_the_desk_sees_the_same_money_as_the_books(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))

    desk = stage.site.do(ShowDesk(actor=KIM))
    shown = stage.money_of(ticket.reservation_id)

    assert {party.party: party.owed.minor for party in desk.money} == {
        "escrow": 0,
        "owner": 174,
        "manager": 24,
        "commission": 35,
        "vat": 7,
        "wallet": 1760,
        "refund-due": 0,
        "till": -2000,
        "psp": 0,
    }
    assert [(row.journal, row.amount.minor) for row in shown.transfers] == [
        ("deposit", 480),
        ("settlement", 174),
        ("settlement", 35),
        ("settlement", 7),
        ("settlement", 24),
        ("settlement", 240),
        ("settlement", 240),
    ]
    assert [row.action for row in shown.timeline] == [
        "reservation.made",
        "deposit.paid",
        "ticket.presented",
        "entry.passed",
        "ticket.presented",
        "exit.passed",
    ]
    assert all(balance.owed == Money.zero("EUR") for balance in shown.balances)


def test_receipts_are_numbered_without_gaps(stage: Stage, ada: Wallet) -> None:
    first = stage.inside(ada.proof, plate="B AB 1", space_id=1)
    second = stage.inside(ada.proof, plate="B AB 3", space_id=3)

    numbers = [
        outcome.bill.receipt_number
        for outcome in (stage.drive(EXIT, second.text), stage.drive(EXIT, first.text))
        if isinstance(outcome, ExitCovered)
    ]

    assert numbers == [1, 2]
