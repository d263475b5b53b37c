"""Gives each hand-worked case to both programs: the slow oracle and the engine."""

from __future__ import annotations

import pytest

from tests.oracle.agreement import engine_price
from tests.oracle.boards import Price
from tests.oracle.slow_price import slow_price


@pytest.fixture(params=[slow_price, engine_price], ids=["oracle", "engine"])
def price(request: pytest.FixtureRequest) -> Price:
    """Each of the two programs; what they share is only that both have to be right."""
    found: Price = request.param
    return found
