"""What cars do in the lanes of a story: arrive, leave, back out, and show tickets there.

The answers of a lane come as events; scenario_stage.py watches them.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.app.scenario_agenda import PlannedEvent
from kiosk.app.scenario_events import Arrive, BackOut, LaneEvent, Leave, OpenByHand, Scan
from kiosk.app.scenario_people import CLERK
from kiosk.app.scenario_stage import Stage
from kiosk.app.scenario_words import Seen
from kiosk.domain.ids import LaneName
from kiosk.domain.life_outcomes import DuePriced
from kiosk.domain.outcomes import ExitDue, Granted
from kiosk.services.commands import OpenBarrier, PayDue
from kiosk.services.events import TicketPresented
from kiosk.services.life_commands import PresentShortCode
from kiosk.services.views import Direction


def arrive(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Drive up, show the ticket, drive in; who is not let in reverses out of the lane."""
    table = planned.table
    assert isinstance(table, Arrive)
    lane = stage.lane(table.lane, Direction.ENTRY)
    stage.drive_up(table.who, lane)
    seen, answer = _present(stage, planned, lane)
    if isinstance(answer, Granted):
        stage.drive_on(table.who)
    else:
        stage.reverse(table.who)
    return seen


def back_out(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Drive up, show the ticket, and reverse although the arm may be up."""
    table = planned.table
    assert isinstance(table, BackOut)
    lane = LaneName(table.lane)
    stage.drive_up(table.who, lane)
    seen, _ = _present(stage, planned, lane)
    stage.reverse(table.who)
    return seen


def leave(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Drive up, show the ticket, pay what is due, drive out; who cannot stands there."""
    table = planned.table
    assert isinstance(table, Leave)
    lane = stage.lane_of(table.who) or stage.lane(table.lane, Direction.EXIT)
    stage.drive_up(table.who, lane)
    seen, answer = _present(stage, planned, lane)
    if isinstance(answer, ExitDue) and table.pays != "nothing":
        due = PayDue(
            actor=stage.driver(table.who),
            lane=lane,
            reservation_id=answer.bill.reservation_id,
            method=stage.people.method(table.who, table.pays),
            intent=stage.intent(),
        )
        seen.append(stage.seen(table.who, stage.do(due)))
    stage.drive_on(table.who)
    return seen


def scan(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Hold a ticket, or any text, before a scanner; no car moves."""
    table = planned.table
    assert isinstance(table, Scan)
    seen, _ = _present(stage, planned, LaneName(table.lane))
    return seen


def open_by_hand(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The attendant opens; a car that stands in the lane, or that comes, drives through."""
    table = planned.table
    assert isinstance(table, OpenByHand)
    lane = LaneName(table.lane)
    who = table.who or "a car"
    stage.drive_up(who, lane)
    name = planned.reservation
    command = OpenBarrier(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        lane=lane,
        reason=table.reason,
        reservation_id=None if name is None else stage.reservations.get(name),
    )
    outcome = stage.do(command)
    seen = [stage.seen(CLERK.name, outcome)]
    if isinstance(outcome, DuePriced) and table.waives:
        outcome = stage.do(replace(command, agreed_waiver=outcome.bill.due))
        seen.append(stage.seen(CLERK.name, outcome))
    stage.drive_on(who)
    return seen


def _present(stage: Stage, planned: PlannedEvent, lane: LaneName) -> tuple[list[Seen], object]:
    """Show the ticket in a lane: what is seen of it, and the lane's answer."""
    table = planned.table
    assert isinstance(table, LaneEvent)
    before = len(stage.site.events)
    text = table.text if isinstance(table, Scan) else None
    ticket = None if planned.reservation is None else stage.tickets.get(planned.reservation)
    if text is None and ticket is None:
        return [Seen(table.who, "no-ticket", {})], None
    if table.shows == "code":
        code = text if text is not None else ticket.short_code if ticket is not None else ""
        stage.do(
            PresentShortCode(
                actor=stage.driver(table.who),
                lane=lane,
                short_code=code,
                presented_at=stage.now,
            )
        )
    else:
        stage.site.scan(lane, text if text is not None else ticket.text if ticket else "")
    answers = [
        event.outcome for event in stage.site.events[before:] if isinstance(event, TicketPresented)
    ]
    if not answers:
        return [Seen(table.who, "not-listened", {})], None
    return stage.watch(who=table.who), answers[-1]
