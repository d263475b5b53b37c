"""A lane's relays as they are read back: when one is stuck, how often it is told, when anew."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from typing import cast

import pytest

from hardware.boards.waveshare import WaveshareRelay
from hardware.inputs import OWN_BOARD, InputWire
from hardware.lane_control import LaneSetup, Output, OutputWire
from hardware.port import BoardLink, PortState
from hardware.read_back import READ_BACK_S, ReadBack, Relays

SETUP = LaneSetup(
    name="entry",
    outputs={Output.OPEN: OutputWire(1), Output.RED: OutputWire(2)},
    inputs={"arming": InputWire(1), "under_arm": InputWire(2)},
)
SHOWN: Mapping[Output, bool] = {Output.RED: True}


class AskedLink:
    """A board that counts how often it is asked."""

    caps = WaveshareRelay.caps
    state = PortState.READY
    asked = 0

    def submit(self, order: object, **_: object) -> Future[tuple[bool, ...]]:
        self.asked += 1
        return Future()


@pytest.fixture
def link() -> AskedLink:
    """A board without a thread."""
    return AskedLink()


@pytest.fixture
def read_back(link: AskedLink) -> ReadBack:
    """The relays of SETUP, at an instant that stands."""
    return ReadBack(
        setup=SETUP,
        boards={OWN_BOARD: cast(BoardLink, link)},
        answered=lambda _: None,
        monotonic=lambda: READ_BACK_S,
    )


def stuck(read_back: ReadBack, *, is_open_on: bool = True) -> bool:
    return read_back.is_stuck(Relays(OWN_BOARD, (is_open_on, True), 1.0), SHOWN)


def test_a_relay_is_stuck_at_the_second_reading_in_a_row_and_told_once(
    read_back: ReadBack,
) -> None:
    assert [stuck(read_back) for _ in range(4)] == [False, True, False, False]


def test_a_good_reading_between_two_bad_ones_counts_anew(read_back: ReadBack) -> None:
    readings = [stuck(read_back, is_open_on=is_on) for is_on in (True, False, True, True)]

    assert readings == [False, False, False, True]


def test_a_relay_that_stays_closed_is_told_again_when_somebody_has_looked(
    read_back: ReadBack,
) -> None:
    before = [stuck(read_back) for _ in range(3)]
    read_back.start_again()

    assert before == [False, True, False]
    assert [stuck(read_back) for _ in range(3)] == [False, True, False]


def test_the_relays_are_read_at_once_when_somebody_has_looked(
    read_back: ReadBack, link: AskedLink
) -> None:
    read_back.ask()
    read_back.ask()
    before = link.asked
    read_back.start_again()
    read_back.ask()

    assert (before, link.asked) == (1, 2)


def test_one_bad_reading_before_a_loss_and_one_after_it_are_not_two(read_back: ReadBack) -> None:
    first = stuck(read_back)
    read_back.forget(OWN_BOARD)

    assert not first
    assert not stuck(read_back)


def test_the_loss_of_another_board_forgets_nothing(read_back: ReadBack) -> None:
    stuck(read_back)
    read_back.forget("north")

    assert stuck(read_back)
