"""The two lamp relays: what is ordered, in which order, and what happens to a failed order."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import cast

import pytest

from hardware.boards.base import Ack, AckKind, RelayBoard
from hardware.errors import DeviceTimeout
from hardware.inputs import InputWire
from hardware.lamps import Lamps
from hardware.lane_control import LaneSetup
from hardware.lane_words import Lamp
from hardware.line import Line
from hardware.port import PortWorker, Priority

SETUP = LaneSetup(
    name="entry",
    open_channel=1,
    close_channel=2,
    green_channel=3,
    red_channel=4,
    arming=InputWire(1),
    under_arm=InputWire(2),
)
Order = Callable[[RelayBoard, Line], Ack]


class NotedBoard:
    """Notes what it is asked to switch."""

    def __init__(self) -> None:
        self.switched: list[tuple[int, bool]] = []

    def set_output(self, line: object, channel: int, is_on: bool) -> Ack:
        self.switched.append((channel, is_on))
        return Ack(AckKind.CONFIRMED, 0.0, 0.0, b"")


class WaitingPort:
    """A port whose orders are carried out, or fail, when the test says so."""

    def __init__(self) -> None:
        self.board = NotedBoard()
        self.orders: list[tuple[Order, Future[Ack]]] = []

    def submit(self, order: Order, *, priority: Priority, deadline_s: float) -> Future[Ack]:
        future: Future[Ack] = Future()
        self.orders.append((order, future))
        return future

    def carry_out(self) -> list[tuple[int, bool]]:
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
def port() -> WaitingPort:
    """A port without a thread."""
    return WaitingPort()


@pytest.fixture
def clock() -> Clock:
    """The lamps' clock."""
    return Clock()


@pytest.fixture
def lamps(port: WaitingPort, clock: Clock) -> Lamps:
    """The lamps of SETUP."""
    return Lamps(setup=SETUP, port=cast(PortWorker, port), monotonic=clock)


def test_one_lamp_goes_out_before_the_other_goes_on(lamps: Lamps, port: WaitingPort) -> None:
    lamps.show(Lamp.GREEN)
    assert port.carry_out() == [(4, False), (3, True)]


def test_a_confirmed_lamp_is_not_ordered_again(
    lamps: Lamps, port: WaitingPort, clock: Clock
) -> None:
    lamps.show(Lamp.RED)
    port.carry_out()
    clock.now_s = 5.0
    lamps.keep_up()
    assert port.orders == []


def test_a_failed_lamp_is_ordered_again_after_a_while(
    lamps: Lamps, port: WaitingPort, clock: Clock
) -> None:
    lamps.show(Lamp.RED)
    port.fail()
    lamps.keep_up()
    too_early = list(port.orders)
    clock.now_s = 1.0
    lamps.keep_up()
    assert too_early == []
    assert port.carry_out() == [(3, False), (4, True)]


def test_a_board_that_was_lost_shows_nothing_until_it_is_told_again(
    lamps: Lamps, port: WaitingPort
) -> None:
    lamps.show(Lamp.RED)
    port.carry_out()
    lamps.keep_up()
    lamps.forget()
    lamps.show(Lamp.RED)
    assert port.carry_out() == [(3, False), (4, True)]


def test_a_lamp_that_nobody_wanted_yet_is_left_alone(lamps: Lamps, port: WaitingPort) -> None:
    lamps.keep_up()
    assert port.orders == []


def test_a_lane_without_lamps_orders_none(port: WaitingPort, clock: Clock) -> None:
    bare = LaneSetup(
        name="exit",
        open_channel=1,
        close_channel=2,
        arming=InputWire(1),
        under_arm=InputWire(2),
    )
    Lamps(setup=bare, port=cast(PortWorker, port), monotonic=clock).show(Lamp.GREEN)
    assert port.orders == []
