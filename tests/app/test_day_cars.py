"""A recorded day becomes cars that add up to its counts again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.day import COUNTS, DEFAULT_DAY
from kiosk.app.day_cars import MOVED, Count, PlannedCar, cars_of, read_counts
from kiosk.domain.time import from_epoch

LONDON = ZoneInfo("Europe/London")
MORNING = from_epoch(1_603_437_000)  # 2020-10-23 07:10 UTC


def occupancy_at(cars: Sequence[PlannedCar], instant: datetime) -> int:
    return sum(car.arrives_at <= instant < car.leaves_at for car in cars)


@given(occupancies=st.lists(st.integers(0, 40), min_size=1, max_size=12), seed=st.integers(0, 99))
def test_the_cars_inside_at_each_count_are_as_many_as_were_counted(
    occupancies: list[int], seed: int
) -> None:
    counts = [
        Count(MORNING + timedelta(minutes=30 * number), occupancy)
        for number, occupancy in enumerate(occupancies)
    ]

    cars = cars_of(counts, zone=LONDON, seed=seed)

    assert [occupancy_at(cars, count.at) for count in counts] == occupancies


@given(seed=st.integers(0, 99))
def test_every_car_leaves_after_it_came_and_by_midnight(seed: int) -> None:
    counts = [Count(MORNING, 10), Count(MORNING + timedelta(minutes=30), 25)]

    cars = cars_of(counts, zone=LONDON, seed=seed)

    assert all(car.arrives_at < car.leaves_at for car in cars)
    assert {car.leaves_at.astimezone(LONDON).date() for car in cars} == {date(2020, 10, 23)}


@given(seed=st.integers(0, 99))
def test_drivers_ask_for_half_an_hour_to_a_day(seed: int) -> None:
    cars = cars_of([Count(MORNING, 60)], zone=LONDON, seed=seed)

    assert all(30 <= car.asks_for_minutes <= 24 * 60 for car in cars)


def test_the_same_seed_gives_the_same_cars_and_another_seed_others() -> None:
    counts = [Count(MORNING, 30)]

    first = cars_of(counts, zone=LONDON, seed=1)

    assert cars_of(counts, zone=LONDON, seed=1) == first
    assert cars_of(counts, zone=LONDON, seed=2) != first


def test_no_two_cars_of_a_day_have_one_plate() -> None:
    cars = cars_of([Count(MORNING, 3000)], zone=LONDON, seed=1)

    assert len({car.plate for car in cars}) == 3000


def test_the_shipped_day_keeps_its_weekday_and_its_clocks() -> None:
    counts = read_counts(COUNTS, on=DEFAULT_DAY, zone=LONDON)
    first = counts[0].at.astimezone(LONDON)

    assert (first.weekday(), first.strftime("%H:%M")) == (DEFAULT_DAY.weekday(), "08:16")
    assert first.date() - DEFAULT_DAY == MOVED
    assert [counts[0].occupancy, counts[-1].occupancy, len(counts)] == [90, 743, 17]


def test_a_day_that_was_not_recorded_has_no_counts(tmp_path: Path) -> None:
    assert read_counts(COUNTS, on=date(2016, 12, 25), zone=LONDON) == ()
