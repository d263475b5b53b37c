"""Idle time: taking, giving back and rebuilding, against an oracle that counts minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.store import Tx
from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.offer import OfferTimes, weekly
from kiosk.domain.reservation import Event
from kiosk.domain.space import IdleSpace
from kiosk.domain.time import Window, from_epoch
from tests.db.conftest import AHEAD, ALWAYS, BUFFER, NOON, Site, build, hours

DAYS = 3
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)

# The oracle -------------------------------------------------------------------------------


def minute_of(at: datetime) -> int:
    return int(at.timestamp()) // 60


@lru_cache
def first_minutes(zone: ZoneInfo, from_day: date) -> dict[datetime, int]:
    """For each local wall time around these days the UTC minute at which clocks first show it."""
    noon = datetime.combine(from_day, time(12), UTC)
    start = minute_of(noon - timedelta(days=3))
    shown: dict[datetime, int] = {}
    for minute in range(start, start + (DAYS + 6) * 1440):
        wall = from_epoch(minute * 60).astimezone(zone).replace(tzinfo=None)
        shown.setdefault(wall, minute)
    return shown


def first_minute(day: date, local: time, zone: ZoneInfo, from_day: date) -> int:
    """Wall times that are skipped in spring are read with the clock of before: an hour on."""
    shown, wall = first_minutes(zone, from_day), datetime.combine(day, local)
    return shown[wall] if wall in shown else shown[wall + timedelta(hours=1)]


@dataclass(frozen=True)
class Weekly:
    """A weekly window as the test makes it up."""

    weekdays: frozenset[int]
    from_local: time
    until_local: time


@dataclass
class Oracle:
    """One space, minute by minute."""

    zone: ZoneInfo
    from_day: date
    offers: list[Weekly]
    buffer_min: int
    live: dict[ReservationId, tuple[int, int]] = field(default_factory=dict)

    def span(self) -> range:
        days = (self.from_day, self.from_day + timedelta(days=DAYS))
        first, last = (first_minute(day, time(), self.zone, self.from_day) for day in days)
        return range(first, last)

    def free(self) -> set[int]:
        span = set(self.span())
        free = {minute for offer in self.offers for minute in self._offered(offer)} & span
        for start, end in self.live.values():
            free -= set(range(start - self.buffer_min, end + self.buffer_min))
        return free

    def _offered(self, offer: Weekly) -> list[int]:
        minutes: list[int] = []
        for offset in range(-1, DAYS):
            day = self.from_day + timedelta(days=offset)
            if day.weekday() in offer.weekdays:
                wraps = offer.until_local <= offer.from_local
                last_day = day + timedelta(days=1) if wraps else day
                minutes += range(
                    first_minute(day, offer.from_local, self.zone, self.from_day),
                    first_minute(last_day, offer.until_local, self.zone, self.from_day),
                )
        return minutes


# Random histories -------------------------------------------------------------------------

local_times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
rough_offers = st.lists(
    st.tuples(st.frozensets(st.integers(0, 6), min_size=1), local_times, local_times),
    min_size=1,
    max_size=4,
)
# Both changes of the clocks in Europe in 2026, and days without one.
first_days = st.sampled_from([date(2026, 3, 28), date(2026, 10, 24), date(2026, 6, 1)])
zones = st.sampled_from([ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London")])
takes = st.tuples(st.integers(0, DAYS * 1440), st.integers(1, 600))
steps = st.lists(st.one_of(takes, st.integers(0, 9)), max_size=14)


@dataclass
class History:
    """A space whose idle time is kept by the database and by the oracle."""

    site: Site
    tx: Tx
    space_id: SpaceId
    oracle: Oracle

    @property
    def span(self) -> Window:
        span = self.oracle.span()
        return Window(from_epoch(span.start * 60), from_epoch(span.stop * 60))

    @property
    def buffer(self) -> timedelta:
        return MINUTE * self.oracle.buffer_min

    def renew(self, span: Window) -> None:
        self.tx.library.renew_gaps(self.space_id, span, zone=self.oracle.zone, buffer=self.buffer)

    def gaps(self) -> list[tuple[int, int]]:
        found = [gap.inside(self.span) for gap in self.tx.library.gaps(self.space_id, self.span)]
        return [(minute_of(gap.from_), minute_of(gap.until)) for gap in found if gap is not None]

    def take(self, offset_min: int, length_min: int) -> None:
        midnight = datetime.combine(self.oracle.from_day, time(), UTC)
        start = midnight + MINUTE * offset_min
        window = Window(start, start + MINUTE * length_min)
        wanted = set(range(minute_of(window.from_), minute_of(window.until)))
        is_idle = wanted <= self.oracle.free()
        now = window.from_
        around = self.tx.library.gap_around(self.space_id, window, now=now, ahead=AHEAD)
        taken = self.tx.library.take_gap(
            self.space_id, window, now=now, ahead=AHEAD, buffer=self.buffer
        )
        assert taken == around
        assert is_idle == (around is not None)
        if taken:
            kept = self.site.reserve(self.tx, window, space_id=self.space_id)
            self.oracle.live[kept] = (minute_of(window.from_), minute_of(window.until))

    def give_back(self, index: int) -> None:
        if self.oracle.live:
            chosen = sorted(self.oracle.live)[index % len(self.oracle.live)]
            self.tx.reservations.apply(chosen, Event.DRIVER_CANCELLED)
            first, last = self.oracle.live.pop(chosen)
            window = Window(from_epoch(first * 60), from_epoch(last * 60))
            self.renew(window.widened(self.buffer))

    def step(self, step: tuple[int, int] | int) -> None:
        self.give_back(step) if isinstance(step, int) else self.take(*step)
        gaps = self.gaps()
        assert {m for first, last in gaps for m in range(first, last)} == self.oracle.free()
        assert all(one[1] < two[0] for one, two in pairwise(gaps)), "merged"


# Each example has a space of its own, so that one file serves all of them.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rough=rough_offers,
    zone=zones,
    from_day=first_days,
    buffer_min=st.sampled_from([0, 15]),
    steps=steps,
)
def test_idle_time_kept_step_by_step_equals_rebuilt_and_equals_counted_minutes(
    site: Site,
    rough: list[tuple[frozenset[int], time, time]],
    zone: ZoneInfo,
    from_day: date,
    buffer_min: int,
    steps: list[tuple[int, int] | int],
) -> None:
    with site.store.transaction() as tx:
        label = f"random {len(tx.library.spaces())}"
        space_id = site.add_space(tx, label)
        offers = [Weekly(days, first, last) for days, first, last in rough]
        times = OfferTimes(
            tuple(
                weekly(
                    each.weekdays,
                    from_local=each.from_local,
                    until_local=each.until_local,
                    first_day=from_day - timedelta(days=9),
                )
                for each in offers
            )
        )
        tx.library.add_offer(space_id, times)
        history = History(site, tx, space_id, Oracle(zone, from_day, offers, buffer_min))
        history.renew(history.span)
        for step in steps:
            history.step(step)
        kept = history.gaps()
        history.renew(history.span)

        assert history.gaps() == kept


# Single promises --------------------------------------------------------------------------


def arrive(site: Site, tx: Tx, window: Window) -> ReservationId:
    reservation_id = site.reserve(tx, window)
    tx.reservations.apply(reservation_id, Event.DEPOSIT_PAID)
    tx.reservations.apply(reservation_id, Event.ENTRY_PASSAGE)
    build(tx, site.space_id)
    return reservation_id


def test_a_space_that_is_taken_is_not_taken_twice(site: Site) -> None:
    with site.store.transaction() as tx:
        first = tx.library.take_gap(
            site.space_id, hours(0, 2), now=NOON, ahead=AHEAD, buffer=BUFFER
        )
        second = tx.library.take_gap(
            site.space_id, hours(1, 3), now=NOON, ahead=AHEAD, buffer=BUFFER
        )

    assert first is not None
    assert second is None


def test_a_refused_take_changes_nothing(site: Site) -> None:
    with site.store.transaction() as tx:
        tx.library.take_gap(site.space_id, hours(0, 2), now=NOON, ahead=AHEAD, buffer=BUFFER)
    before = site.raw("SELECT * FROM free_gap")

    with site.store.transaction() as tx:
        tx.library.take_gap(site.space_id, hours(-1, 0), now=NOON, ahead=AHEAD, buffer=BUFFER)

    assert site.raw("SELECT * FROM free_gap") == before


def test_idle_spaces_come_with_the_whole_gap_around_the_window(site: Site) -> None:
    with site.store.transaction() as tx:
        tx.library.take_gap(site.space_id, hours(4, 6), now=NOON, ahead=AHEAD, buffer=BUFFER)
        idle = tx.library.idle_spaces(site.area_id, hours(1, 2), now=NOON, ahead=AHEAD)
        space = tx.library.space(site.space_id)

    # Berlin is at UTC+2: its first of June begins 14 hours before NOON.
    assert idle == (IdleSpace(space, hours(-14, 3.75)),)
    assert idle[0].gap.until == hours(0, 3.75).until


def test_idle_spaces_come_nearest_first_and_only_of_their_area(site: Site) -> None:
    with site.store.transaction() as tx:
        far = site.add_space(tx, "2")
        tx.library.add_offer(far, ALWAYS)
        build(tx, far)
        site.raw("UPDATE space SET rank = 20 WHERE id = ?", site.space_id)
        idle = tx.library.idle_spaces(site.area_id, hours(1, 2), now=NOON, ahead=AHEAD)

    assert [each.space.id for each in idle] == [far, site.space_id]


def test_a_space_with_an_overstaying_car_is_not_idle(site: Site) -> None:
    with site.store.transaction() as tx:
        arrive(site, tx, hours(0, 1))
        later = hours(2, 3)
        now = later.from_
        idle = tx.library.idle_spaces(site.area_id, later, now=now, ahead=AHEAD)
        around = tx.library.gap_around(site.space_id, later, now=now, ahead=AHEAD)
        taken = tx.library.take_gap(site.space_id, later, now=now, ahead=AHEAD, buffer=BUFFER)

    assert (idle, around, taken) == ((), None, None)


def test_a_space_whose_car_may_still_leave_in_time_is_idle_for_later(site: Site) -> None:
    with site.store.transaction() as tx:
        arrive(site, tx, hours(0, 1))
        last_second = hours(0, 1).until - SECOND
        in_time = tx.library.gap_around(
            site.space_id, hours(1.25, 3), now=last_second, ahead=AHEAD
        )
        too_late = tx.library.gap_around(
            site.space_id, hours(1.25, 3), now=hours(0, 1).until, ahead=AHEAD
        )

    assert in_time is not None
    assert too_late is None


@pytest.mark.parametrize("ahead", [AHEAD, 4 * AHEAD])
def test_a_car_that_stands_too_long_is_in_nobodys_way_tomorrow(
    site: Site, ahead: timedelta
) -> None:
    with site.store.transaction() as tx:
        arrive(site, tx, hours(0, 1))
        now = hours(0, 2).until
        gone_by = now + ahead
        soon = tx.library.gap_around(
            site.space_id, Window(gone_by - SECOND, gone_by + MINUTE), now=now, ahead=ahead
        )
        later = tx.library.gap_around(
            site.space_id, Window(gone_by, gone_by + MINUTE), now=now, ahead=ahead
        )

    assert soon is None
    assert later is not None


def test_a_space_is_idle_again_when_the_settled_car_has_left_and_not_before(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = arrive(site, tx, hours(0, 1))
        tx.reservations.apply(reservation_id, Event.EXIT_SETTLED)
        build(tx, site.space_id)
        when_settled = tx.library.gap_around(site.space_id, hours(0, 1), now=NOON, ahead=AHEAD)
        tx.reservations.apply(reservation_id, Event.EXIT_PASSAGE)
        build(tx, site.space_id)

        assert when_settled is None
        assert tx.library.gap_around(site.space_id, hours(0, 1), now=NOON, ahead=AHEAD) is not None


def test_what_is_over_is_forgotten_of_gaps_that_go_on_too(site: Site) -> None:
    with site.store.transaction() as tx:
        tx.library.take_gap(
            site.space_id, hours(-2, -1), now=hours(-2, 0).from_, ahead=AHEAD, buffer=BUFFER
        )
        tx.library.forget_gaps(site.space_id, before=NOON)
        gaps = tx.library.gaps(site.space_id, hours(-99, 99))

    assert gaps == (hours(0, 14 * 24 - 14),)


def test_the_horizon_is_that_of_the_space_built_least_far(site: Site) -> None:
    with site.store.transaction() as tx:
        built = tx.library.gap_horizon()
        other = site.add_space(tx, "2")
        with_new = tx.library.gap_horizon()
        build(tx, other, days=2)
        shortest = tx.library.gap_horizon()

    assert built == NOON + timedelta(days=13, hours=10)
    assert with_new is None
    assert shortest == NOON + timedelta(days=1, hours=10)


def test_a_space_remembered_from_an_undone_transaction_is_forgotten(site: Site) -> None:
    try:
        with site.store.transaction() as tx:
            ghost = site.add_space(tx, "ghost")
            tx.library.space(ghost)
            raise RuntimeError
    except RuntimeError:
        pass

    with site.store.transaction() as tx:
        real = site.add_space(tx, "real")
        assert (ghost, tx.library.space(real).label) == (real, "real")
