"""`kiosk offer`: offers are listed, and an event happens to one; taking back is owners_recall.py.

Which event is allowed when, and who may cause it, is decided in kiosk.services.offers.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, assert_never

from kiosk.app.attendant_pin import attendant_and_pin, signed_in
from kiosk.app.config import read_site_file
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, REFUSED
from kiosk.app.import_calendar import core_at_rest, space_of
from kiosk.app.offer_words import terms_words, times_lines, words_of
from kiosk.domain.life_outcomes import OfferMoved, OfferRefused
from kiosk.domain.offer import LONGEST_WINDOW, OFFER_TRANSITIONS, Offer, OfferEvent, OfferState
from kiosk.domain.outcomes import NotSignedIn
from kiosk.domain.reservation import State
from kiosk.domain.time import Window
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.life_commands import MoveOffer
from kiosk.services.offers import move_offer

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import OwnerId
    from kiosk.domain.space import Space
    from kiosk.services.core import Core

_EVENTS = {
    "hand-in": OfferEvent.HANDED_IN,
    "approve": OfferEvent.PROOF_ACCEPTED,
    "refuse": OfferEvent.PROOF_REFUSED,
    "pause": OfferEvent.PAUSED,
    "resume": OfferEvent.RESUMED,
    "withdraw": OfferEvent.WITHDRAWN,
}
_STILL_COMES = frozenset({State.PENDING, State.CONFIRMED})


def list_offers(options: argparse.Namespace) -> int:
    """Print every offer that is not withdrawn, or all of one space; of a running site too."""
    file = read_site_file(options.site)
    with core_at_rest(file, options.db, is_dry_run=True) as core, core.store.reading() as tx:
        spaces = [space for space in tx.library.spaces() if options.space in {None, space.label}]
        if not spaces:
            raise ConfigError(f"--space {options.space}: there is no such space")
        names = tx.library.owner_names()
        for space in spaces:
            offers = tx.library.offers(space.id)
            if options.space is None:
                offers = tuple(each for each in offers if each.state is not OfferState.WITHDRAWN)
            print("\n".join(_lines(core, tx, space, offers, owner=names[space.owner_id])))
    return DONE


def _lines(
    core: Core, tx: Tx, space: Space, offers: tuple[Offer, ...], *, owner: str
) -> Iterator[str]:
    now = core.clock.now()
    live = tx.reservations.of_space(space.id, Window(now, now + LONGEST_WINDOW))
    ahead = sum(each.state in _STILL_COMES for each in live)
    reserved = "1 reservation ahead" if ahead == 1 else f"{ahead} reservations ahead"
    states = ", ".join(f"offer {each.id} {words_of(each.state.value)}" for each in offers)
    yield f"{space.label:<8}{owner}: {states or 'no offer'}; {reserved}"
    now_local = now.astimezone(core.site.zone).replace(tzinfo=None)
    for each in offers:
        if each.state is OfferState.WITHDRAWN:
            continue
        for line in times_lines(each.times, now_local=now_local):
            yield f"        {line}"
        yield f"        {'terms':<12}{terms_words(each.terms)}"


def move_offer_of(options: argparse.Namespace) -> int:
    """Let the event of the command line happen to the offer of a space that it fits.

    ConfigError for a space that is not known or a PIN that cannot be read; StoreBusy while the
    site is at work.
    """
    file, event = read_site_file(options.site), _EVENTS[options.move]
    attendant = attendant_and_pin(options)
    with core_at_rest(file, options.db, is_dry_run=False) as core:
        with core.store.reading() as tx:
            space, owner = space_and_owner(tx, options)
            offer = _fitting(tx, space, event)
        if offer is None:
            return refused(f"{space.label}: has no offer; `kiosk import calendar` makes a draft")
        if attendant is None:
            command = MoveOffer(
                actor=Actor(ActorKind.OWNER, owner),
                offer_id=offer.id,
                event=event,
                owner_id=space.owner_id,
            )
        else:
            actor, pin = attendant
            attendant_id = signed_in(core, actor, pin)
            if isinstance(attendant_id, str):
                return refused(attendant_id)
            command = MoveOffer(
                actor=actor, offer_id=offer.id, event=event, attendant_id=attendant_id
            )
        outcome = move_offer(core, command)
    match outcome:
        case OfferMoved(offer_id, state):
            print(f"{space.label}: offer {offer_id} is {words_of(state)} now.")
            return DONE
        case OfferRefused(problems):
            return refused(*(f"{space.label}: {problem}" for problem in problems))
        case NotSignedIn():
            raise AssertionError("an attendant has signed in, or it is the owner's to say")
        case _:
            assert_never(outcome)


def space_and_owner(tx: Tx, options: argparse.Namespace) -> tuple[Space, str]:
    """The space that is meant, and whose it is; ConfigError when --owner says otherwise."""
    asking: OwnerId | None = None
    if options.owner is not None:
        asking = tx.library.owner_named(options.owner)
        if asking is None:
            raise ConfigError(f"--owner {options.owner}: nobody with this name has a space")
    space = space_of(tx, options.space, owner_id=asking)
    if asking not in {None, space.owner_id}:
        raise ConfigError(f"--owner {options.owner}: {space.label} belongs to another owner")
    return space, tx.library.owner_names()[space.owner_id]


def refused(*lines: str) -> int:
    """Say why nothing was done."""
    print("\n".join(lines), file=sys.stderr)
    return REFUSED


def _fitting(tx: Tx, space: Space, event: OfferEvent) -> Offer | None:
    """The offer in force, else the latest one, to which the event can happen.

    Where it can happen to none, the latest one: the services then say what it could be.
    """
    in_force, offers = tx.library.offer_in_force(space.id), tx.library.offers(space.id)
    in_order = (*((in_force,) if in_force is not None else ()), *reversed(offers))
    fitting = (each for each in in_order if (each.state, event) in OFFER_TRANSITIONS)
    return next(fitting, next(iter(in_order), None))
