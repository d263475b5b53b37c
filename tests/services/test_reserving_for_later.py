"""Reserving for later: which windows, spaces and cars are taken, and what is said of others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.domain.ids import AreaId, SpaceId
from kiosk.domain.life_outcomes import CarDoesNotFit, WindowInThePast, WindowTooFarAhead
from kiosk.domain.offer import OfferTerms
from kiosk.domain.outcomes import (
    Granted,
    PlateHasReservation,
    Reserved,
    SpaceJustTaken,
    TicketEarly,
)
from kiosk.domain.search_outcomes import NothingIdle, SpacesFound, WindowRefused
from kiosk.domain.space import CarNeeds, Misfit
from kiosk.domain.time import Window
from kiosk.services.commands import FindSpaces, Reserve
from tests.fakes.planned import EVENING, ask_for, hours, reserve_for, set_terms, ticket_for
from tests.fakes.stage import DRIVER, ENTRY, NOON, Stage, Wallet

MINUTE = timedelta(minutes=1)
BEGINS = NOON + timedelta(seconds=3)
"""When the lanes of the small site have come to rest, and a test begins."""


def ask(stage: Stage, *, starts_at: datetime | None, minutes: int) -> object:
    return stage.site.do(
        Reserve(
            actor=DRIVER,
            space_id=SpaceId(1),
            duration_minutes=minutes,
            plate="B AB 1",
            starts_at=starts_at,
        )
    )


def written(stage: Stage) -> tuple[int, list[tuple[int, int, int]]]:
    """How many reservations there are, and what is idle."""
    return stage.sql("SELECT count(*) FROM reservation")[0][0], stage.gaps()


def test_a_space_reserved_for_the_evening_opens_in_the_evening_and_not_before(
    stage: Stage, ada: Wallet
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof)
    stage.site.car_to(ENTRY)

    now = stage.scan(ENTRY, ticket.text)
    stage.wait_until(EVENING)
    then = stage.scan(ENTRY, ticket.text)

    assert now == TicketEarly(EVENING - timedelta(minutes=15))
    assert isinstance(then, Granted)
    assert then.window == hours(0, 2)


def test_what_begins_now_ends_where_it_was_proposed_though_the_clock_goes_on(
    stage: Stage,
) -> None:
    end = NOON + timedelta(hours=2)
    found = stage.site.do(
        FindSpaces(actor=DRIVER, area_id=AreaId(1), duration_minutes=120, ends_by=end)
    )
    stage.wait_until(NOON + timedelta(minutes=1, seconds=20))
    kept = stage.site.do(
        Reserve(
            actor=DRIVER, space_id=SpaceId(1), duration_minutes=120, plate="B AB 1", ends_by=end
        )
    )
    assert isinstance(found, SpacesFound)
    assert isinstance(kept, Reserved)
    assert found.window == Window(BEGINS, end)
    assert kept.window == Window(NOON + timedelta(minutes=1, seconds=20), end)


@pytest.mark.parametrize("minutes_left", [-1, 0, 29])
def test_a_proposal_of_which_too_little_is_left_is_too_short(
    stage: Stage, minutes_left: int
) -> None:
    answer = stage.site.do(
        FindSpaces(
            actor=DRIVER,
            area_id=AreaId(1),
            duration_minutes=60,
            ends_by=BEGINS + minutes_left * MINUTE,
        )
    )
    assert isinstance(answer, WindowRefused)


def test_the_space_is_idle_until_the_buffer_before_and_after_the_window(stage: Stage) -> None:
    reserve_for(stage, hours(2, 4))

    before = [
        ask_for(stage, Window(EVENING, EVENING + timedelta(minutes=minute)), plate="B AB 2")
        for minute in (106, 105)
    ]
    after = [
        ask_for(
            stage,
            Window(EVENING + timedelta(minutes=minute), EVENING + 6 * 60 * MINUTE),
            plate="B AB 3",
        )
        for minute in (254, 255)
    ]

    assert [type(each) for each in before] == [SpaceJustTaken, Reserved]
    assert [type(each) for each in after] == [SpaceJustTaken, Reserved]


def test_a_window_that_begins_now_is_taken_and_one_a_second_ago_is_not(stage: Stage) -> None:
    ago = ask(stage, starts_at=stage.now - timedelta(seconds=1), minutes=60)
    now = ask(stage, starts_at=stage.now, minutes=60)

    assert ago == WindowInThePast(stage.now)
    assert isinstance(now, Reserved)
    assert not stage.reservation(now.reservation_id).is_for_later


def test_a_window_may_end_as_far_ahead_as_the_site_books_and_no_minute_later(
    stage: Stage,
) -> None:
    latest = stage.now + timedelta(days=60)

    beyond = ask(stage, starts_at=latest - timedelta(minutes=59), minutes=60)
    within = ask(stage, starts_at=latest - timedelta(minutes=60), minutes=60)

    assert beyond == WindowTooFarAhead(latest)
    assert isinstance(within, Reserved)


@pytest.mark.parametrize(
    ("starts_at", "minutes", "answer"),
    [
        (None, 400 * 24 * 60, WindowRefused(30, 24 * 60)),
        (EVENING, 400 * 24 * 60, WindowRefused(30, 24 * 60)),
        (EVENING, 10**30, WindowRefused(30, 24 * 60)),
        (EVENING, 0, WindowRefused(30, 24 * 60)),
        (EVENING, -120, WindowRefused(30, 24 * 60)),
        (EVENING, 29, WindowRefused(30, 24 * 60)),
        (EVENING, 24 * 60 + 1, WindowRefused(30, 24 * 60)),
        (NOON + timedelta(days=400), 60, WindowTooFarAhead(BEGINS + timedelta(days=60))),
        (datetime.max.replace(tzinfo=UTC), 60, WindowTooFarAhead(BEGINS + timedelta(days=60))),
        (datetime.min.replace(tzinfo=UTC), 60, WindowInThePast(BEGINS)),
    ],
)
def test_a_window_that_no_site_can_have_is_answered_in_words(
    stage: Stage, starts_at: datetime | None, minutes: int, answer: object
) -> None:
    before = written(stage)

    found = stage.site.do(
        FindSpaces(
            actor=DRIVER,
            area_id=AreaId(1),
            duration_minutes=minutes,
            starts_at=starts_at,
        )
    )

    assert ask(stage, starts_at=starts_at, minutes=minutes) == answer
    assert found == answer
    assert written(stage) == before


def test_a_car_that_does_not_fit_is_told_why_and_nothing_is_kept(stage: Stage) -> None:
    before = written(stage)

    answer = ask_for(stage, hours(0, 2), needs=CarNeeds(charger=True))

    assert isinstance(answer, CarDoesNotFit)
    assert answer.why is Misfit.NO_CHARGER
    assert written(stage) == before


def test_a_search_for_a_car_shows_only_spaces_that_fit(stage: Stage) -> None:
    find = FindSpaces(
        actor=DRIVER,
        area_id=AreaId(1),
        duration_minutes=60,
        starts_at=EVENING,
    )
    fits = FindSpaces(
        actor=DRIVER,
        area_id=AreaId(1),
        duration_minutes=60,
        starts_at=EVENING,
        needs=CarNeeds(accessible=True),
    )

    found = stage.site.do(find)

    assert isinstance(found, SpacesFound)
    assert found.window == hours(0, 1)
    assert all(each.is_idle for each in found.spaces)
    nothing = stage.site.do(fits)
    assert isinstance(nothing, NothingIdle)
    assert nothing.needs == CarNeeds(accessible=True)


@pytest.mark.parametrize(
    ("minutes", "is_taken"), [(59, False), (60, True), (180, True), (181, False)]
)
def test_the_shortest_and_the_longest_stay_of_an_offer_hold_to_the_minute(
    stage: Stage, minutes: int, is_taken: bool
) -> None:
    terms = OfferTerms(shortest=timedelta(hours=1), longest=timedelta(hours=3))
    set_terms(stage, 1, terms)

    answer = ask_for(stage, Window(EVENING, EVENING + minutes * MINUTE))

    assert isinstance(answer, Reserved) if is_taken else answer == WindowRefused(60, 180)


@pytest.mark.parametrize(("later_s", "is_taken"), [(0, True), (1, False)])
def test_the_notice_of_an_offer_holds_to_the_second(
    stage: Stage, later_s: int, is_taken: bool
) -> None:
    set_terms(stage, 1, OfferTerms(notice=EVENING - stage.now))
    stage.wait(seconds=later_s)

    answer = ask_for(stage, hours(0, 2))

    assert isinstance(answer, Reserved if is_taken else SpaceJustTaken)


def test_a_plate_may_have_windows_that_touch_and_none_that_lie_upon_one_another(
    stage: Stage, ada: Wallet
) -> None:
    ticket_for(stage, hours(1, 2), ada.proof)

    answers = [
        ask_for(stage, window, space_id=3)
        for window in (hours(0, 1), hours(2, 3), hours(0.5, 1.1), hours(1.5, 2.5), hours(0, 4))
    ]

    assert [type(each) for each in answers[:2]] == [Reserved, Reserved]
    assert answers[2:] == [PlateHasReservation(hours(1, 2))] * 3
