"""What drivers do in a story: search, reserve, pay, change, cancel, and ask what they have.

Each verb is a few commands; it returns what was answered. Cars stand in scenario_cars.py, the desk
and owners in scenario_desk.py.
"""

from __future__ import annotations

from datetime import timedelta

from kiosk.app.scenario_agenda import PlannedEvent
from kiosk.app.scenario_events import (
    Cancel,
    CannotPark,
    Change,
    DriverEvent,
    Extend,
    Pay,
    Reserve,
    Search,
    Substitute,
    WalletEvent,
)
from kiosk.app.scenario_people import CLERK
from kiosk.app.scenario_stage import Stage
from kiosk.app.scenario_words import Seen
from kiosk.domain.ids import AttendantId, ReservationId, SpaceId
from kiosk.domain.life_outcomes import CancellationPriced, ChangeKept, SubstitutesFound
from kiosk.domain.outcomes import Reserved
from kiosk.domain.reservation import State
from kiosk.domain.search_outcomes import LibrarySearched
from kiosk.domain.time import Window
from kiosk.services.commands import (
    Actor,
    CancelReservation,
    FindTickets,
    PayDeposit,
    PayDue,
    ShowWallet,
)
from kiosk.services.commands import Reserve as ReserveSpace
from kiosk.services.life_commands import (
    AcceptDisplacement,
    ChangeReservation,
    DropChange,
    FindSubstitutes,
    PayChange,
    PriceCancellation,
    SearchLibrary,
    ShowTicket,
    TakeSubstitute,
)
from kiosk.services.views import Direction

_MINUTE = timedelta(minutes=1)


