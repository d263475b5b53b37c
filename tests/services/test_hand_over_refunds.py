"""A car that changes hands: what each driver pays is the own, by whatever it is paid."""

from __future__ import annotations

from datetime import timedelta

from db.records import OperationRecord
from kiosk.domain.disputes import Chargeback
from kiosk.domain.ids import OperationKey
from kiosk.domain.outcomes import ExitCovered, ExitDue, TicketIssued
from kiosk.domain.payer_outcomes import HandedOver
from kiosk.domain.time import Window
from kiosk.services.commands import CardPresented, WalletProof
from tests.fakes.planned import kept, pay_change
from tests.fakes.stage import CARD, EXIT, Stage, Wallet, euro
from tests.services.after import charged_back, decide, refund
from tests.services.coming_back import out_at
from tests.services.fleets import add_fleet, credit
from tests.services.test_hand_over import take_over

PARTIES = ("owner:1", "commission", "vat", "manager")


def extend(
    stage: Stage,
    ticket: TicketIssued,
    until_minutes: int,
    method: WalletProof | CardPresented,
    *,
    intent: str | None = None,
) -> None:
    """The window ends so many minutes after its start from now on."""
    start = ticket.window.from_
    window = Window(start, start + timedelta(minutes=until_minutes))
    kept(stage, ticket.reservation_id, window)
    pay_change(stage, ticket.reservation_id, method, intent=intent)


def operations(stage: Stage, ticket: TicketIssued) -> list[OperationRecord]:
    with stage.site.core.store.reading() as tx:
        return list(tx.payments.of_reservation(ticket.reservation_id))


def refunds_by_original(stage: Stage, ticket: TicketIssued) -> dict[OperationKey | None, int]:
    """How much providers gave back of each payment that they had taken."""
    found: dict[OperationKey | None, int] = {}
    for each in operations(stage, ticket):
        if each.kind == "refund" and each.state == "succeeded":
            found[each.original] = found.get(each.original, 0) + each.amount.minor
    return found


def handed_over_early(stage: Stage, bob: Wallet) -> TicketIssued:
    """Two minutes by a card, 117 by Bob: the card has 4.72 back, and Bob has paid 4.72."""
    ticket = stage.inside(CARD)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=2))
    assert isinstance(take_over(stage, ticket, bob.proof), HandedOver)
    out_at(stage, ticket, 119)
    stage.wait(seconds=90)
    assert stage.books()["psp:simulator"] == -8
    assert stage.books()[bob.account] == 2000 - 472
    return ticket


def test_a_later_refund_goes_to_who_has_paid_and_not_to_who_has_all_but_cents_back(
    stage: Stage,
) -> None:
    bob = stage.wallet(name="Bob")
    ticket = handed_over_early(stage, bob)

    refund(stage, ticket.reservation_id, 470)
    stage.wait(seconds=90)

    assert stage.books()[bob.account] == 2000 - 2
    assert stage.books()["psp:simulator"] == -8
    refund(stage, ticket.reservation_id, 10)
    stage.wait(seconds=90)
    assert stage.books() == {"till:desk-1": -2000, bob.account: 2000}
    assert stage.wrong() == []


def test_a_lost_chargeback_takes_from_the_parties_no_more_than_its_card_has_paid_of_the_stay(
    stage: Stage,
) -> None:
    bob = stage.wallet(name="Bob")
    ticket = handed_over_early(stage, bob)
    before = {name: minor for name, minor in stage.books().items() if name in PARTIES}

    case: Chargeback = charged_back(stage, ticket.reservation_id, 480)
    decide(stage, case, is_lost=True)

    books = stage.books()
    lost = sum(before.values()) - sum(books.get(name, 0) for name in PARTIES)
    assert (lost, books["chargeback-loss"]) == (8, -472)
    assert stage.wrong() == []


