"""A pass brings back the tickets that its wallet or fleet pays for."""

from __future__ import annotations

from kiosk.domain.ids import ReservationId
from kiosk.domain.outcomes import TicketsFound, UnknownPass, WrongPin
from kiosk.services.commands import FindTickets
from tests.fakes.stage import DRIVER, DRIVER_PIN, EXIT, Stage, Wallet
from tests.services.fleets import add_fleet
from tests.services.test_hand_over import take_over


def found(stage: Stage, pass_code: str, *, pin: str = DRIVER_PIN) -> object:
    outcome = stage.site.do(FindTickets(actor=DRIVER, pass_code=pass_code, pin=pin))
    if isinstance(outcome, TicketsFound):
        return [each.reservation_id for each in outcome.tickets]
    return outcome


def test_a_fleet_finds_its_tickets_until_the_car_has_left(stage: Stage) -> None:
    fleet = add_fleet(stage)
    other = add_fleet(stage, name="Taxi", pass_code="ttttttt2")
    ticket = stage.inside(fleet.proof)

    before = found(stage, f"F1/{fleet.pass_code.upper()}")
    of_another = found(stage, other.pass_code)
    stage.wait(minutes=55)
    stage.drive(EXIT, ticket.text)

    assert before == [ticket.reservation_id]
    assert of_another == found(stage, fleet.pass_code) == []


def test_who_took_a_car_over_finds_its_ticket_too(stage: Stage, ada: Wallet) -> None:
    bob, ticket = stage.wallet(name="Bob"), stage.inside(ada.proof)
    before = found(stage, bob.pass_code)

    take_over(stage, ticket, bob.proof)

    assert before == []
    assert found(stage, bob.pass_code) == [ReservationId(ticket.reservation_id)]
    assert found(stage, ada.pass_code) == [ticket.reservation_id]


def test_no_pin_no_tickets(stage: Stage) -> None:
    fleet = add_fleet(stage)
    stage.inside(fleet.proof)

    assert found(stage, fleet.pass_code, pin="000001") == WrongPin(None)
    assert found(stage, "zzzzzzz2") == UnknownPass()
