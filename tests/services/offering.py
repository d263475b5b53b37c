"""What owners and the attendant do with offers, and what is idle of a space then."""

from __future__ import annotations

from datetime import date, time, timedelta

from kiosk.domain.ids import OfferId, OwnerId, SpaceId
from kiosk.domain.life_outcomes import OfferMade, OfferMoved, OfferRefused
from kiosk.domain.offer import USUAL_TERMS, OfferEvent, OfferTerms, OfferTimes, weekly
from kiosk.domain.outcomes import NotSignedIn
from kiosk.domain.time import Window
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.library import renew_space
from kiosk.services.life_commands import MoveOffer, OfferSpace
from tests.fakes.stage import KIM, Stage

OWNER = Actor(ActorKind.OWNER, "Nights")
ALWAYS, NIGHTS = OwnerId(1), OwnerId(2)
FIRST, SECOND = SpaceId(1), SpaceId(2)
"""The first is the space of Always, the second that of Nights (tests/data/small.toml)."""
EVERY_DAY = range(7)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MIDDAY = OfferTimes(
    (weekly(EVERY_DAY, from_local=time(11), until_local=time(17), first_day=date(2026, 6, 1)),)
)
"""At NOON, 14:00 at the site, these have begun and last for three hours more."""


def offered(
    stage: Stage,
    *,
    times: OfferTimes = MIDDAY,
    terms: OfferTerms = USUAL_TERMS,
    owner_id: OwnerId = NIGHTS,
    space_id: SpaceId = SECOND,
) -> OfferMade | OfferRefused:
    """An owner writes an offer down."""
    return stage.site.do(
        OfferSpace(actor=OWNER, owner_id=owner_id, space_id=space_id, times=times, terms=terms)
    )


def draft(stage: Stage) -> OfferId:
    """A draft of the second space."""
    made = offered(stage)
    assert isinstance(made, OfferMade), made
    return made.offer_id


def by_owner(
    stage: Stage, offer_id: OfferId, event: OfferEvent, *, owner_id: OwnerId = NIGHTS
) -> OfferMoved | OfferRefused | NotSignedIn:
    """The owner lets an event happen."""
    return stage.site.do(MoveOffer(actor=OWNER, offer_id=offer_id, event=event, owner_id=owner_id))


def by_kim(
    stage: Stage, offer_id: OfferId, event: OfferEvent
) -> OfferMoved | OfferRefused | NotSignedIn:
    """The attendant lets an event happen."""
    return stage.site.do(
        MoveOffer(actor=KIM, offer_id=offer_id, event=event, attendant_id=stage.attendant_id)
    )


def in_force(stage: Stage, space_id: SpaceId) -> OfferId:
    """The offer of a space that is in force."""
    with stage.site.core.store.reading() as tx:
        offer = tx.library.offer_in_force(space_id)
    assert offer is not None
    return offer.id


def acts(stage: Stage) -> list[tuple[str, str]]:
    """What was written down about offers, oldest first."""
    with stage.site.core.store.reading() as tx:
        latest = tx.audit.latest(50)
    return [
        (each.action, each.detail)
        for each in reversed(latest)
        if each.action.startswith(("offer.", "holidays."))
    ]


def idle(stage: Stage, space_id: SpaceId, hours: int = 24) -> list[str]:
    """The idle time of a space from now on, on the clock of the site."""
    zone = stage.site.core.site.zone
    span = Window(stage.now, stage.now + hours * HOUR)
    with stage.site.core.store.reading() as tx:
        gaps = tx.library.gaps(space_id, span)
    cut = [gap.inside(span) for gap in gaps]
    return [
        f"{gap.from_.astimezone(zone):%d %H:%M} to {gap.until.astimezone(zone):%d %H:%M}"
        for gap in cut
        if gap is not None
    ]


def is_as_if_made_anew(stage: Stage) -> bool:
    """Whether the idle time that was kept is what all offers and commitments give."""
    kept = stage.gaps()
    core = stage.site.core
    with core.store.transaction() as tx:
        for space in tx.library.spaces():
            renew_space(core, tx, space.id)
    return stage.gaps() == kept
