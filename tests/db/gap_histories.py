"""Random lives of two spaces: each step is told to the database and to an oracle beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from db.store import Tx
from kiosk.domain.ids import OfferId, ReservationId, SpaceId
from kiosk.domain.offer import OfferState
from kiosk.domain.reservation import Event, PendingChange
from kiosk.domain.time import Window, from_epoch
from tests.db.conftest import AHEAD, Site, euro
from tests.db.gap_oracle import (
    DAY,
    DAYS,
    MINUTE,
    Kept,
    Oracle,
    Promise,
    Weekly,
    first_shown,
    minute_of,
)

FIRST_DAYS = (date(2026, 3, 28), date(2026, 10, 24), date(2026, 6, 1))
"""Both changes of the clocks in Europe in 2026, and days without one."""
ZONES = (ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London"))


class GapHistory:
    """Two spaces whose idle time is kept by the database and counted by the oracle."""

    def __init__(self, site: Site, tx: Tx, random: Random) -> None:
        self.site, self.tx, self.random = site, tx, random
        self.spaces = [site.add_space(tx, f"history {number}") for number in (1, 2)]
        promises: dict[int, Promise] = {
            space: Promise([self._weekly() for _ in range(random.randint(1, 3))])
            for space in self.spaces
        }
        for promise in promises.values():
            promise.skips_holidays = random.random() < 0.5
        self.oracle = Oracle(
            random.choice(ZONES), random.choice(FIRST_DAYS), random.choice((0, 15)), promises
        )
        self.offers: dict[int, OfferId] = {}
        self.counts: dict[str, int] = {}
        tx.library.set_holidays(frozenset())
        for space in self.spaces:
            self._offer_anew(space)

    def steps(self, count: int) -> None:
        """So many random steps, each looked at by both."""
        for _ in range(count):
            step = self.random.choice(STEPS)
            if step(self):
                name = step.__name__
                self.counts[name] = self.counts.get(name, 0) + 1
            self.compare()
        kept = [self.gaps(space) for space in self.spaces]
        for space in self.spaces:
            self.renew(space, self.span)
        assert [self.gaps(space) for space in self.spaces] == kept, "rebuilt equals kept"

    def compare(self) -> None:
        """The gaps of the database are those that counting gives, each apart from the next."""
        for space in self.spaces:
            gaps = self.gaps(space)
            assert gaps == self.oracle.runs(space)
            assert all(one[1] < two[0] for one, two in pairwise(gaps)), "merged"

    # -- what the program is told

    @property
    def span(self) -> Window:
        """What is built."""
        oracle = self.oracle
        return self.window((oracle.midnight(oracle.first_day), oracle.midnight(oracle.last_day)))

    def window(self, minutes: tuple[int, int]) -> Window:
        """Minutes as the program names them."""
        return Window(from_epoch(minutes[0] * 60), from_epoch(minutes[1] * 60))

    def renew(self, space: SpaceId, span: Window) -> None:
        """Derive a span of a space anew."""
        self.tx.library.renew_gaps(space, span, zone=self.oracle.zone, buffer=self.buffer)

    def around(self, space: SpaceId, minutes: tuple[int, int]) -> None:
        """A commitment of a space came or went: as services/library.py says it."""
        self.renew(space, self.window(minutes).widened(self.buffer))

    @property
    def buffer(self) -> timedelta:
        """What is kept between commitments."""
        return MINUTE * self.oracle.buffer

    def gaps(self, space: SpaceId) -> list[tuple[int, int]]:
        """The gaps of the database within what is built, in minutes."""
        found = (gap.inside(self.span) for gap in self.tx.library.gaps(space, self.span))
        return [(minute_of(gap.from_), minute_of(gap.until)) for gap in found if gap is not None]

    # -- chances

    def _weekly(self) -> Weekly:
        choice = self.random.choice
        first, last = (time(choice(range(24)), choice((0, 15, 30, 59))) for _ in range(2))
        return Weekly(frozenset(self.random.choices(range(7), k=5)), first, last)

    def space(self) -> SpaceId:
        """One of the two."""
        return self.random.choice(self.spaces)

    def minutes(self) -> tuple[int, int]:
        """Any window that begins within what is built."""
        oracle = self.oracle
        first = self.random.randrange(
            oracle.midnight(oracle.first_day), oracle.midnight(oracle.last_day)
        )
        return first, first + self.random.randint(1, 600)

    def wanted(self, space: SpaceId) -> tuple[int, int]:
        """A window that somebody may want: mostly one that is idle, often to the very edge."""
        runs = self.oracle.runs(space)
        if not runs or self.random.random() < 0.3:
            return self.minutes()
        first, last = self.random.choice(runs)
        edges = sorted(
            self.random.choice((first, last, self.random.randint(first, last))) for _ in range(2)
        )
        starts = min(edges[0], last - 1)
        return starts, max(edges[1], starts + 1)

    def one(self, *states: str) -> ReservationId | None:
        """A reservation in one of the states."""
        found = [each for each, kept in self.oracle.kept.items() if kept.state in states]
        return self.random.choice(found) if found else None

    def _offer_anew(self, space: SpaceId) -> None:
        promise = self.oracle.promises[space]
        self.offers[space] = self.tx.library.add_offer(space, promise.times(self.oracle.from_day))
        self.renew(space, self.span)

    def _set_times(self, space: SpaceId) -> None:
        times = self.oracle.promises[space].times(self.oracle.from_day)
        self.tx.library.set_offer_times(self.offers[space], times)
        self.renew(space, self.span)


# The steps; each says whether something happened ------------------------------------------


def take(history: GapHistory) -> bool:
    """A driver takes a window, if it is idle."""
    space, tx = history.space(), history.tx
    minutes = history.wanted(space)
    window = history.window(minutes)
    is_idle, now = history.oracle.is_idle(space, minutes), window.from_ - AHEAD
    around = tx.library.gap_around(space, window, now=now, ahead=AHEAD)
    taken = tx.library.take_gap(space, window, now=now, ahead=AHEAD, buffer=history.buffer)
    assert taken == around
    assert is_idle == (around is not None)
    if is_idle:
        reservation_id = history.site.reserve(tx, window, space_id=space)
        history.oracle.kept[reservation_id] = Kept(space, minutes)
    return is_idle


def give_back(history: GapHistory) -> bool:
    """A reservation ends before it became a stay, and so does its change."""
    reservation_id = history.one("pending", "confirmed")
    if reservation_id is None:
        return False
    kept = history.oracle.kept.pop(reservation_id)
    history.tx.reservations.apply(reservation_id, Event.DRIVER_CANCELLED)
    history.tx.changes.drop(reservation_id)
    history.around(SpaceId(kept.space), kept.minutes)
    if kept.change is not None:
        history.around(SpaceId(kept.change[0]), kept.change[1])
    return True


def go_on(history: GapHistory) -> bool:
    """A reservation is paid, its car comes in, pays, or leaves."""
    reservation_id = history.one("pending", "confirmed", "arrived", "settled")
    if reservation_id is None or history.oracle.kept[reservation_id].change is not None:
        return False
    kept = history.oracle.kept[reservation_id]
    events = {
        "pending": Event.DEPOSIT_PAID,
        "confirmed": Event.ENTRY_PASSAGE,
        "arrived": Event.EXIT_SETTLED,
        "settled": Event.EXIT_PASSAGE,
    }
    kept.state = history.tx.reservations.apply(reservation_id, events[kept.state]).value
    if kept.state == "left":
        del history.oracle.kept[reservation_id]
        history.around(SpaceId(kept.space), kept.minutes)
    return True


def want_change(history: GapHistory) -> bool:
    """A driver chooses another window or space; it waits to be paid and is kept."""
    reservation_id = history.one("confirmed", "arrived")
    if reservation_id is None or history.oracle.kept[reservation_id].change is not None:
        return False
    kept = history.oracle.kept[reservation_id]
    space = history.space()
    minutes = history.wanted(space)
    if kept.state == "arrived":
        space = SpaceId(kept.space)
        minutes = (kept.minutes[0], kept.minutes[1] + history.random.randint(1, 300))
    window = history.window(minutes)
    idle = history.tx.library.idle_without(
        space, history.span, but=reservation_id, zone=history.oracle.zone, buffer=history.buffer
    )
    is_idle = any(gap.covers(window) for gap in idle)
    assert is_idle == history.oracle.is_idle(space, minutes, but=reservation_id)
    if is_idle:
        kept.change = (space, minutes)
        history.tx.changes.put(change_of(history, reservation_id))
        history.around(space, minutes)
    return is_idle


def change_of(history: GapHistory, reservation_id: ReservationId) -> PendingChange:
    """The change of a reservation as the program keeps it."""
    change = history.oracle.kept[reservation_id].change
    assert change is not None
    space, minutes = change
    window = history.window(minutes)
    return PendingChange(
        reservation_id=reservation_id,
        space_id=SpaceId(space),
        window=window,
        quote=euro(400),
        tariff_id=1,
        split_terms_id=1,
        pay_until=window.from_,
    )


def end_change(history: GapHistory) -> bool:
    """A change is paid, or it runs out."""
    waiting = [each for each, kept in history.oracle.kept.items() if kept.change is not None]
    if not waiting:
        return False
    reservation_id = history.random.choice(waiting)
    kept, change = history.oracle.kept[reservation_id], change_of(history, reservation_id)
    history.tx.changes.drop(reservation_id)
    old, new = (SpaceId(kept.space), kept.minutes), kept.change
    assert new is not None
    kept.change = None
    assert history.oracle.has_room(*new, but=reservation_id), "a change keeps what it chose"
    if history.random.random() < 0.6:
        history.tx.reservations.set_window(change)
        kept.space, kept.minutes = new
        history.around(*old)
    history.around(change.space_id, new[1])
    return True


def move(history: GapHistory) -> bool:
    """A reservation gets the other space for the same window, when that is idle."""
    reservation_id = history.one("pending", "confirmed", "arrived")
    if reservation_id is None:
        return False
    kept = history.oracle.kept[reservation_id]
    before = SpaceId(kept.space)
    after = next(space for space in history.spaces if space != before)
    is_idle = history.oracle.is_idle(after, kept.minutes, but=reservation_id)
    if is_idle:
        history.tx.reservations.set_space(reservation_id, after, split_terms_id=1)
        kept.space = after
        history.around(before, kept.minutes)
        history.around(after, kept.minutes)
    return is_idle


def close(history: GapHistory) -> bool:
    """A space is out of order for a while."""
    space, minutes = history.space(), history.minutes()
    history.tx.library.close_space(space, history.window(minutes), reason="works")
    history.oracle.closures.append((space, *minutes))
    history.around(space, minutes)
    return True


def reopen(history: GapHistory) -> bool:
    """From some moment on nothing of a space is out of order any more."""
    space, (at, _) = history.space(), history.minutes()
    history.tx.library.reopen_space(space, at=from_epoch(at * 60))
    history.oracle.closures = [
        (closed, first, min(last, at) if closed == space else last)
        for closed, first, last in history.oracle.closures
        if closed != space or first < at
    ]
    history.renew(space, Window(from_epoch(at * 60), history.span.until))
    return True


def black_out(history: GapHistory) -> bool:
    """The owner needs the space for a while, by the clock on the wall."""
    oracle, random = history.oracle, history.random
    midnight = datetime.combine(oracle.from_day, time())
    starts = midnight + random.randrange(DAYS * 1440) * MINUTE
    ends = starts + random.randint(1, 900) * MINUTE
    if not {starts, ends} <= first_shown(oracle.zone, oracle.from_day).keys():
        return False  # such a span is refused before it is stored
    space = history.space()
    oracle.promises[space].blackouts.append((starts, ends))
    history._set_times(space)
    return True


def except_day(history: GapHistory) -> bool:
    """On a day no window begins, or again one does."""
    space = history.space()
    day = history.oracle.from_day + history.random.randrange(-1, DAYS) * DAY
    history.oracle.promises[space].except_days ^= {day}
    history._set_times(space)
    return True


def change_holidays(history: GapHistory) -> bool:
    """The site has other holidays."""
    day = history.oracle.from_day + history.random.randrange(DAYS) * DAY
    history.oracle.holidays ^= {day}
    history.tx.library.set_holidays(frozenset(history.oracle.holidays))
    for space in history.spaces:
        history.renew(space, history.span)
    return True


def pause_or_resume(history: GapHistory) -> bool:
    """The owner keeps the space for himself, or shares it again."""
    space = history.space()
    promise = history.oracle.promises[space]
    promise.is_shared = not promise.is_shared
    state = OfferState.APPROVED if promise.is_shared else OfferState.PAUSED
    history.tx.library.set_offer_state(history.offers[space], state)
    history.renew(space, history.span)
    return True


def withdraw(history: GapHistory) -> bool:
    """The owner shares the space at wholly other times from now on."""
    space = history.space()
    history.tx.library.set_offer_state(history.offers[space], OfferState.WITHDRAWN)
    history.oracle.promises[space] = Promise([history._weekly(), history._weekly()])
    history._offer_anew(space)
    return True


def roll_on(history: GapHistory) -> bool:
    """A day goes by: it is forgotten, and one more is built."""
    oracle = history.oracle
    if oracle.last_day >= DAYS + 2:
        return False
    oracle.first_day, oracle.last_day = oracle.first_day + 1, oracle.last_day + 1
    for space in history.spaces:
        history.tx.library.forget_gaps(space, before=history.span.from_)
        before = history.span.until - 2 * DAY
        history.renew(space, Window(before, history.span.until))
    return True


OFTEN = (take, take, take, go_on, want_change, end_change, move)
SELDOM = (
    give_back,
    close,
    reopen,
    black_out,
    except_day,
    change_holidays,
    pause_or_resume,
    withdraw,
    roll_on,
)
STEPS: tuple[Callable[[GapHistory], bool], ...] = OFTEN * 3 + SELDOM


class EnoughError(Exception):
    """Ends a history and undoes what it wrote, so that the next one finds an empty site."""


def play(site: Site, seed: int, *, steps: int) -> dict[str, int]:
    """One history, undone at its end; how often each step did something."""
    counts: dict[str, int] = {}
    try:
        with site.store.transaction() as tx:
            history = GapHistory(site, tx, Random(seed))
            history.compare()
            history.steps(steps)
            counts = history.counts
            raise EnoughError
    except EnoughError:
        return counts
