"""The table of a reservation's states: what is in it happens, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from kiosk.domain.reservation import ENDED, LIVE, TRANSITIONS, Event, State, next_state
from tests.domain.examples import RESERVATION

ALLOWED = {
    ("pending", "deposit-paid"): "confirmed",
    ("pending", "pending-ran-out"): "expired",
    ("pending", "driver-cancelled"): "cancelled",
    ("pending", "moved"): "pending",
    ("pending", "site-failed"): "displaced",
    ("pending", "owner-recalled"): "owner-recalled",
    ("confirmed", "driver-cancelled"): "cancelled",
    ("confirmed", "changed"): "confirmed",
    ("confirmed", "moved"): "confirmed",
    ("confirmed", "entry-passage"): "arrived",
    ("confirmed", "start-missed"): "no-show",
    ("confirmed", "stayed-away"): "left",
    ("confirmed", "linked"): "substituted",
    ("confirmed", "site-failed"): "displaced",
    ("confirmed", "owner-recalled"): "owner-recalled",
    ("arrived", "changed"): "arrived",
    ("arrived", "moved"): "arrived",
    ("arrived", "exit-settled"): "settled",
    ("settled", "exit-settled"): "settled",
    ("settled", "exit-passage"): "left",
    ("left", "came-back"): "confirmed",
    ("no-show", "linked"): "substituted",
}
"""Written again from parking.md: the database keeps these words, so they never change."""


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_each_event_in_each_state_is_allowed_or_refused_as_written(
    state: State, event: Event
) -> None:
    after = next_state(state, event)

    assert (after.value if after else None) == ALLOWED.get((state.value, event.value))


def reachable_from(state: State) -> set[State]:
    found, edge = {state}, {state}
    while edge:
        edge = {after for (before, _), after in TRANSITIONS.items() if before in edge} - found
        found |= edge
    return found


def test_every_state_is_reached_from_pending() -> None:
    assert reachable_from(State.PENDING) == set(State)


def test_out_of_an_ended_state_lead_only_two_acts_of_the_driver() -> None:
    leading_out = {(state, event) for state, event in TRANSITIONS if state in ENDED}

    assert leading_out == {(State.LEFT, Event.CAME_BACK), (State.NO_SHOW, Event.LINKED)}


def test_no_event_makes_a_reservation_live_again_that_others_ended() -> None:
    final = ENDED - {State.LEFT, State.NO_SHOW}

    assert {state: reachable_from(state) for state in final} == {each: {each} for each in final}
    assert reachable_from(State.NO_SHOW) == {State.NO_SHOW, State.SUBSTITUTED}


@pytest.mark.parametrize("state", [each for each in State if each not in ENDED])
def test_from_every_other_state_an_end_is_in_reach(state: State) -> None:
    assert reachable_from(state) & ENDED


def test_a_space_is_kept_until_its_stay_is_settled() -> None:
    assert set(State) - LIVE - ENDED == {State.SETTLED}
    assert not LIVE & ENDED


def test_a_reservation_is_for_later_when_it_was_made_before_its_window() -> None:
    walk_up = replace(RESERVATION, made_at=RESERVATION.window.from_)
    later = replace(RESERVATION, made_at=RESERVATION.window.from_ - timedelta(seconds=1))

    assert (walk_up.is_for_later, later.is_for_later) == (False, True)
