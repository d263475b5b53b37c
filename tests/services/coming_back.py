"""A driver who comes back: the verbs that the tests of re-entry share."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.domain.outcomes import (
    ExitCovered,
    Granted,
    TicketIssued,
)
from kiosk.services.commands import ReportPassage
from kiosk.services.views import Direction
from tests.fakes.stage import (
    ENTRY,
    EXIT,
    KIM,
    Stage,
)

HOUR = timedelta(hours=1)


def out_at(stage: Stage, ticket: TicketIssued, minutes: int) -> ExitCovered:
    """Leave so many minutes after the start."""
    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=minutes))
    assert isinstance(outcome, ExitCovered), outcome
    return outcome


def back_in(stage: Stage, ticket: TicketIssued, *, at: datetime | None = None) -> Granted:
    """Drive in again with the same ticket."""
    outcome = stage.drive(ENTRY, ticket.text, at=at)
    assert isinstance(outcome, Granted), outcome
    return outcome


def left_at(stage: Stage, ticket: TicketIssued) -> datetime:
    """When the car of a ticket drove out."""
    stay = stage.stay(ticket.reservation_id)
    assert stay is not None
    assert stay.left_at is not None
    return stay.left_at


def report_inside(stage: Stage, ticket: TicketIssued) -> None:
    """Kim has seen the car drive in."""
    stage.site.do(
        ReportPassage(
            actor=KIM,
            attendant_id=stage.attendant_id,
            reservation_id=ticket.reservation_id,
            direction=Direction.ENTRY,
            reason="board away",
        )
    )
