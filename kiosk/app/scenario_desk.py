"""What the attendant does in a story with cars and spaces; money stands in scenario_till.py."""

from __future__ import annotations

from dataclasses import replace

from kiosk.app.scenario_agenda import PlannedEvent
from kiosk.app.scenario_events import (
    CloseSpace,
    DriverEvent,
    LaneOnly,
    Link,
    LostTicket,
    PayInCash,
    ReportPassage,
    SpaceEvent,
    TopUp,
    WrongSpace,
)
from kiosk.app.scenario_people import CARD, CLERK, DESK
from kiosk.app.scenario_stage import Stage
from kiosk.app.scenario_words import Seen
from kiosk.domain.ids import LaneName
from kiosk.domain.life_outcomes import DuePriced
from kiosk.services.commands import (
    PayRefundInCash,
    PrintTicketAgain,
    ResetLane,
)
from kiosk.services.commands import (
    ReportPassage as WritePassage,
)
from kiosk.services.life_commands import (
    CloseSpace as CloseSpaceCommand,
)
from kiosk.services.life_commands import (
    LinkStay,
    PriceDue,
    ReopenSpace,
    ReplaceTicket,
    ReportWrongSpace,
    TakeDueInCash,
)
from kiosk.services.till_commands import TopUpByCard
from kiosk.services.views import Direction


def top_up(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Cash onto a wallet, or what a provider takes from a card."""
    table = planned.table
    assert isinstance(table, TopUp)
    if table.by == "cash":
        return [stage.seen(table.who, stage.top_up(table.who, table.amount))]
    command = TopUpByCard(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        pass_code=stage.people.pass_of(table.who, "wallet").pass_code,
        amount=table.amount,
        card=CARD,
        intent=stage.intent(),
    )
    return [stage.seen(table.who, stage.do(command))]


def lost_ticket(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Another ticket against evidence."""
    table = planned.table
    assert isinstance(table, LostTicket)
    command = ReplaceTicket(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        lane=stage.lane(table.lane, Direction.EXIT),
        reservation_id=stage.reservations[stage.name_of(planned)],
        evidence=stage.drivers[table.who].plate if table.evidence is None else table.evidence,
    )
    return [stage.seen(CLERK.name, stage.do(command))]


def pay_in_cash(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """What is due is told, agreed to and taken, for the exit right that begins then."""
    table = planned.table
    assert isinstance(table, PayInCash)
    reservation_id = stage.reservations[stage.name_of(planned)]
    priced = stage.do(
        PriceDue(
            actor=CLERK,
            attendant_id=stage.attendant_id,
            reservation_id=reservation_id,
            is_lost_ticket=table.lost,
        )
    )
    seen = [stage.seen(table.who, priced)]
    if isinstance(priced, DuePriced):
        taken = TakeDueInCash(
            actor=CLERK,
            attendant_id=stage.attendant_id,
            desk=DESK,
            reservation_id=reservation_id,
            is_lost_ticket=table.lost,
            intent=stage.intent(),
            agreed_due=priced.bill.due,
        )
        seen.append(stage.seen(table.who, stage.do(taken)))
    return seen


def wrong_space(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The attendant has seen on which space the car stands."""
    table = planned.table
    assert isinstance(table, WrongSpace)
    command = ReportWrongSpace(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        reservation_id=stage.reservations[stage.name_of(planned)],
        space_id=stage.space_ids[table.space],
    )
    return [stage.seen(CLERK.name, stage.do(command))]


def link(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """A pulled ticket takes the terms of a reservation."""
    table = planned.table
    assert isinstance(table, Link)
    if table.stay not in stage.reservations:
        return [Seen(CLERK.name, "no-reservation", {})]
    command = LinkStay(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        stay_id=stage.reservations[table.stay],
        reservation_id=stage.reservations[table.reservation],
    )
    return [stage.seen(CLERK.name, stage.do(command))]


def print_again(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The same ticket on paper once more."""
    command = PrintTicketAgain(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        lane=stage.lane(None, Direction.ENTRY),
        reservation_id=stage.reservations[stage.name_of(planned)],
    )
    return [stage.seen(CLERK.name, stage.do(command))]


def refund_in_cash(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """What no provider takes back comes from the till."""
    table = planned.table
    assert isinstance(table, DriverEvent)
    command = PayRefundInCash(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        desk=DESK,
        reservation_id=stage.reservations[stage.name_of(planned)],
    )
    return [stage.seen(table.who, stage.do(command))]


def report_passage(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The attendant has looked."""
    table = planned.table
    assert isinstance(table, ReportPassage)
    command = WritePassage(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        reservation_id=stage.reservations[stage.name_of(planned)],
        direction=Direction(table.direction),
        reason=table.reason,
    )
    outcome = stage.do(command)
    seen = [stage.seen(CLERK.name, outcome)]
    if isinstance(outcome, DuePriced) and table.waives:
        outcome = stage.do(replace(command, agreed_waiver=outcome.bill.due))
        seen.append(stage.seen(CLERK.name, outcome))
    return seen


def breakdown(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """A space is closed until an instant."""
    table = planned.table
    assert isinstance(table, CloseSpace)
    assert planned.until is not None
    command = CloseSpaceCommand(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        space_id=stage.space_ids[table.space],
        until=planned.until,
        reason=table.reason,
    )
    return [stage.seen(CLERK.name, stage.do(command))]


def reopen(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """A space is in order again."""
    table = planned.table
    assert isinstance(table, SpaceEvent)
    command = ReopenSpace(
        actor=CLERK, attendant_id=stage.attendant_id, space_id=stage.space_ids[table.space]
    )
    return [stage.seen(CLERK.name, stage.do(command))]


def reset_lane(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Clear a lane's fault."""
    table = planned.table
    assert isinstance(table, LaneOnly)
    command = ResetLane(actor=CLERK, attendant_id=stage.attendant_id, lane=LaneName(table.lane))
    return [stage.seen(CLERK.name, stage.do(command))]
