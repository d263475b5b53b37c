"""`kiosk import calendar`: an owner's calendar becomes the times of an offer, whole or not at all.

What its events mean is decided in kiosk.services.calendars; here are the file, the store and what
is printed.
"""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kiosk.app.audit_key import audit_key
from kiosk.app.clocks import SystemClock
from kiosk.app.config import SiteFile, read_site_file
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, REFUSED
from kiosk.app.offer_words import replaced_lines, window_text, words_of
from kiosk.app.places import folders_of
from kiosk.app.site_store import open_site_store
from kiosk.domain.key_ring import KeyRing
from kiosk.domain.life_outcomes import OfferMade, OfferMoved, OfferRefused
from kiosk.domain.offer import USUAL_TERMS, Offer, OfferState, OfferTimes
from kiosk.domain.ticket import TicketKey
from kiosk.services import limits
from kiosk.services.audit_heads import HeadsFiles
from kiosk.services.calendars.events import Kind
from kiosk.services.calendars.read import OwnersCalendar, read_calendar, times_with
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.core import Core
from kiosk.services.life_commands import OfferSpace, SetOfferTimes
from kiosk.services.offers import offer_space, problems_of_times, set_offer_times
from kiosk.services.pins import ArgonPins
from kiosk.services.published_records import CannotSay
from kiosk.services.refused import CalendarRefused

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.evidence import Head
    from kiosk.domain.ids import OwnerId
    from kiosk.domain.space import Space

_WORDS = {Kind.WINDOW: "shared", Kind.BLACKOUT: "not shared", Kind.NEED: "needed"}


def import_calendar(options: argparse.Namespace) -> int:
    """Do what the command line asks for; REFUSED, with nothing written, when an event is.

    CalendarRefused for a file that is no calendar; ConfigError for a space or an owner that is
    not known; StoreBusy while the site is at work.
    """
    file = read_site_file(options.site)
    with core_at_rest(file, options.db, is_dry_run=options.dry_run) as core:
        now_local = core.clock.now().astimezone(core.site.zone).replace(tzinfo=None)
        today = now_local.date()
        with core.store.reading() as tx:
            owner_id = tx.library.owner_named(options.owner)
            if owner_id is None:
                raise ConfigError(f"--owner {options.owner}: nobody with this name has a space")
            space = space_of(tx, options.space, owner_id=owner_id)
            offer = offer_of(tx, space)
        try:
            raw = _content(options.file)
            calendar = read_calendar(raw, zone=core.site.zone, today=today, is_busy=options.busy)
        except CannotSay as reason:
            raise CalendarRefused([f"{options.file}: {reason}"]) from reason
        print("\n".join(_lines(options.file, calendar)))
        if calendar.refused:
            print("Nothing was written.")
            return REFUSED
        if options.busy and offer is None:
            print(f"{space.label}: is not shared yet; import when it is shared first")
            return REFUSED
        before = offer.times if offer is not None else None
        times = times_with(calendar, before, is_busy=options.busy, today=today)
        if before is not None:
            for line in replaced_lines(before, times, now_local=now_local):
                print(f"  replaces   {line}")
        return _written(core, options, times=times, space=space, offer=offer, owner_id=owner_id)


def space_of(tx: Tx, label: str, *, owner_id: OwnerId | None) -> Space:
    """The space with this label; where several areas have it, the one of this owner."""
    found = [space for space in tx.library.spaces() if space.label == label]
    if not found:
        raise ConfigError(f"--space {label}: there is no such space")
    own = [space for space in found if space.owner_id == owner_id]
    if len(found) > 1 and len(own) != 1:
        raise ConfigError(f"--space {label}: {len(found)} spaces have this label")
    return own[0] if own else found[0]


def offer_of(tx: Tx, space: Space) -> Offer | None:
    """The offer in force, else the latest one that can still come into force."""
    in_force = tx.library.offer_in_force(space.id)
    if in_force is not None:
        return in_force
    waiting = {OfferState.DRAFT, OfferState.AWAITING_PROOF}
    return next(
        (each for each in tx.library.offers(space.id)[::-1] if each.state in waiting), None
    )


