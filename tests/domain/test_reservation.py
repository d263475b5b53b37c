"""The table of a reservation's states: what is in it happens, and nothing else does."""

from __future__ import annotations

from itertools import product

import pytest

from kiosk.domain.reservation import ENDED, LIVE, TRANSITIONS, Event, State, next_state

ALLOWED = {
    ("pending", "deposit-paid"): "confirmed",
    ("pending", "pending-ran-out"): "expired",
    ("pending", "driver-cancelled"): "cancelled",
    ("confirmed", "entry-passage"): "arrived",
    ("confirmed", "start-missed"): "no-show",
    ("arrived", "exit-settled"): "settled",
    ("settled", "exit-settled"): "settled",
    ("settled", "exit-passage"): "left",
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


@pytest.mark.parametrize("state", [each for each in State if each in ENDED])
def test_nothing_leads_out_of_an_ended_state(state: State) -> None:
    assert reachable_from(state) == {state}


@pytest.mark.parametrize("state", [each for each in State if each not in ENDED])
def test_from_every_other_state_an_end_is_in_reach(state: State) -> None:
    assert reachable_from(state) & ENDED


def test_a_space_is_kept_until_its_stay_is_settled() -> None:
    assert set(State) - LIVE - ENDED == {State.SETTLED}
    assert not LIVE & ENDED
