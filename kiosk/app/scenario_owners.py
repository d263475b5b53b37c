"""What owners do in a story: offer spaces, change what is shared, and want a space back."""

from __future__ import annotations

from kiosk.app.scenario_agenda import PlannedEvent
from kiosk.app.scenario_events import MakeOffer, OfferEvent, Recall, SetTimes
from kiosk.app.scenario_people import CLERK
from kiosk.app.scenario_site import offer_terms, offer_times
from kiosk.app.scenario_stage import Stage
from kiosk.app.scenario_tables import SharedTable
from kiosk.app.scenario_words import Seen
from kiosk.domain import offer as offers
from kiosk.domain.life_outcomes import RecallPriced
from kiosk.domain.offer import OfferTerms
from kiosk.domain.time import Window
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.life_commands import (
    MoveOffer,
    OfferSpace,
    PriceRecall,
    RecallSpace,
    SetOfferTimes,
)

_STEPS = {
    "hand-in": offers.OfferEvent.HANDED_IN,
    "approve": offers.OfferEvent.PROOF_ACCEPTED,
    "refuse": offers.OfferEvent.PROOF_REFUSED,
    "pause": offers.OfferEvent.PAUSED,
    "resume": offers.OfferEvent.RESUMED,
    "withdraw": offers.OfferEvent.WITHDRAWN,
}
_OF_THE_DESK = frozenset({"approve", "refuse"})


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
