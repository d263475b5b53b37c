"""Every order of what can happen to a payment: the space or the money back, and never both."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.fakes.stage import Stage, ada, authorising, founded, stage
from tests.services.test_money_safety import AT_THE_EXIT, EVENTS, play_deposits, play_exits

__all__ = ["ada", "authorising", "founded", "stage"]


@pytest.mark.parametrize("provider", ["stage", "authorising"])
def test_every_order_of_a_deposit_ends_in_the_space_or_the_money_back(
    provider: str, request: pytest.FixtureRequest
) -> None:
    play_deposits(request.getfixturevalue(provider), permutations(EVENTS, 4))


def test_every_order_at_the_exit_pays_the_difference_once(stage: Stage) -> None:
    play_exits(stage, permutations(AT_THE_EXIT, 3))
