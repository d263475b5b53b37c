"""Fault 3: the board is mute.

Expected: "DeviceTimeout after 100 ms + line time; 3 in a row -> BLIND (<= 500 ms)".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.boards.modbus import silence_s
from hardware.boards.waveshare import EXTRA_GAP_MS, WaveshareRelay, encode_read_inputs
from hardware.errors import DeviceTimeout
from hardware.lane import step
from hardware.lane_polls import MISSED_MAX
from hardware.lane_words import (
    InputsRead,
    IoBack,
    LaneInputs,
    LaneRules,
    LaneState,
    LaneTimers,
    Phase,
    Tick,
)
from hardware.line import line_time_s
from hardware.port import FAILURES_MAX, PortState
from hardware.sim.relay_board import BoardFault
from tests.hardware.fault_bench import OPEN_PULSE, FaultBench
from tests.hardware.virtual_line import virtual_line

REPLY_BYTES = 6


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[FaultBench]:
    """A lane with a car before its arm."""
    bench = FaultBench(tmp_path)
    bench.rest()
    bench.car_arrives()
    yield bench
    bench.close()


@pytest.mark.parametrize("baud", [0, 9600, 19200, 115200])
def test_a_mute_board_is_waited_for_100_ms_and_the_time_of_both_frames(
    monkeypatch: pytest.MonkeyPatch, baud: int
) -> None:
    line = virtual_line(monkeypatch, [], baud=baud)
    begun_s, request = line.now_s, encode_read_inputs(1)

    with pytest.raises(DeviceTimeout):
        WaveshareRelay().read_inputs(line)

    wire_s = line_time_s(len(request) + REPLY_BYTES, baud)
    gap_s = silence_s(baud, EXTRA_GAP_MS)
    assert line.now_s - begun_s == pytest.approx(0.1 + wire_s + gap_s)
    assert line.sent == [request]


def test_three_questions_in_vain_take_less_than_half_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch, [], [], [], baud=9600)
    board, begun_s = WaveshareRelay(), line.now_s

    for _ in range(3):
        with pytest.raises(DeviceTimeout):
            board.read_inputs(line)

    assert line.now_s - begun_s <= 0.5
    assert MISSED_MAX == FAILURES_MAX == 3


def test_a_mute_board_blinds_the_lane_and_is_lost(bench: FaultBench) -> None:
    bench.states.rest()
    bench.board.fault = BoardFault.MUTE
    heard = bench.ear.reports.until(Phase.BLIND)
    lost = bench.states.next()
    fault = bench.link.fault

    assert heard.count(("alarm", "io_lost", "raised")) == 1
    assert lost is PortState.LOST
    assert isinstance(fault, DeviceTimeout)


def test_it_is_blind_by_three_missed_answers_and_not_before(bench: FaultBench) -> None:
    request = encode_read_inputs(1)
    bench.board.fault = BoardFault.MUTE
    bench.ear.reports.until(Phase.BLIND)
    frames = bench.port.blackbox()

    last_answer = max(i for i, frame in enumerate(frames) if frame.direction == "received")
    unanswered = [frame.content for frame in frames[last_answer + 1 :]]
    assert unanswered.count(request) >= 3


def test_a_grant_under_way_is_void_and_a_mute_lane_is_sent_nothing(bench: FaultBench) -> None:
    bench.lane.grant("g")
    bench.ear.reports.until(Phase.OPENING)
    bench.until_sent(OPEN_PULSE)
    bench.board.fault = BoardFault.MUTE
    heard = bench.ear.reports.until(Phase.BLIND)
    bench.lane.grant("more")
    heard += bench.ear.reports.until(("voided", "more", "blind"))

    assert ("voided", "g", "io_lost") in heard
    assert bench.sent().count(OPEN_PULSE) == 1


def test_inputs_that_are_half_a_second_old_blind_the_lane_whoever_is_late() -> None:
    timers = LaneTimers()
    state, _ = step(LaneState(rules=LaneRules()), IoBack(), 0.0)
    state, _ = step(state, InputsRead(LaneInputs(closed_limit=True)), 0.0)

    at_the_limit, _ = step(state, Tick(), 0.5)
    beyond, _ = step(state, Tick(), 0.501)

    assert timers.input_age_max_s == 0.5
    assert at_the_limit.phase is not Phase.BLIND
    assert beyond.phase is Phase.BLIND


def test_a_board_that_speaks_again_comes_back_by_itself(bench: FaultBench) -> None:
    bench.board.fault = BoardFault.MUTE
    bench.ear.reports.until(Phase.BLIND)
    bench.board.fault = BoardFault.NONE

    assert Phase.BOOT in bench.ear.reports.until(Phase.PRESENT)
