"""What the attendant, owners and the world do in a story; drivers stand in scenario_verbs.py."""

from __future__ import annotations

from dataclasses import replace

from kiosk.app.scenario_agenda import PlannedEvent
from kiosk.app.scenario_events import (
    ClockJump,
    CloseSpace,
    DriverEvent,
    LaneOnly,
    Link,
    LostTicket,
    MakeOffer,
    OfferEvent,
    PayInCash,
    Provider,
    Recall,
    ReportPassage,
    SetTimes,
    SpaceEvent,
    TopUp,
    WrongSpace,
)
from kiosk.app.scenario_site import offer_terms, offer_times
from kiosk.app.scenario_stage import CLERK, DESK, Stage
from kiosk.app.scenario_tables import SharedTable
from kiosk.app.scenario_times import read_step
from kiosk.app.scenario_words import Seen
from kiosk.domain import offer as offers
from kiosk.domain.ids import LaneName
from kiosk.domain.life_outcomes import DuePriced, RecallPriced
from kiosk.domain.offer import OfferTerms
from kiosk.domain.time import Window
from kiosk.payments.simulator import SimulatedFault
from kiosk.services.commands import (
    Actor,
    ActorKind,
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
    MoveOffer,
    OfferSpace,
    PriceDue,
    PriceRecall,
    RecallSpace,
    ReopenSpace,
    ReplaceTicket,
    ReportWrongSpace,
    SetOfferTimes,
    TakeDueInCash,
)
from kiosk.services.views import Direction

_STEPS = {
    "hand-in": offers.OfferEvent.HANDED_IN,
    "approve": offers.OfferEvent.PROOF_ACCEPTED,
    "refuse": offers.OfferEvent.PROOF_REFUSED,
    "pause": offers.OfferEvent.PAUSED,
    "resume": offers.OfferEvent.RESUMED,
    "withdraw": offers.OfferEvent.WITHDRAWN,
}
_OF_THE_DESK = frozenset({"approve", "refuse"})
_FAULTS = {
    "declined": SimulatedFault.DECLINED,
    "unreachable": SimulatedFault.UNREACHABLE,
    "answer-lost": SimulatedFault.ANSWER_LOST_AFTER_DOING,
    "never-arrived": SimulatedFault.ANSWER_LOST_BEFORE_DOING,
}
_WORLD = "the site"


def top_up(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Cash onto a wallet."""
    table = planned.table
    assert isinstance(table, TopUp)
    return [stage.seen(table.who, stage.top_up(table.who, table.amount))]


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


# Owners ----------------------------------------------------------------------------------


def offer(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """A draft of what is shared."""
    table = planned.table
    assert isinstance(table, MakeOffer)
    command = OfferSpace(
        actor=_owner(table.owner),
        owner_id=stage.owner_ids[table.owner],
        space_id=stage.space_ids[table.space],
        times=offer_times(table),
        terms=_terms(stage, table),
    )
    return [stage.seen(table.owner, stage.do(command))]


def set_times(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Other times for the latest offer of a space."""
    table = planned.table
    assert isinstance(table, SetTimes)
    offer_id = stage.latest_offer(table.space)
    if offer_id is None:
        return [Seen(table.owner, "no-offer", {})]
    command = SetOfferTimes(
        actor=_owner(table.owner),
        owner_id=stage.owner_ids[table.owner],
        offer_id=offer_id,
        times=offer_times(table),
    )
    return [stage.seen(table.owner, stage.do(command))]


def move_offer(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Hand in, approve, refuse, pause, resume or withdraw; proof is the attendant's business."""
    table = planned.table
    assert isinstance(table, OfferEvent)
    is_of_desk = table.does in _OF_THE_DESK
    who = CLERK.name if is_of_desk else table.owner
    offer_id = stage.latest_offer(table.space)
    if offer_id is None:
        return [Seen(who, "no-offer", {})]
    command = MoveOffer(
        actor=CLERK if is_of_desk else _owner(table.owner),
        offer_id=offer_id,
        event=_STEPS[table.does],
        owner_id=None if is_of_desk else stage.owner_ids[table.owner],
        attendant_id=stage.attendant_id if is_of_desk else None,
    )
    return [stage.seen(who, stage.do(command))]


def recall(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """What having the space back would cost."""
    table = planned.table
    assert isinstance(table, Recall)
    assert planned.from_ is not None
    assert planned.until is not None
    outcome = stage.do(
        PriceRecall(
            actor=_owner(table.owner),
            owner_id=stage.owner_ids[table.owner],
            space_id=stage.space_ids[table.space],
            window=Window(planned.from_, planned.until),
        )
    )
    if isinstance(outcome, RecallPriced):
        stage.prices[table.owner, table.space] = outcome
    return [stage.seen(table.owner, outcome)]


def consent(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The owner agrees to the price that was last shown."""
    table = planned.table
    assert isinstance(table, OfferEvent)
    priced = stage.prices.get((table.owner, table.space))
    if priced is None:
        return [Seen(table.owner, "no-price", {})]
    outcome = stage.do(
        RecallSpace(
            actor=_owner(table.owner),
            owner_id=stage.owner_ids[table.owner],
            space_id=priced.space.id,
            window=priced.window,
            agreed_cost=priced.cost,
        )
    )
    if isinstance(outcome, RecallPriced):
        stage.prices[table.owner, table.space] = outcome
    return [stage.seen(table.owner, outcome)]


def _owner(name: str) -> Actor:
    return Actor(ActorKind.OWNER, name)


def _terms(stage: Stage, table: SharedTable) -> OfferTerms:
    """The terms of an offer; its own tariff and split are stored when they are new."""
    terms = offer_terms(table)
    tariff_id = split_terms_id = None
    with stage.site.core.store.transaction() as tx:
        if table.tariff is not None:
            tariff = stage.scenario.tariffs[table.tariff]
            tariff_id = tx.library.tariff_id(tariff) or tx.library.add_tariff(tariff)
        if table.split is not None:
            split_terms_id = tx.library.add_split_terms(stage.scenario.splits[table.split])
    return OfferTerms(terms.notice, terms.shortest, terms.longest, tariff_id, split_terms_id)


# The world -------------------------------------------------------------------------------


def wait(_stage: Stage, _planned: PlannedEvent) -> list[Seen]:
    """Only time passes."""
    return [Seen(_WORLD, "time-passed", {})]


def clock_jump(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Somebody sets the clock of the machine."""
    table = planned.table
    assert isinstance(table, ClockJump)
    stage.site.clock.jump(read_step(table.by))
    return [Seen(_WORLD, "clock-set", {"now": stage.now})]


def provider(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The next question to the card provider meets a fault."""
    table = planned.table
    assert isinstance(table, Provider)
    stage.site.simulator.fault_next(_FAULTS[table.fault])
    return [Seen(_WORLD, "provider-set", {"fault": table.fault})]


def unplug_board(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """A lane's relay board is taken away."""
    table = planned.table
    assert isinstance(table, LaneOnly)
    stage.site.lanes[LaneName(table.lane)].unplug_board()
    return [Seen(f"lane {table.lane}", "board-unplugged", {})]


def plug_in_board(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """A lane's relay board is brought back."""
    table = planned.table
    assert isinstance(table, LaneOnly)
    stage.site.lanes[LaneName(table.lane)].replug_board()
    return [Seen(f"lane {table.lane}", "board-plugged-in", {})]


def restart(stage: Stage, _planned: PlannedEvent) -> list[Seen]:
    """The program ends in order and starts again; cars that stood in a lane drive off."""
    stage.restart()
    return [Seen(_WORLD, "restarted", {})]