def search(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Everything that is idle for the window, and why the rest is not."""
    table = planned.table
    assert isinstance(table, Search)
    found = _search(stage, planned, table)
    return [stage.seen(table.who, found)]


def reserve(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Keep the named space, or the best one; when nothing is idle, what was found instead."""
    table = planned.table
    assert isinstance(table, Reserve)
    assert planned.reservation is not None
    if table.space is not None:
        space_id = stage.space_ids[table.space]
    else:
        found = _search(stage, planned, table)
        if not isinstance(found, LibrarySearched) or not found.found:
            return [stage.seen(table.who, found)]
        space_id = found.found[0].space.id
    outcome = stage.do(
        ReserveSpace(
            actor=stage.driver(table.who),
            space_id=space_id,
            duration_minutes=_window(stage, planned, table).duration // _MINUTE,
            plate=stage.drivers[table.who].plate if table.plate is None else table.plate,
            starts_at=planned.from_,
            needs=stage.needs(table.who),
        )
    )
    if not isinstance(outcome, Reserved):
        return [stage.seen(table.who, outcome)]
    stage.keep(planned.reservation, outcome.reservation_id, who=table.who)
    seen = [stage.seen(table.who, outcome)]
    if table.pays is not None:
        seen.append(_pay_deposit(stage, planned.reservation, who=table.who, by=table.pays))
    return seen


def _search(stage: Stage, planned: PlannedEvent, table: Search | Reserve) -> object:
    return stage.do(
        SearchLibrary(
            actor=stage.driver(table.who),
            area_ids=() if table.area is None else (stage.area_ids[table.area],),
            window=_window(stage, planned, table),
            needs=stage.needs(table.who),
            by_rank=isinstance(table, Search) and table.nearest_first,
        )
    )


def _window(stage: Stage, planned: PlannedEvent, table: Search | Reserve) -> Window:
    """The wanted window; one that begins now has its whole minutes."""
    start = planned.from_ or stage.now
    if table.minutes is not None:
        return Window(start, start + table.minutes * _MINUTE)
    assert planned.until is not None
    return Window(start, max(planned.until, start + _MINUTE))


def pay(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Pay what waits: the deposit, a kept change, or what is due where the car stands."""
    table = planned.table
    assert isinstance(table, Pay)
    name = stage.name_of(planned)
    reservation_id = stage.reservations[name]
    actor, method = stage.driver(table.who), stage.people.method(table.who, table.by)
    with stage.site.core.store.reading() as tx:
        is_change = tx.changes.get(reservation_id) is not None
    state = stage.reservation(name).state
    if is_change:
        return [_pay_change(stage, name, who=table.who, by=table.by)]
    if state in {State.ARRIVED, State.SETTLED}:
        lane = stage.lane_of(table.who) or stage.lane(None, Direction.EXIT)
        due = PayDue(
            actor=actor,
            lane=lane,
            reservation_id=reservation_id,
            method=method,
            intent=stage.intent(),
        )
        seen = stage.seen(table.who, stage.do(due))
        stage.drive_on(table.who)
        return [seen]
    return [_pay_deposit(stage, name, who=table.who, by=table.by)]


def _pay_deposit(stage: Stage, name: str, *, who: str, by: str | None) -> Seen:
    command = PayDeposit(
        actor=stage.driver(who),
        lane=stage.lane(None, Direction.ENTRY),
        reservation_id=stage.reservations[name],
        method=stage.people.method(who, by),
        intent=stage.intent(),
    )
    return stage.seen(who, stage.do(command))


def _pay_change(stage: Stage, name: str, *, who: str, by: str | None) -> Seen:
    command = PayChange(
        actor=stage.driver(who),
        lane=stage.lane(None, Direction.ENTRY),
        reservation_id=stage.reservations[name],
        method=stage.people.method(who, by),
        intent=stage.intent(),
    )
    return stage.seen(who, stage.do(command))


def cancel(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """See what goes back, then agree to it; a pending reservation has no price to look at."""
    table = planned.table
    assert isinstance(table, Cancel)
    name = stage.name_of(planned)
    actor, reservation_id = stage.driver(table.who), stage.reservations[name]
    seen: list[Seen] = []
    agreed = None
    if stage.reservation(name).state is not State.PENDING:
        priced = stage.do(PriceCancellation(actor=actor, reservation_id=reservation_id))
        seen.append(stage.seen(table.who, priced))
        if not isinstance(priced, CancellationPriced) or not table.agrees:
            return seen
        agreed = priced.refund
    outcome = stage.do(
        CancelReservation(actor=actor, reservation_id=reservation_id, agreed_refund=agreed)
    )
    return [*seen, stage.seen(table.who, outcome)]


def change(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Another window or space; what costs more is paid at once, unless the story says not."""
    table = planned.table
    assert isinstance(table, Change)
    old = stage.reservation(stage.name_of(planned)).window
    from_ = planned.from_ or old.from_
    until = planned.until or (old.until if planned.from_ is None else from_ + old.duration)
    space_id = None if table.space is None else stage.space_ids[table.space]
    # One that would end before it starts is asked for as a minute: the answer is that of the site.
    window = Window(from_, max(until, from_ + _MINUTE))
    return _change(stage, planned, window, space_id=space_id, pays=table.pays)


def extend(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """A later end, paid at once unless the story says not."""
    table = planned.table
    assert isinstance(table, Extend)
    old = stage.reservation(stage.name_of(planned)).window
    until = planned.until if table.minutes is None else old.until + table.minutes * _MINUTE
    assert until is not None
    window = Window(old.from_, max(until, old.from_ + _MINUTE))
    return _change(stage, planned, window, space_id=None, pays=table.pays)


def _change(
    stage: Stage,
    planned: PlannedEvent,
    window: Window,
    *,
    space_id: SpaceId | None,
    pays: str | None,
) -> list[Seen]:
    table = planned.table
    assert isinstance(table, DriverEvent)
    name = stage.name_of(planned)
    outcome = stage.do(
        ChangeReservation(
            actor=stage.driver(table.who),
            reservation_id=stage.reservations[name],
            window=window,
            space_id=space_id,
        )
    )
    seen = [stage.seen(table.who, outcome)]
    if isinstance(outcome, ChangeKept) and pays != "nothing":
        seen.append(_pay_change(stage, name, who=table.who, by=pays))
    return seen


def drop_change(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Give up a change that waits to be paid."""
    who, reservation_id = _whose(stage, planned)
    command = DropChange(actor=stage.driver(who), reservation_id=reservation_id)
    return [stage.seen(who, stage.do(command))]


def substitute(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Ask for other spaces and take one of them."""
    table = planned.table
    assert isinstance(table, Substitute)
    who, reservation_id = _whose(stage, planned)
    actor, attendant_id = _says(stage, table)
    found = stage.do(
        FindSubstitutes(actor=actor, attendant_id=attendant_id, reservation_id=reservation_id)
    )
    seen = [stage.seen(who, found)]
    if table.space is not None:
        space_id = stage.space_ids[table.space]
    elif isinstance(found, SubstitutesFound):
        space_id = found.substitutes[0].id
    else:
        return seen
    taken = stage.do(
        TakeSubstitute(
            actor=actor,
            attendant_id=attendant_id,
            reservation_id=reservation_id,
            space_id=space_id,
        )
    )
    return [*seen, stage.seen(who, taken)]


def accept_displacement(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """There is no other space: take the money back."""
    table = planned.table
    assert isinstance(table, CannotPark)
    who, reservation_id = _whose(stage, planned)
    actor, attendant_id = _says(stage, table)
    command = AcceptDisplacement(
        actor=actor, attendant_id=attendant_id, reservation_id=reservation_id
    )
    return [stage.seen(who, stage.do(command))]


def _says(stage: Stage, table: CannotPark) -> tuple[Actor, AttendantId | None]:
    """Who says that the space cannot be used: the driver, or an attendant who has looked."""
    if table.attendant:
        return CLERK, stage.attendant_id
    return stage.driver(table.who), None


def show_ticket(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """What the ticket in the driver's hand stands for now."""
    who, _ = _whose(stage, planned)
    ticket = stage.tickets.get(stage.name_of(planned))
    if ticket is None:
        return [Seen(who, "no-ticket", {})]
    lane = stage.lane(None, Direction.ENTRY)
    command = ShowTicket(actor=stage.driver(who), lane=lane, code=ticket.text)
    return [stage.seen(who, stage.do(command))]


def show_wallet(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The balance of the driver's wallet."""
    table = planned.table
    assert isinstance(table, WalletEvent)
    proof = stage.people.pass_of(table.who)
    command = ShowWallet(actor=stage.driver(table.who), pass_code=proof.pass_code, pin=proof.pin)
    return [stage.seen(table.who, stage.do(command))]


def find_tickets(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The good tickets of the driver's wallet."""
    table = planned.table
    assert isinstance(table, WalletEvent)
    proof = stage.people.pass_of(table.who)
    command = FindTickets(actor=stage.driver(table.who), pass_code=proof.pass_code, pin=proof.pin)
    return [stage.seen(table.who, stage.do(command))]


def _whose(stage: Stage, planned: PlannedEvent) -> tuple[str, ReservationId]:
    table = planned.table
    assert isinstance(table, DriverEvent)
    return table.who, stage.reservations[stage.name_of(planned)]
