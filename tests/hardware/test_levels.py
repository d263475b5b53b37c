"""Lamps, sign, hold and host-alive relays: what is ordered, when, and what a failed order does."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import cast

import pytest

from hardware.boards.base import Ack, AckKind, BoardCaps, RelayBoard
from hardware.boards.waveshare import WaveshareRelay
from hardware.errors import DeviceTimeout
from hardware.inputs import OWN_BOARD, InputWire
from hardware.lane_control import LaneSetup, Output, OutputWire
from hardware.levels import LEASE_MS, Levels
from hardware.line import Line
from hardware.orders import Priority
from hardware.port import BoardLink

LOOPS = {"arming": InputWire(1), "under_arm": InputWire(2)}
SETUP = LaneSetup(
    name="entry",
    outputs={
        Output.OPEN: OutputWire(1),
        Output.GREEN: OutputWire(3),
        Output.RED: OutputWire(4),
        Output.HOLD: OutputWire(5),
    },
    inputs=LOOPS,
)
GREEN = {Output.GREEN: True, Output.RED: False}
RED = {Output.GREEN: False, Output.RED: True}
UNTIMED = replace(WaveshareRelay.caps, pulse_quantum_ms=None, pulse_max_ms=0)
Order = Callable[[RelayBoard, Line], Ack]
Switched = tuple[int, bool] | tuple[int, int]


class NotedBoard:
    """Notes what it is asked to switch: a level, or a lease in milliseconds."""

    def __init__(self) -> None:
        self.switched: list[Switched] = []

    def set_output(self, line: object, channel: int, is_on: bool) -> Ack:
        self.switched.append((channel, is_on))
        return Ack(AckKind.CONFIRMED, 0.0, 0.0, b"")

    def lease(self, line: object, channel: int, duration_ms: int) -> Ack:
        self.switched.append((channel, duration_ms))
        return Ack(AckKind.CONFIRMED, 0.0, 0.0, b"")


class WaitingLink:
    """A board whose orders are carried out, or fail, when the test says so."""

    def __init__(self, caps: BoardCaps = WaveshareRelay.caps) -> None:
        self.caps = caps
        self.board = NotedBoard()
        self.orders: list[tuple[Order, Future[Ack]]] = []

    def submit(self, order: Order, *, priority: Priority, deadline_s: float) -> Future[Ack]:
        future: Future[Ack] = Future()
        self.orders.append((order, future))
        return future

    def carry_out(self) -> list[Switched]:
        """Let all orders succeed; what the board switched."""
        self.board.switched.clear()
        orders, self.orders = self.orders, []
        for order, future in orders:
            future.set_result(order(cast(RelayBoard, self.board), cast(Line, None)))
        return list(self.board.switched)

    def fail(self) -> None:
        """Let all orders fail."""
        orders, self.orders = self.orders, []
        for _, future in orders:
            future.set_exception(DeviceTimeout("mute"))


class Clock:
    """A clock that stands until it is moved."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def link() -> WaitingLink:
    """A board without a thread."""
    return WaitingLink()


@pytest.fixture
def clock() -> Clock:
    """The levels' clock."""
    return Clock()


@pytest.fixture
def levels(link: WaitingLink, clock: Clock) -> Levels:
    """The levels of SETUP."""
    return levels_on(link, clock)


def levels_on(link: WaitingLink, clock: Clock, setup: LaneSetup = SETUP) -> Levels:
    return Levels(setup=setup, boards={OWN_BOARD: cast(BoardLink, link)}, monotonic=clock)


def test_one_lamp_goes_out_before_the_other_goes_on(levels: Levels, link: WaitingLink) -> None:
    levels.want(GREEN)
    assert link.carry_out() == [(4, False), (3, True)]


def test_a_confirmed_lamp_is_not_ordered_again(
    levels: Levels, link: WaitingLink, clock: Clock
) -> None:
    levels.want(RED)
    link.carry_out()
    clock.now_s = 5.0
    levels.want(RED)
    assert link.orders == []


def test_a_failed_lamp_is_ordered_again_after_a_while(
    levels: Levels, link: WaitingLink, clock: Clock
) -> None:
    levels.want(RED)
    link.fail()
    levels.keep_up()
    too_early = list(link.orders)
    clock.now_s = 1.0
    levels.keep_up()
    assert too_early == []
    assert link.carry_out() == [(3, False), (4, True)]


def test_a_board_that_was_lost_shows_nothing_until_it_is_told_again(
    levels: Levels, link: WaitingLink
) -> None:
    levels.want(RED)
    link.carry_out()
    levels.keep_up()
    levels.forget(OWN_BOARD)
    levels.keep_up()
    assert link.carry_out() == [(3, False), (4, True)]


def test_another_board_that_was_lost_changes_nothing(levels: Levels, link: WaitingLink) -> None:
    levels.want(RED)
    link.carry_out()
    levels.keep_up()
    levels.forget("north")
    levels.keep_up()
    assert link.orders == []


def test_a_lamp_that_nobody_wanted_yet_is_left_alone(levels: Levels, link: WaitingLink) -> None:
    levels.keep_up()
    assert link.orders == []


def test_a_lane_without_lamps_orders_none(link: WaitingLink, clock: Clock) -> None:
    bare = replace(SETUP, outputs={Output.OPEN: OutputWire(1)})
    levels_on(link, clock, bare).want(GREEN)
    assert link.orders == []


def test_a_hold_is_a_lease_that_is_renewed_before_it_ends(
    levels: Levels, link: WaitingLink, clock: Clock
) -> None:
    levels.want({Output.HOLD: True})
    first = link.carry_out()
    clock.now_s = 0.9
    levels.keep_up()
    too_early = list(link.orders)
    clock.now_s = 1.0
    levels.keep_up()
    assert (first, too_early) == ([(5, LEASE_MS)], [])
    assert link.carry_out() == [(5, LEASE_MS)]


def test_a_hold_that_ends_drops_at_once_and_is_renewed_no_more(
    levels: Levels, link: WaitingLink, clock: Clock
) -> None:
    levels.want({Output.HOLD: True})
    link.carry_out()
    levels.want({Output.HOLD: False})
    dropped = link.carry_out()
    clock.now_s = 5.0
    levels.keep_up()
    assert dropped == [(5, False)]
    assert link.orders == []


def test_a_board_without_a_timer_holds_by_a_level(clock: Clock) -> None:
    link = WaitingLink(UNTIMED)
    levels_on(link, clock).want({Output.HOLD: True})
    assert link.carry_out() == [(5, True)]
