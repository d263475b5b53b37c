"""Stay 4 at the desk: the ticket that is printed for it, and what the desk was told."""

from __future__ import annotations

from kiosk.domain.ids import ReservationId
from kiosk.domain.outcomes import TicketIssued
from tests.ui.desk_stage import (
    AREAS,
    DeskStage,
    euro,
    space,
    stay,
)

STAY = ReservationId(4)


def issued(number: int = 12) -> TicketIssued:
    """The ticket of stay 4, for this space of area A."""
    return TicketIssued(
        reservation_id=STAY,
        text="P1/",
        short_code="k7mp2xqa",
        area=AREAS[0],
        space=space(number),
        window=stay(4).window,
        plate="DDAB1234",
        deposit=euro(480),
    )


def told(stage: DeskStage) -> tuple[str, str]:
    """What the desk says was done, and of what."""
    return stage.screen.state.said, stage.screen.state.said_of
