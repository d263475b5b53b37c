"""What is paid out at a cut-off: released to the second, held back, carried, and by whom."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.ids import OwnerId, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.payout import (
    Entry,
    Hold,
    OwnersPart,
    PayoutTerms,
    Verdict,
    hold_of,
    owners_parts,
    persons_needed,
    weekly_cutoff,
)

CUTOFF = datetime(2026, 6, 8, 4, tzinfo=UTC)
DAY, SECOND = timedelta(hours=24), timedelta(seconds=1)
BERLIN = ZoneInfo("Europe/Berlin")
ADA, BEN = OwnerId(1), OwnerId(2)
STAY = Entry(
    journal_id=1,
    at=CUTOFF - timedelta(days=3),
    owner_id=ADA,
    amount=Money(506, "EUR"),
    reservation_id=ReservationId(7),
    is_stay=True,
    left_at=CUTOFF - timedelta(days=3),
)


def held(entry: Entry, *, disputed: frozenset[ReservationId] = frozenset()) -> Hold | None:
    return hold_of(entry, cutoff=CUTOFF, disputed=disputed)


def part_of(*entries: Entry, minimum: int = 0) -> OwnersPart:
    (part,) = owners_parts(
        entries, cutoff=CUTOFF, disputed=frozenset(), minimum=Money(minimum, "EUR")
    )
    return part


# Released -------------------------------------------------------------------------------------


def test_a_share_is_released_when_the_exit_is_more_than_24_hours_before_the_cut_off() -> None:
    assert held(replace(STAY, left_at=CUTOFF - DAY - SECOND)) is None


@pytest.mark.parametrize("later", [timedelta(0), SECOND])
def test_an_exit_exactly_24_hours_before_waits_for_the_next_cut_off(later: timedelta) -> None:
    assert held(replace(STAY, left_at=CUTOFF - DAY + later)) is Hold.TOO_YOUNG


def test_a_car_that_has_paid_and_not_left_holds_its_share_back() -> None:
    assert held(replace(STAY, left_at=None)) is Hold.NOT_LEFT


def test_a_share_of_a_reservation_without_a_stay_waits_24_hours_from_its_journal() -> None:
    no_show = replace(STAY, is_stay=False, left_at=None)
    assert held(replace(no_show, at=CUTOFF - DAY - SECOND)) is None
    assert held(replace(no_show, at=CUTOFF - DAY)) is Hold.TOO_YOUNG


def test_a_debt_paid_after_the_exit_is_released_when_it_is_in_the_books() -> None:
    paid_later = replace(STAY, at=CUTOFF - SECOND)
    assert held(paid_later) is None
    assert held(replace(paid_later, at=CUTOFF)) is Hold.TOO_YOUNG


def test_a_payout_that_came_back_is_due_at_once() -> None:
    came_back = replace(STAY, reservation_id=None, is_stay=False, left_at=None)
    assert held(replace(came_back, at=CUTOFF - SECOND)) is None
    assert held(replace(came_back, at=CUTOFF)) is Hold.CAME_BACK_LATER


def test_a_disputed_share_is_held_back_however_old_it_is() -> None:
    assert held(STAY, disputed=frozenset({ReservationId(7)})) is Hold.DISPUTED
    assert held(STAY, disputed=frozenset({ReservationId(8)})) is None


def test_what_was_taken_back_counts_always_and_at_once() -> None:
    refund = replace(STAY, amount=Money(-144, "EUR"), at=CUTOFF + DAY, left_at=None)
    assert held(refund, disputed=frozenset({ReservationId(7)})) is None


# Due ------------------------------------------------------------------------------------------


def test_what_is_released_less_what_was_taken_back_is_due_and_the_rest_is_told() -> None:
    young = replace(STAY, journal_id=2, left_at=CUTOFF)
    younger = replace(young, journal_id=3)
    refund = replace(STAY, journal_id=4, amount=Money(-144, "EUR"))

    part = part_of(STAY, young, younger, refund)

    assert part == OwnersPart(
        ADA, Money(362, "EUR"), {Hold.TOO_YOUNG: Money(1012, "EUR")}, (STAY, refund), Verdict.PAID
    )


def test_more_taken_back_than_released_is_carried() -> None:
    assert part_of(STAY, replace(STAY, amount=Money(-507, "EUR"))).verdict is Verdict.NEGATIVE


def test_nothing_released_is_nothing_to_pay() -> None:
    assert part_of(replace(STAY, left_at=CUTOFF)).verdict is Verdict.NOTHING
    assert part_of(STAY, replace(STAY, amount=Money(-506, "EUR"))).verdict is Verdict.NOTHING


def test_less_than_the_minimum_is_carried_and_the_minimum_itself_is_paid() -> None:
    assert part_of(STAY, minimum=507).verdict is Verdict.BELOW_MINIMUM
    assert part_of(STAY, minimum=506).verdict is Verdict.PAID


def test_owners_are_judged_apart_in_their_order() -> None:
    bens = replace(STAY, owner_id=BEN, amount=Money(-1, "EUR"))

    parts = owners_parts(
        [bens, STAY], cutoff=CUTOFF, disputed=frozenset(), minimum=Money.zero("EUR")
    )

    assert [(each.owner_id, each.verdict) for each in parts] == [
        (ADA, Verdict.PAID),
        (BEN, Verdict.NEGATIVE),
    ]


# When and by whom -----------------------------------------------------------------------------

MONDAY_AT_SIX = PayoutTerms(weekday=0, time_local=time(6))


def test_the_weekly_cut_off_keeps_its_wall_clock_over_summer_time() -> None:
    winter = weekly_cutoff(datetime(2026, 3, 25, tzinfo=UTC), terms=MONDAY_AT_SIX, zone=BERLIN)
    summer = weekly_cutoff(datetime(2026, 4, 1, tzinfo=UTC), terms=MONDAY_AT_SIX, zone=BERLIN)
    assert winter == datetime(2026, 3, 23, 5, tzinfo=UTC)
    assert summer == datetime(2026, 3, 30, 4, tzinfo=UTC)


def test_at_the_cut_off_itself_it_is_this_one_and_a_second_before_the_last() -> None:
    assert weekly_cutoff(CUTOFF, terms=MONDAY_AT_SIX, zone=BERLIN) == CUTOFF
    before = weekly_cutoff(CUTOFF - SECOND, terms=MONDAY_AT_SIX, zone=BERLIN)
    assert before == CUTOFF - timedelta(days=7)


def test_a_wall_clock_that_the_night_of_summer_time_skips_comes_later_that_night() -> None:
    terms = PayoutTerms(weekday=6, time_local=time(2, 30))
    cutoff = weekly_cutoff(datetime(2026, 3, 30, tzinfo=UTC), terms=terms, zone=BERLIN)
    assert cutoff == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_run_above_the_limit_needs_two_persons_and_the_limit_itself_one() -> None:
    terms = PayoutTerms(two_persons_above_minor=100_000)
    assert persons_needed(Money(100_000, "EUR"), terms) == 1
    assert persons_needed(Money(100_001, "EUR"), terms) == 2
    assert persons_needed(Money(10**9, "EUR"), PayoutTerms()) == 1
