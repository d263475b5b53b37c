"""How long the desk takes to filter a thousand stays, model and frame together (ux 46: 100 ms)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest

from tests.ui.desk_stage import DeskStage, desk_stage, desk_view


@pytest.fixture
def desk(qapp: object) -> Iterator[DeskStage]:
    """A desk at work in front of a thousand stays."""
    with desk_stage(with_window=True) as stage:
        stage.sign_in(desk_view(stay_count=1000))
        yield stage


@pytest.mark.bench
def test_ux_46_filtering_a_thousand_stays_and_showing_them(
    desk: DeskStage, benchmark: Any
) -> None:
    typed = cycle(("1", "10", "10o", ""))

    def type_one_sign() -> None:
        desk.screen._stays.type(next(typed))
        desk.frame()

    benchmark(type_one_sign)

    assert desk.screen._stays.state.all == 1000
