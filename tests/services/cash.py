"""What the desk does about money that a car inside still owes: for the tests of cash."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.life_outcomes import DuePriced
from kiosk.domain.money import Money
from kiosk.domain.outcomes import TicketIssued
from kiosk.services.commands import OpenBarrier
from kiosk.services.life_commands import PriceDue, TakeDueInCash
from tests.fakes.stage import EXIT, KIM, Stage, Wallet, stage_with_own_tariff


def price(stage: Stage, ticket: TicketIssued, *, is_lost: bool = False) -> object:
    """Kim asks what the desk would take."""
    return stage.site.do(
        PriceDue(
            actor=KIM,
            attendant_id=stage.attendant_id,
            reservation_id=ticket.reservation_id,
            is_lost_ticket=is_lost,
        )
    )


def due_of(stage: Stage, ticket: TicketIssued, *, is_lost: bool = False) -> Money:
    priced = price(stage, ticket, is_lost=is_lost)
    assert isinstance(priced, DuePriced), priced
    return priced.bill.due


def take(
    stage: Stage,
    ticket: TicketIssued,
    *,
    agreed: Money | None = None,
    is_lost: bool = False,
    intent: str = "cash",
) -> object:
    """The driver hands the cash over."""
    return stage.site.do(
        TakeDueInCash(
            actor=KIM,
            attendant_id=stage.attendant_id,
            desk="desk-1",
            reservation_id=ticket.reservation_id,
            is_lost_ticket=is_lost,
            intent=intent,
            agreed_due=agreed,
        )
    )


def open_for(
    stage: Stage,
    ticket: TicketIssued,
    *,
    waives: Money | None = None,
    is_lost: bool = False,
) -> object:
    """Kim opens the exit by hand, and waives no more than this."""
    return stage.site.do(
        OpenBarrier(
            actor=KIM,
            attendant_id=stage.attendant_id,
            lane=EXIT,
            reason="no card at hand",
            reservation_id=ticket.reservation_id,
            is_lost_ticket=is_lost,
            agreed_waiver=waives,
        )
    )


def overstayed(stage: Stage, wallet: Wallet) -> TicketIssued:
    """Booked for an hour (240), and inside for an hour and a half: 120 more are due."""
    ticket = stage.inside(wallet.proof, minutes=60)
    stage.wait_until(ticket.window.until + timedelta(minutes=30))
    return ticket


def happened(stage: Stage, ticket: TicketIssued) -> list[tuple[str, str, str]]:
    return [
        (row.actor, row.action, row.detail)
        for row in stage.money_of(ticket.reservation_id).timeline
    ]


@pytest.fixture
def selling(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """The small site, whose board asks 12.00 for a lost ticket."""
    stage = stage_with_own_tariff(
        founded, tmp_path, added='[lost_ticket]\nrule = "flat"\nprice = 12.00\n'
    )
    yield stage
    stage.close()