def test_an_extension_that_the_first_driver_paid_by_a_wallet_is_not_the_second_ones(
    stage: Stage, ada: Wallet
) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(CARD)
    extend(stage, ticket, 180, ada.proof)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=30))
    take_over(stage, ticket, bob.proof)

    outcome = out_at(stage, ticket, 150)
    stage.wait(seconds=90)

    first, second = outcome.bill.payers
    books = stage.books()
    assert outcome.bill.charge.total == first.part + second.part == euro(600)
    by_ada = 2000 - books[ada.account] - books["psp:simulator"]
    assert by_ada == first.part.minor
    assert 2000 - books[bob.account] == second.part.minor
    assert (first.minutes, second.minutes) == (30, 120)
    assert (first.part, second.part) == (euro(120), euro(480))
    assert stage.wrong() == []


def test_what_was_paid_in_the_second_of_the_hand_over_but_before_it_is_the_first_ones(
    stage: Stage, ada: Wallet
) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(CARD)
    stage.wait(minutes=30)
    extend(stage, ticket, 180, ada.proof)
    take_over(stage, ticket, bob.proof)

    out_at(stage, ticket, 150)
    stage.wait(seconds=90)

    assert stage.books()[bob.account] == 2000 - 476
    assert stage.wrong() == []


def test_two_drivers_who_both_pay_by_card_get_each_the_own_rest_back(stage: Stage) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(CARD)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=60))
    take_over(stage, ticket, bob.proof)
    extend(stage, ticket, 240, CARD, intent="bobs-card")

    out_at(stage, ticket, 150)
    stage.wait(seconds=90)

    (adas,) = (each.key for each in operations(stage, ticket) if each.purpose == "deposit")
    assert refunds_by_original(stage, ticket) == {adas: 240, "bobs-card": 360}
    assert stage.books()[bob.account] == 2000 - 240
    assert stage.wrong() == []


def test_a_card_that_answers_after_the_hand_over_has_paid_for_who_had_shown_it(
    stage: Stage,
) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(CARD)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=30))
    waiting = stage.hold_payments()
    extend(stage, ticket, 180, CARD, intent="adas-card")
    take_over(stage, ticket, bob.proof)
    while waiting:
        waiting.pop()()

    stage.wait_until(ticket.window.from_ + timedelta(minutes=150))
    stage.site.car_to(EXIT)
    asked = stage.scan(EXIT, ticket.text)
    assert isinstance(asked, ExitDue)
    assert asked.bill.due == euro(120)  # Bob has paid for 90 of his 120 minutes
    outcome = stage.pay_due(ticket.reservation_id, bob.proof)
    assert isinstance(outcome, ExitCovered)

    first, second = outcome.bill.payers
    assert (second.part, second.back) == (euro(480), euro(0))
    assert (first.part, first.back) == (euro(120), euro(600))
    assert stage.books()[bob.account] == 2000 - 480
    assert stage.wrong() == []


def test_what_a_fleet_promised_for_the_first_driver_is_the_first_drivers(stage: Stage) -> None:
    bob, fleet = stage.wallet(name="Bob"), add_fleet(stage)
    ticket = stage.inside(CARD)
    extend(stage, ticket, 180, fleet.proof)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=90))
    take_over(stage, ticket, bob.proof)

    out_at(stage, ticket, 150)
    stage.wait(seconds=90)

    books = stage.books()
    assert books[bob.account] == 2000 - 240
    assert credit(stage, fleet).used.minor - books["psp:simulator"] == 360
    refund(stage, ticket.reservation_id, 600)
    stage.wait(seconds=90)
    assert stage.books() == {"till:desk-1": -2000, bob.account: 2000}
    assert stage.wrong() == []


def test_an_extension_raises_no_authorisation_of_the_driver_before(authorising: Stage) -> None:
    stage = authorising
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(CARD)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=60))
    take_over(stage, ticket, bob.proof)
    extend(stage, ticket, 240, CARD, intent="bobs-card")

    out_at(stage, ticket, 240)
    stage.wait(seconds=90)

    captured = {
        each.original: each.amount.minor
        for each in operations(stage, ticket)
        if each.kind == "capture"
    }
    (adas,) = (each.key for each in operations(stage, ticket) if each.purpose == "deposit")
    assert captured == {adas: 240, "bobs-card": 480}
    assert stage.books()[bob.account] == 2000 - 240
    assert stage.wrong() == []
