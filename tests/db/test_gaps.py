"""Idle time: taking, giving back and rebuilding, against an oracle that counts minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.store import Tx
from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.reservation import Event
from kiosk.domain.space import IdleSpace, Offer
from kiosk.domain.time import Window, from_epoch
from tests.db.conftest import ALWAYS, BUFFER, NOON, ZONE, Site, hours

DAYS = 3
MINUTE = timedelta(minutes=1)

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


@dataclass
class Oracle:
    """One space, minute by minute."""

    zone: ZoneInfo
    from_day: date
    offers: list[Offer]
    buffer_min: int
    live: dict[ReservationId, tuple[int, int]] = field(default_factory=dict)

    def free(self) -> set[int]:
        midnight = time()
        last = first_minute(
            self.from_day + timedelta(days=DAYS), midnight, self.zone, self.from_day
        )
        span = range(first_minute(self.from_day, midnight, self.zone, self.from_day), last)
        free = {minute for offer in self.offers for minute in self._offered(offer)} & set(span)
        for start, end in self.live.values():
            free -= set(range(start - self.buffer_min, end + self.buffer_min))
        return free

    def _offered(self, offer: Offer) -> list[int]:
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

    def rebuild(self) -> None:
        self.tx.library.rebuild_gaps(
            self.space_id,
            zone=self.oracle.zone,
            from_day=self.oracle.from_day,
            days=DAYS,
            buffer=MINUTE * self.oracle.buffer_min,
        )

    def gaps(self) -> list[tuple[int, int]]:
        rows = self.site.raw(
            "SELECT t0, t1 FROM free_gap WHERE space_id = ? ORDER BY t0", self.space_id
        )
        return [(int(str(t0)) // 60, int(str(t1)) // 60) for t0, t1 in rows]

    def take(self, offset_min: int, length_min: int) -> None:
        midnight = datetime.combine(self.oracle.from_day, time(), UTC)
        start = midnight + MINUTE * offset_min
        window = Window(start, start + MINUTE * length_min)
        wanted = set(range(minute_of(window.from_), minute_of(window.until)))
        is_idle = wanted <= self.oracle.free()
        around = self.tx.library.gap_around(self.space_id, window)
        buffer = MINUTE * self.oracle.buffer_min
        taken = self.tx.library.take_gap(self.space_id, window, buffer=buffer)
        assert taken == is_idle == (around is not None)
        if taken:
            kept = self.site.reserve(self.tx, window, space_id=self.space_id)
            self.oracle.live[kept] = (minute_of(window.from_), minute_of(window.until))

    def give_back(self, index: int) -> None:
        if self.oracle.live:
            chosen = sorted(self.oracle.live)[index % len(self.oracle.live)]
            self.tx.reservations.apply(chosen, Event.DRIVER_CANCELLED)
            del self.oracle.live[chosen]
            self.rebuild()

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
        offers = [Offer(space_id, days, first, last) for days, first, last in rough]
        for offer in offers:
            tx.library.add_offer(offer)
        history = History(site, tx, space_id, Oracle(zone, from_day, offers, buffer_min))
        history.rebuild()
        for step in steps:
            history.step(step)
        kept = history.gaps()
        history.rebuild()

        assert tx.library.offers(space_id) == tuple(offers)
        assert history.gaps() == kept


# Single promises --------------------------------------------------------------------------


def rebuild(site: Site, tx: Tx) -> None:
    tx.library.rebuild_gaps(
        site.space_id, zone=ZONE, from_day=date(2026, 6, 1), days=14, buffer=BUFFER
    )


def arrive(site: Site, tx: Tx, window: Window) -> ReservationId:
    reservation_id = site.reserve(tx, window)
    tx.reservations.apply(reservation_id, Event.DEPOSIT_PAID)
    tx.reservations.apply(reservation_id, Event.ENTRY_PASSAGE)
    rebuild(site, tx)
    return reservation_id


def test_a_space_that_is_taken_is_not_taken_twice(site: Site) -> None:
    with site.store.transaction() as tx:
        first = tx.library.take_gap(site.space_id, hours(0, 2), buffer=BUFFER)
        second = tx.library.take_gap(site.space_id, hours(1, 3), buffer=BUFFER)

    assert (first, second) == (True, False)


def test_a_refused_take_changes_nothing(site: Site) -> None:
    with site.store.transaction() as tx:
        tx.library.take_gap(site.space_id, hours(0, 2), buffer=BUFFER)
    before = site.raw("SELECT * FROM free_gap")

    with site.store.transaction() as tx:
        tx.library.take_gap(site.space_id, hours(-1, 0), buffer=BUFFER)

    assert site.raw("SELECT * FROM free_gap") == before


def test_idle_spaces_come_with_the_whole_gap_around_the_window(site: Site) -> None:
    with site.store.transaction() as tx:
        tx.library.take_gap(site.space_id, hours(4, 6), buffer=BUFFER)
        idle = tx.library.idle_spaces(site.area_id, hours(1, 2))
        space = tx.library.space(site.space_id)

    # Berlin is at UTC+2: its first of June begins 14 hours before NOON.
    assert idle == (IdleSpace(space, hours(-14, 3.75)),)
    assert idle[0].leave_by == hours(0, 3.75).until


def test_idle_spaces_come_nearest_first_and_only_of_their_area(site: Site) -> None:
    with site.store.transaction() as tx:
        far = site.add_space(tx, "2")
        tx.library.add_offer(Offer(far, ALWAYS, time(0), time(0)))
        tx.library.rebuild_gaps(far, zone=ZONE, from_day=date(2026, 6, 1), days=14, buffer=BUFFER)
        site.raw("UPDATE space SET rank = 20 WHERE id = ?", site.space_id)
        idle = tx.library.idle_spaces(site.area_id, hours(1, 2))

    assert [each.space.id for each in idle] == [far, site.space_id]


def test_idle_counts_name_every_area_with_all_of_its_spaces(site: Site) -> None:
    with site.store.transaction() as tx:
        empty = tx.library.add_area(
            code="P2",
            name="Level 2",
            level=2,
            width_mm=1,
            depth_mm=1,
            tariff_id=1,
            split_terms_id=1,
        )
        site.add_space(tx, "not offered")
        counts = tx.library.idle_counts(hours(0, 1))

    assert counts == {site.area_id: (1, 2), empty: (0, 0)}


def test_a_space_with_an_overstaying_car_is_not_idle(site: Site) -> None:
    with site.store.transaction() as tx:
        arrive(site, tx, hours(0, 1))
        later = hours(2, 3)
        idle = tx.library.idle_spaces(site.area_id, later)
        counts = tx.library.idle_counts(later)
        around = tx.library.gap_around(site.space_id, later)
        taken = tx.library.take_gap(site.space_id, later, buffer=BUFFER)

    assert (idle, counts, around, taken) == ((), {site.area_id: (0, 1)}, None, False)


def test_a_space_is_idle_again_when_the_settled_car_has_left_and_not_before(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = arrive(site, tx, hours(0, 1))
        tx.reservations.apply(reservation_id, Event.EXIT_SETTLED)
        rebuild(site, tx)
        when_settled = tx.library.gap_around(site.space_id, hours(0, 1))
        tx.reservations.apply(reservation_id, Event.EXIT_PASSAGE)
        rebuild(site, tx)

        assert when_settled is None
        assert tx.library.gap_around(site.space_id, hours(0, 1)) is not None


def test_the_horizon_is_that_of_the_space_built_least_far(site: Site) -> None:
    with site.store.transaction() as tx:
        built = tx.library.gap_horizon()
        other = site.add_space(tx, "2")
        with_new = tx.library.gap_horizon()
        tx.library.rebuild_gaps(other, zone=ZONE, from_day=date(2026, 6, 1), days=2, buffer=BUFFER)
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
