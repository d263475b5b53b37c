"""An owner wants a space back for a window: its price first, then all of it at once.

Who had reserved it gets another space at no cost, or all money back and a compensation from the
owner on top (parking.md, Reservation and stay). Choosing other spaces is reseat.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from kiosk.domain import journals, ledger
from kiosk.domain.ledger import Journal
from kiosk.domain.life_outcomes import (
    OfferRefused,
    Recalled,
    RecallImpossible,
    RecallItem,
    RecallPriced,
    WindowInThePast,
)
from kiosk.domain.money import Money, half_up
from kiosk.domain.offer import LONGEST_WINDOW, LocalSpan
from kiosk.domain.reservation import Event, State
from kiosk.domain.time import Window
from kiosk.services.closures import renew_within_horizon
from kiosk.services.ending import end_reservation, has_had_its_stay, stay_away
from kiosk.services.events import SiteChanged
from kiosk.services.moves import forget_changes_on, is_elsewhere, is_inside, not_come_yet
from kiosk.services.reseat import reseat

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from db.store import Tx
    from kiosk.domain.ids import OwnerId
    from kiosk.domain.reservation import Reservation
    from kiosk.domain.space import Space
    from kiosk.services.commands import Actor
    from kiosk.services.core import Core
    from kiosk.services.life_commands import PriceRecall, RecallSpace

_MINUTE = timedelta(minutes=1)
_FULL_BP = 10_000

RecallProblem = RecallImpossible | OfferRefused | WindowInThePast


class _NotAgreed(Exception):
    """The owner has not agreed to this price: everything is undone."""

    def __init__(self, priced: RecallPriced) -> None:
        super().__init__(priced)
        self.priced = priced


def price_recall(core: Core, command: PriceRecall) -> RecallPriced | RecallProblem:
    """What taking the space back would cost: it is done, looked at, and undone again.

    So the price is exactly that of the recall itself.
    """
    done = _recall(core, command, agreed_cost=None)
    assert not isinstance(done, Recalled), "nobody has agreed"
    return done


def recall_space(core: Core, command: RecallSpace) -> Recalled | RecallPriced | RecallProblem:
    """Take the space back at the agreed cost; at any other one nothing is done."""
    done = _recall(core, command, agreed_cost=command.agreed_cost)
    if isinstance(done, Recalled):
        core.publish(SiteChanged())
    return done


def _recall(
    core: Core, command: PriceRecall | RecallSpace, *, agreed_cost: Money | None
) -> Recalled | RecallPriced | RecallProblem:
    now = core.clock.now()
    span = span_around(command.window, core.site.zone)
    window = span.at(core.site.zone)
    if window is None or window.until <= now:
        return WindowInThePast(now)
    try:
        with core.store.transaction() as tx:
            space = tx.library.space(command.space_id)
            problem = _problem(core, tx, space, window, owner_id=command.owner_id)
            if problem is not None:
                return problem
            _share_no_more(core, tx, space, span, window)
            items = _give_others(core, tx, space, window, actor=command.actor)
            cost = sum((each.compensation for each in items), Money.zero(core.site.currency))
            if cost != agreed_cost:
                raise _NotAgreed(RecallPriced(space, window, items, cost))
            core.audit(
                tx,
                actor=command.actor,
                action="space.recalled",
                detail=f"{space.label}: {len(items)} reservations, {cost.minor}",
            )
    except _NotAgreed as undone:
        return undone.priced
    return Recalled(space, window, items, cost)


def _problem(
    core: Core, tx: Tx, space: Space, window: Window, *, owner_id: OwnerId
) -> RecallProblem | None:
    """Why the owner cannot have the space back for this window."""
    if space.owner_id != owner_id:
        return OfferRefused((f"{space.label} belongs to another owner",))
    if window.duration > LONGEST_WINDOW:
        return OfferRefused((f"a recall takes {LONGEST_WINDOW.days} days at most",))
    now = core.clock.now()
    live = tx.reservations.of_space(space.id, Window(now, window.until))
    is_shared = tx.library.offer_in_force(space.id) is not None
    if not is_shared and not any(each.window.overlaps(window) for each in live):
        return OfferRefused((f"{space.label} is not shared: it is the owner's already",))
    cars = (*tx.reservations.inside_on(space.id), *(each for each in live if is_inside(tx, each)))
    gone_at = [_gone_at(core, each) for each in cars if not is_elsewhere(tx, each)]
    if not gone_at or window.from_ >= max(gone_at):
        return None
    return RecallImpossible(space, _up_to_minute(max(gone_at)))


def _gone_at(core: Core, car: Reservation) -> datetime:
    """Until when a car has a right to stand there; a late one is waited for a while more."""
    now = core.clock.now()
    return car.window.until if now < car.window.until else now + core.site.rules.reseat_ahead


def _share_no_more(core: Core, tx: Tx, space: Space, span: LocalSpan, window: Window) -> None:
    """The window becomes a blackout of the offer, if one is in force, approved or paused."""
    offer = tx.library.offer_in_force(space.id)
    if offer is not None and span not in offer.times.blackouts:
        times = replace(offer.times, blackouts=(*offer.times.blackouts, span))
        tx.library.set_offer_times(offer.id, times)
    forget_changes_on(core, tx, space.id, window)
    renew_within_horizon(core, tx, space.id, window)


def _give_others(
    core: Core, tx: Tx, space: Space, window: Window, *, actor: Actor
) -> tuple[RecallItem, ...]:
    """Another space for everyone who had reserved, else the money back and a compensation."""
    nothing = Money.zero(core.site.currency)
    from_ = max(window.from_, core.clock.now())
    affected = not_come_yet(tx, space.id, Window(from_, window.until))
    reseating = reseat(core, tx, affected, why="recalled by the owner", actor=actor)
    items = [
        RecallItem(
            moved.ticket.reservation_id,
            moved.ticket.window,
            substitute=moved.ticket.space.id,
            refund=nothing,
            compensation=nothing,
        )
        for moved in reseating.moved
    ]
    for each in reseating.left_over:
        if has_had_its_stay(tx, each):
            stay_away(core, tx, each, actor=actor)
            continue
        compensation = nothing
        if each.state is State.CONFIRMED:
            bp = core.site.rules.recall_compensation_bp
            compensation = Money(half_up(each.quote.minor * bp, _FULL_BP), each.quote.currency)
        refund = end_reservation(
            core, tx, each, event=Event.OWNER_RECALLED, fee=nothing, kind="owner-recall"
        )
        _compensate(core, tx, each, compensation, owner_id=space.owner_id)
        core.audit(
            tx,
            actor=actor,
            action="reservation.recalled",
            detail=str(compensation.minor),
            reservation_id=each.id,
        )
        items.append(
            RecallItem(
                each.id, each.window, substitute=None, refund=refund, compensation=compensation
            )
        )
    return tuple(sorted(items, key=lambda item: (item.window.from_, item.reservation_id)))


def _compensate(
    core: Core, tx: Tx, reservation: Reservation, compensation: Money, *, owner_id: OwnerId
) -> None:
    """The owner owes it, even below zero; a wallet has it at once, a desk pays it in cash."""
    if not compensation:
        return
    transfers = journals.compensated_by_owner(reservation.id, owner_id, compensation)
    if reservation.driver_id is not None:
        wallet = ledger.wallet(reservation.driver_id)
        transfers += journals.refund_paid(reservation.id, account=wallet, amount=compensation)
    kind = journals.COMPENSATION
    journal = Journal(f"{kind}:{reservation.id}", kind, transfers, reservation.id)
    assert tx.ledger.post(journal, core.clock.now()), "a reservation is recalled once"


def span_around(window: Window, zone: ZoneInfo) -> LocalSpan:
    """The shortest span of whole minutes on the clock of the site that covers a window.

    An hour that the clocks show twice is said once, and meant is its first time: a window that
    begins in the second one is widened to begin in the first, and one that ends there ends
    where the clock says something new.
    """
    starts = window.from_.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0, fold=0)
    until = window.until.astimezone(zone).replace(tzinfo=None, fold=0)
    ends = _up_to_minute(until)
    while ends.replace(tzinfo=zone).astimezone(UTC) < window.until:
        ends += _MINUTE
    return LocalSpan(starts, ends)


def _up_to_minute(at: datetime) -> datetime:
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + _MINUTE
