"""A driver who had reserved and pulled another ticket all the same: for the tests of links."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.outcomes import TicketIssued
from tests.fakes.stage import Stage, Wallet

MINUTE = timedelta(minutes=1)


def booked_and_pulled(
    stage: Stage,
    wallet: Wallet,
    *,
    booked_minutes: int = 120,
    pulled_minutes: int = 60,
    starts_in: int = 0,
) -> tuple[TicketIssued, TicketIssued]:
    """A ticket that was paid for, and another one with which the car drove in."""
    starts_at = stage.now + starts_in * MINUTE if starts_in else None
    booked = stage.ticket(wallet.proof, minutes=booked_minutes, starts_at=starts_at)
    pulled = stage.inside(wallet.proof, minutes=pulled_minutes, plate="B AB 2", space_id=3)
    return booked, pulled
