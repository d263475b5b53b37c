"""What owners share: an offer is written down, proved, shared, paused, changed and withdrawn.

Paid reservations stand whatever becomes of an offer; ending them is the business of recall.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from kiosk.domain.life_outcomes import OfferMade, OfferMoved, OfferRefused
from kiosk.domain.offer import (
    OFFER_TRANSITIONS,
    Offer,
    OfferEvent,
    OfferState,
    OfferTerms,
    OfferTimes,
    offer_problems,
)
from kiosk.domain.outcomes import NotSignedIn
from kiosk.domain.time import Window, merged
from kiosk.services import limits
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.events import SiteChanged
from kiosk.services.library import renew_space
from kiosk.services.tariffs import problem_of_version, stored_tariff
from kiosk.services.terms_text import terms_change

if TYPE_CHECKING:
    from datetime import date

    from db.store import Tx
    from kiosk.domain.ids import OwnerId, SpaceId
    from kiosk.domain.tariff import Tariff
    from kiosk.services.core import Core
    from kiosk.services.life_commands import (
        MoveOffer,
        OfferSpace,
        SetOfferTerms,
        SetOfferTimes,
    )

_SITE_FILE = Actor(ActorKind.CLOCK, "site file")
_PROOFS = frozenset({OfferEvent.PROOF_ACCEPTED, OfferEvent.PROOF_REFUSED})
_IN_FORCE = frozenset({OfferState.APPROVED, OfferState.PAUSED})
_DONE_TO = {
    OfferEvent.HANDED_IN: "handed in",
    OfferEvent.PROOF_ACCEPTED: "approved",
    OfferEvent.PROOF_REFUSED: "refused",
    OfferEvent.PAUSED: "paused",
    OfferEvent.RESUMED: "resumed",
    OfferEvent.WITHDRAWN: "withdrawn",
}
"""The events as owners and attendants know them."""
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def offer_space(core: Core, command: OfferSpace) -> OfferMade | OfferRefused:
    """Write a draft down; OfferRefused names everything that is wrong, and nothing is written."""
    with core.store.transaction() as tx:
        space = tx.library.space(command.space_id)
        problems = (
            *_problem_of_owner(tx, command.space_id, command.owner_id),
            *problems_of_times(core, command.times),
            *problems_of_terms(core, command.terms),
        )
        if problems:
            return OfferRefused(problems)
        offer_id = tx.library.add_offer(
            space.id, command.times, terms=command.terms, state=OfferState.DRAFT
        )
        core.audit(
            tx, actor=command.actor, action="offer.made", detail=f"{space.label}: {offer_id}"
        )
    core.publish(SiteChanged())
    return OfferMade(offer_id)


def move_offer(core: Core, command: MoveOffer) -> OfferMoved | OfferRefused | NotSignedIn:
    """Let an event happen to an offer, as far as the table of the domain allows it.

    The owner of the space or an attendant does it; a proof is judged by an attendant alone.
    """
    if _is_nobody(core, command):
        return NotSignedIn()
    with core.store.transaction() as tx:
        offer = tx.library.offer(command.offer_id)
        if offer is None:
            return OfferRefused((f"there is no offer {command.offer_id}",))
        if command.attendant_id is None and command.owner_id is not None:
            problem = _problem_of_owner(tx, offer.space_id, command.owner_id)
            if problem:
                return OfferRefused(problem)
        after = OFFER_TRANSITIONS.get((offer.state, command.event))
        if after is None:
            return OfferRefused((_not_now(offer, command.event),))
        other = tx.library.offer_in_force(offer.space_id)
        if after in _IN_FORCE and other is not None and other.id != offer.id:
            label = tx.library.space(offer.space_id).label
            words = f"{label} has offer {other.id} in force already: withdraw that one first"
            return OfferRefused((words,))
        tx.library.set_offer_state(offer.id, after)
        if _IN_FORCE & {offer.state, after}:
            renew_space(core, tx, offer.space_id)
        action = f"offer.{command.event.value.replace('-', '_')}"
        _audit(core, tx, command.actor, action=action, offer=offer)
    core.publish(SiteChanged())
    return OfferMoved(offer.id, after.value)


def set_offer_times(core: Core, command: SetOfferTimes) -> OfferMoved | OfferRefused:
    """Other times for an offer that is not withdrawn; the space is idle by them at once."""
    with core.store.transaction() as tx:
        offer = tx.library.offer(command.offer_id)
        if offer is None:
            return OfferRefused((f"there is no offer {command.offer_id}",))
        problems = (
            *_problems_of_change(tx, offer, command.owner_id),
            *problems_of_times(core, command.times),
        )
        if problems:
            return OfferRefused(problems)
        tx.library.set_offer_times(offer.id, command.times)
        if offer.state in _IN_FORCE:
            renew_space(core, tx, offer.space_id)
        _audit(core, tx, command.actor, action="offer.times_set", offer=offer)
    core.publish(SiteChanged())
    return OfferMoved(offer.id, offer.state.value)


def set_offer_terms(core: Core, command: SetOfferTerms) -> OfferMoved | OfferRefused | NotSignedIn:
    """Other terms for an offer that is not withdrawn, for all that is reserved from now on.

    A tariff that has not begun, has ended, or changes prices under a version in use is refused.
    NotSignedIn when price or split of an offer in force would change without an attendant: what
    was approved is not changed behind whoever approves.
    """
    today = core.clock.now().astimezone(core.site.zone).date()
    tariff, terms = command.tariff, command.terms
    with core.store.transaction() as tx:
        offer = tx.library.offer(command.offer_id)
        if offer is None:
            return OfferRefused((f"there is no offer {command.offer_id}",))
        if _is_nobody_for_terms(core, command, offer):
            return NotSignedIn()
        problems = (
            *_problems_of_change(tx, offer, command.owner_id),
            *problems_of_terms(core, terms),
            *(_problems_of_tariff(tx, tariff, today=today) if tariff is not None else ()),
        )
        if problems:
            return OfferRefused(problems)
        if tariff is not None:
            terms = replace(terms, tariff_id=stored_tariff(tx, tariff))
        if command.split_terms is not None:
            split_terms_id = tx.library.add_split_terms(command.split_terms)
            terms = replace(terms, split_terms_id=split_terms_id)
        tx.library.set_offer_terms(offer.id, terms)
        if offer.state in _IN_FORCE:
            renew_space(core, tx, offer.space_id)
        space = tx.library.space(offer.space_id)
        change = terms_change(tx, space.area_id, before=offer.terms, after=terms)
        detail = f"{space.label}: {offer.id}: {change}"
        core.audit(tx, actor=command.actor, action="offer.terms_set", detail=detail)
    core.publish(SiteChanged())
    return OfferMoved(offer.id, offer.state.value)


def _problems_of_tariff(tx: Tx, tariff: Tariff, *, today: date) -> tuple[str, ...]:
    if tariff.valid_from is not None and tariff.valid_from > today:
        return (f"{tariff.code} {tariff.version} begins on {tariff.valid_from}: not sold yet",)
    problem = problem_of_version(tx, tariff, today=today)
    return () if problem is None else (problem,)


def problems_of_times(core: Core, times: OfferTimes) -> tuple[str, ...]:
    """Everything that is wrong with times at this site now, in the words of their owner."""
    every = (*times.windows, *times.needed)
    repeating = sum(window.repeats is not None for window in every)
    counted = len(every) + len(times.blackouts)
    if counted > limits.OFFER_MOST_WINDOWS:
        most = limits.OFFER_MOST_WINDOWS
        return (f"has {counted} windows, needs and blackouts; an offer has {most} at most",)
    if repeating > limits.OFFER_MOST_REPEATING:
        most = limits.OFFER_MOST_REPEATING
        return (f"{repeating} windows and needs repeat; in an offer {most} may at most",)
    zone = core.site.zone
    today = core.clock.now().astimezone(zone).date()
    return offer_problems(times, zone=zone, today=today)


def problems_of_terms(core: Core, terms: OfferTerms) -> tuple[str, ...]:
    """Everything that is wrong with the terms of an offer at this site."""
    rules = core.site.rules
    shortest = terms.shortest if terms.shortest is not None else _MINUTE
    longest = terms.longest if terms.longest is not None else rules.longest_stay
    problems: list[str] = []
    if min(terms.notice, shortest - _MINUTE, longest - _MINUTE) < timedelta():
        problems.append("the shortest and the longest stay are a minute at least, the notice 0")
    if any(each.seconds % 60 or each.microseconds for each in (terms.notice, shortest, longest)):
        problems.append("the notice, the shortest and the longest stay should be whole minutes")
    if longest > rules.longest_stay:
        problems.append(
            f"the longest stay is {_minutes(longest)}: the site allows "
            f"{_minutes(rules.longest_stay)}"
        )
    if _MINUTE <= longest < rules.minimum_stay:
        problems.append(
            f"the longest stay is {_minutes(longest)}: the shortest at this site is "
            f"{_minutes(rules.minimum_stay)}"
        )
    if shortest > longest:
        problems.append(
            f"the shortest stay, {_minutes(shortest)}, is longer than the longest, "
            f"{_minutes(longest)}"
        )
    if terms.notice + shortest > rules.booking_ahead:
        problems.append(
            f"the notice is {_minutes(terms.notice)}: reservations end "
            f"{rules.booking_ahead.days} days ahead at the latest, so nobody could make one"
        )
    return tuple(problems)


def sync_holidays(core: Core) -> bool:
    """Take over the holidays of the site file, and renew the idle time of the days that differ.

    For the start of a site; False when they were these already. Paid reservations stand.
    """
    with core.store.transaction() as tx:
        differing = tx.library.holidays() ^ core.site.holidays
        if not tx.library.set_holidays(core.site.holidays):
            return False
        for space in tx.library.spaces():
            offer = tx.library.offer_in_force(space.id)
            if offer is not None and offer.times.skips_holidays:
                _renew_days(core, tx, offer, [datetime.combine(day, time()) for day in differing])
        days = ", ".join(day.isoformat() for day in sorted(differing))
        core.audit(tx, actor=_SITE_FILE, action="holidays.changed", detail=days)
    return True


def _renew_days(core: Core, tx: Tx, offer: Offer, midnights: list[datetime]) -> None:
    """Derive anew what begins on some local days, to the end of the longest window."""
    now, buffer, zone = core.clock.now(), core.site.rules.buffer, core.site.zone
    ahead = Window(now - _DAY, now + timedelta(days=limits.GAP_HORIZON_DAYS))
    lengths = (window.span.ends - window.span.starts for window in offer.times.windows)
    longest = max(lengths, default=_DAY)
    begins = (midnight.replace(tzinfo=zone).astimezone(UTC) for midnight in midnights)
    # A second day more, because a day of the site can have 25 hours.
    spans = (Window(begin, begin + longest + 2 * _DAY).inside(ahead) for begin in begins)
    for span in merged(span for span in spans if span is not None):
        tx.library.renew_gaps(offer.space_id, span, zone=zone, buffer=buffer)


def _is_nobody(core: Core, command: MoveOffer) -> bool:
    """Whether neither an owner nor an attendant who may do this stands behind a command."""
    if command.attendant_id is not None:
        return command.attendant_id not in core.signed_in
    return command.owner_id is None or command.event in _PROOFS


def _is_nobody_for_terms(core: Core, command: SetOfferTerms, offer: Offer) -> bool:
    """Whether nobody who may change these terms of this offer stands behind a command."""
    if command.attendant_id is not None:
        return command.attendant_id not in core.signed_in
    terms = command.terms
    is_other_money = (
        command.tariff is not None
        or command.split_terms is not None
        or terms.tariff_id != offer.terms.tariff_id
        or terms.split_terms_id != offer.terms.split_terms_id
    )
    return command.owner_id is None or (is_other_money and offer.state in _IN_FORCE)


def _problem_of_owner(tx: Tx, space_id: SpaceId, owner_id: OwnerId) -> tuple[str, ...]:
    space = tx.library.space(space_id)
    return () if space.owner_id == owner_id else (f"{space.label} belongs to another owner",)


def _problems_of_change(tx: Tx, offer: Offer, owner_id: OwnerId | None) -> tuple[str, ...]:
    """Why an owner, or an attendant (None), may not change this offer; empty: may."""
    problem = () if owner_id is None else _problem_of_owner(tx, offer.space_id, owner_id)
    if offer.state is OfferState.WITHDRAWN:
        return (f"offer {offer.id} is withdrawn: make a new one", *problem)
    return problem


def _not_now(offer: Offer, event: OfferEvent) -> str:
    allowed = [_DONE_TO[each] for state, each in OFFER_TRANSITIONS if state is offer.state]
    can = f"it can be {' or '.join(allowed)}" if allowed else "it stays so"
    state = offer.state.value.replace("-", " ")
    return f"offer {offer.id} is {state} and cannot be {_DONE_TO[event]}: {can}"


def _audit(core: Core, tx: Tx, actor: Actor, *, action: str, offer: Offer) -> None:
    label = tx.library.space(offer.space_id).label
    core.audit(tx, actor=actor, action=action, detail=f"{label}: {offer.id}")


def _minutes(duration: timedelta) -> str:
    return f"{duration // _MINUTE} minutes"
