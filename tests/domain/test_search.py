"""What comes nearest when nothing is idle, and the one reason why a space is not offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from kiosk.domain.ids import OfferId, SpaceId
from kiosk.domain.offer import Offer, OfferState, OfferTerms, OfferTimes
from kiosk.domain.search import (
    Proposal,
    Proposals,
    Reason,
    SpaceFacts,
    TermedGap,
    proposals,
    why_not,
)
from kiosk.domain.space import Misfit
from kiosk.domain.time import Window
from tests.domain.examples import MINUTE, minutes

WANTED = minutes(300, 420)
NOW = minutes(0, 1).from_
HALF_HOUR = timedelta(minutes=30)
DAY = timedelta(days=1)


def gap(
    space: int,
    window: Window,
    *,
    notice: timedelta = timedelta(),
    shortest: timedelta = timedelta(),
    longest: timedelta = DAY,
) -> TermedGap:
    return TermedGap(SpaceId(space), window, notice, shortest, longest)


def nearest(*gaps: TermedGap) -> Proposals:
    return proposals(gaps, WANTED, now=NOW, minimum_stay=HALF_HOUR)


def on(space: int, window: Window) -> Proposal:
    return Proposal(SpaceId(space), window)


def test_the_window_that_begins_latest_before_the_wanted_one_is_proposed() -> None:
    found = nearest(gap(1, minutes(100, 350)), gap(2, minutes(100, 400)))

    assert found.earlier == on(2, minutes(280, 400))


def test_nothing_is_proposed_that_would_have_begun_already() -> None:
    found = nearest(gap(1, minutes(-600, 119)))

    assert found.earlier is None


def test_the_window_that_begins_soonest_after_the_wanted_one_is_proposed() -> None:
    found = nearest(gap(1, minutes(330, 600)), gap(2, minutes(320, 600)))

    assert found.later == on(2, minutes(320, 440))


def test_a_later_window_waits_for_the_notice_that_its_owner_wants() -> None:
    found = nearest(gap(1, minutes(300, 600), notice=timedelta(minutes=345)))

    assert found.later == on(1, minutes(345, 465))


def test_the_longest_window_from_the_wanted_start_is_proposed() -> None:
    found = nearest(gap(1, minutes(0, 350)), gap(2, minutes(0, 900), longest=100 * MINUTE))

    assert found.shorter == on(2, minutes(300, 400))


def test_a_remainder_that_is_too_short_for_a_stay_is_not_proposed() -> None:
    found = nearest(gap(1, minutes(0, 329)))

    assert found.shorter is None


def test_two_spaces_are_changed_as_late_as_the_first_one_lasts() -> None:
    found = nearest(gap(1, minutes(0, 370)), gap(2, minutes(310, 900)))

    assert found.in_two == (on(1, minutes(300, 370)), on(2, minutes(370, 420)))


def test_two_spaces_are_changed_early_enough_for_what_the_second_takes_at_least() -> None:
    found = nearest(gap(1, minutes(0, 400)), gap(2, minutes(310, 900), shortest=75 * MINUTE))

    assert found.in_two == (on(1, minutes(300, 345)), on(2, minutes(345, 420)))


def test_what_is_not_allowed_is_not_proposed_and_the_next_best_is() -> None:
    gaps = (gap(1, minutes(320, 600)), gap(2, minutes(330, 600)))

    found = proposals(
        gaps,
        WANTED,
        now=NOW,
        minimum_stay=HALF_HOUR,
        is_allowed=lambda each: each.space_id != SpaceId(1),
    )

    assert found.later == on(2, minutes(330, 450))


def tried(gaps: list[TermedGap], starts: list[int], *, length: int) -> Proposal | None:
    """The first of these starts that any of the gaps can have."""
    return next(
        (
            Proposal(each.space_id, window)
            for window in (minutes(start, start + length) for start in starts)
            for each in gaps
            if each.offers(window, now=NOW)
        ),
        None,
    )


def random_gaps(random: Random) -> list[TermedGap]:
    """None that has the wanted window: then nothing else would be asked for."""
    found = [
        gap(
            random.randrange(1, 4),
            minutes(start := random.randrange(0, 440), start + random.randrange(20, 240)),
            notice=timedelta(minutes=random.choice([0, 0, 310])),
            shortest=timedelta(minutes=random.choice([0, 0, 70])),
            longest=timedelta(minutes=random.choice([600, 600, 90])),
        )
        for _ in range(random.randrange(6))
    ]
    return [each for each in found if not each.offers(WANTED, now=NOW)]


@pytest.mark.parametrize("seed", range(40))
def test_proposals_are_those_that_trying_every_minute_finds(seed: int) -> None:
    gaps = random_gaps(Random(seed))

    found = nearest(*gaps)

    assert found.earlier == tried(gaps, list(range(299, -1, -1)), length=120)
    assert found.later == tried(gaps, list(range(301, 900)), length=120)
    assert found.shorter == next(
        (each for length in range(119, 29, -1) if (each := tried(gaps, [300], length=length))),
        None,
    )
    assert found.in_two == next(
        (
            (on(one.space_id, minutes(300, change)), on(two.space_id, minutes(change, 420)))
            for change in range(390, 329, -1)
            for one in gaps
            if one.offers(minutes(300, change), now=NOW)
            for two in gaps
            if two.space_id != one.space_id and two.offers(minutes(change, 420), now=NOW)
        ),
        (),
    )


OFFER = Offer(
    OfferId(1),
    SpaceId(1),
    OfferState.APPROVED,
    OfferTimes(()),
    OfferTerms(
        notice=timedelta(minutes=300),
        shortest=timedelta(minutes=120),
        longest=timedelta(minutes=120),
    ),
)
EVERYTHING_IS_WRONG = SpaceFacts(
    misfit=Misfit.TOO_LOW,
    offer=replace(OFFER, state=OfferState.PAUSED),
    shared=(minutes(300, 419),),
    committed=(minutes(400, 500),),
    closed=(minutes(0, 301),),
    is_car_standing=True,
    is_kept_for_walk_ups=True,
)


def test_each_reason_is_said_only_when_no_more_lasting_one_holds() -> None:
    said: list[Reason] = []
    facts, window = EVERYTHING_IS_WRONG, WANTED

    def say(wanted: Window) -> None:
        said.append(why_not(facts, wanted, now=NOW, minimum_stay=HALF_HOUR))

    say(window)
    facts = replace(facts, misfit=None)
    say(window)
    facts = replace(facts, offer=OFFER)
    say(window)
    facts = replace(facts, shared=(minutes(0, 900),))
    say(minutes(299, 419))
    say(minutes(300, 419))
    say(minutes(300, 421))
    say(window)
    facts = replace(facts, closed=(minutes(0, 300),))
    say(window)
    facts = replace(facts, committed=(minutes(420, 500),))
    say(window)
    facts = replace(facts, is_car_standing=False)
    say(window)
    facts = replace(facts, is_kept_for_walk_ups=False)
    say(window)

    assert said == [
        Reason.MISFIT,
        Reason.NOT_SHARED,
        Reason.OTHER_HOURS,
        Reason.NOTICE,
        Reason.TOO_SHORT,
        Reason.TOO_LONG,
        Reason.OUT_OF_ORDER,
        Reason.RESERVED,
        Reason.CAR_STANDING,
        Reason.WALK_UPS,
        Reason.BUFFER,
    ]


def test_a_space_without_an_offer_is_not_shared() -> None:
    facts = replace(EVERYTHING_IS_WRONG, misfit=None, offer=None)

    assert why_not(facts, WANTED, now=NOW, minimum_stay=HALF_HOUR) is Reason.NOT_SHARED


def test_an_offer_without_limits_takes_what_the_site_takes() -> None:
    free = replace(OFFER, terms=OfferTerms())
    facts = replace(
        EVERYTHING_IS_WRONG, misfit=None, offer=free, shared=(minutes(0, 900),), closed=()
    )

    assert why_not(facts, minutes(0, 29), now=NOW, minimum_stay=HALF_HOUR) is Reason.TOO_SHORT
    assert why_not(facts, WANTED, now=NOW, minimum_stay=HALF_HOUR) is Reason.RESERVED
