"""Several boards of software on one line: who hears, who answers, whose clock counts."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from hardware.line import SerialLine
from hardware.sim.bus import SimBus
from hardware.sim.coil_board import CoilBoard
from hardware.sim.pty_port import PtyPort
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.waiting import LIMIT_S

FIRST_ON = bytes.fromhex("01 05 00 00 FF 00 8C 3A")
FIRST_FLASH_700_MS = bytes.fromhex("01 05 02 00 00 07 8D B0")
SECOND_ON = bytes.fromhex("02 05 00 00 FF 00 8C 09")


@pytest.fixture
def first() -> WaveshareBoard:
    return WaveshareBoard(unit=1)


@pytest.fixture
def second() -> CoilBoard:
    return CoilBoard(unit=2)


@pytest.fixture
def bus(first: WaveshareBoard, second: CoilBoard) -> SimBus:
    return SimBus([first, second])


def test_only_the_addressed_board_acts_and_answers(
    bus: SimBus, first: WaveshareBoard, second: CoilBoard
) -> None:
    assert bus.received(SECOND_ON, 0.0) == [SECOND_ON]

    assert second.outputs[0]
    assert not any(first.outputs)


def test_a_unit_that_is_not_there_is_silence(bus: SimBus) -> None:
    assert bus.received(bytes.fromhex("03 05 00 00 FF 00 8D D8"), 0.0) == []


def test_what_is_said_to_one_board_does_not_keep_another_from_hearing(bus: SimBus) -> None:
    assert bus.received(SECOND_ON[:5], 0.0) == []

    assert bus.received(FIRST_ON, 0.01) == [FIRST_ON]


def test_two_boards_at_one_address_both_answer(first: WaveshareBoard) -> None:
    bus = SimBus([first, CoilBoard(unit=1)])

    assert bus.received(FIRST_ON, 0.0) == [FIRST_ON, FIRST_ON]


def test_the_clock_of_each_board_is_kept(bus: SimBus, first: WaveshareBoard) -> None:
    assert bus.next_change_s() is None
    bus.received(FIRST_FLASH_700_MS, 10.0)
    assert bus.next_change_s() == pytest.approx(10.7)

    bus.advance(10.7)

    assert not any(first.outputs)


def test_two_boards_are_reached_through_one_port(bus: SimBus, tmp_path: Path) -> None:
    port = PtyPort(bus, link=tmp_path / "bus0")
    line = SerialLine(port.path)
    line.open()
    for request in (FIRST_ON, SECOND_ON):
        line.write(request, time.monotonic() + LIMIT_S)

        assert line.read_exact(8, time.monotonic() + LIMIT_S) == request
    line.close()
    port.close()