def _written(
    core: Core,
    options: argparse.Namespace,
    *,
    times: OfferTimes,
    space: Space,
    offer: Offer | None,
    owner_id: OwnerId,
) -> int:
    actor = Actor(ActorKind.OWNER, options.owner)
    outcome: OfferMade | OfferMoved | OfferRefused
    if options.dry_run:
        return _refused(space, _problems(core, times, space=space, owner_id=owner_id))
    if offer is None:
        # Whoever withdraws an offer and makes another keeps the price and the split.
        with core.store.reading() as tx:
            before = tx.library.offers(space.id)
        draft = OfferSpace(
            actor=actor,
            owner_id=owner_id,
            space_id=space.id,
            times=times,
            terms=before[-1].terms if before else USUAL_TERMS,
        )
        outcome = offer_space(core, draft)
    else:
        outcome = set_offer_times(
            core, SetOfferTimes(actor=actor, owner_id=owner_id, offer_id=offer.id, times=times)
        )
    match outcome:
        case OfferMade(offer_id):
            print(f"{space.label}: offer {offer_id} is written down as a draft; hand it in.")
        case OfferMoved(offer_id, state):
            print(f"{space.label}: offer {offer_id} ({words_of(state)}) has these times now.")
        case OfferRefused(problems):
            return _refused(space, problems)
    return DONE


def _problems(
    core: Core, times: OfferTimes, *, space: Space, owner_id: OwnerId
) -> tuple[str, ...]:
    """What an import would be refused for."""
    if space.owner_id != owner_id:
        return (f"{space.label} belongs to another owner",)
    return problems_of_times(core, times)


def _refused(space: Space, problems: tuple[str, ...]) -> int:
    for problem in problems:
        print(f"{space.label}: {problem.removeprefix(f'{space.label} ')}", file=sys.stderr)
    print("Nothing was written.")
    return REFUSED if problems else DONE


def _content(path: Path) -> bytes:
    """The file, and one byte more than is allowed where it is longer: no more is read."""
    with path.open("rb") as file:
        return file.read(limits.CALENDAR_LONGEST_BYTES + 1)


@contextmanager
def core_at_rest(file: SiteFile, database: str | None, *, is_dry_run: bool) -> Iterator[Core]:
    """A site's store with its rules and a clock, without lanes, payments or tickets.

    For the command line: StoreBusy while the site is at work, unless nothing is to be written.
    What was written is signed at the end: days may pass before the site signs its next head.
    """
    folders = folders_of(database, site_number=file.site.number)
    site = file.to_site()
    store = open_site_store(folders.database, site, read_only=is_dry_run)
    try:
        core = Core(
            site=site,
            store=store,
            clock=SystemClock(),
            ticket_keys=KeyRing.of(TicketKey(1, secrets.token_bytes(32))),
            pins=ArgonPins(),
            random_code=_never,
            publish=lambda _event: None,
            print_paper=_never,
            run_payment=_never,
            post=_never,
        )
        if is_dry_run:
            yield core
            return
        # A key that cannot be believed is refused before anything is written.
        paths, key = (folders.audit_heads, *file.audit.heads_files()), audit_key(folders.audit_key)
        before = _head(core)
        yield core
        if _head(core) != before:
            HeadsFiles(core, paths, key=key).sign("command")
    finally:
        store.close()


def _head(core: Core) -> Head:
    with core.store.reading() as tx:
        return tx.audit.head()


def _never(*_arguments: object) -> NoReturn:
    raise AssertionError("the command line neither sells nor prints")


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _lines(path: Path, calendar: OwnersCalendar) -> Iterator[str]:
    for taken in calendar.taken:
        yield f"  taken      {taken.what}: {_WORDS[taken.kind]} {window_text(taken.window)}"
    for refusal in calendar.left_out:
        yield f"  left out   {refusal.what}: {refusal.reason}"
    for refusal in calendar.refused:
        yield f"  refused    {refusal.what}: {refusal.reason}"
    yield (
        f"{path}: {_counted(len(calendar.taken), 'window')} taken, "
        f"{_counted(len(calendar.left_out), 'event')} left out, {len(calendar.refused):,} refused."
    )
