"""Fault 6: a reply is split by 20 ms, or has garbage before or after it.

Expected: "accepted when a full valid frame for the request is found within the deadline".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.boards.base import AckKind
from hardware.boards.waveshare import WaveshareRelay, encode_pulse
from hardware.errors import BadReply
from hardware.lane_words import Phase
from tests.hardware.fault_bench import OPEN_PULSE, FaultBench
from tests.hardware.port_bench import Bench, poll, pulse
from tests.hardware.virtual_line import virtual_line
from tests.hardware.waiting import LIMIT_S

SPLIT_S = 0.020
ECHO = encode_pulse(1, 1, 500)
GARBAGE = [
    (b"\xff\x00\x55", b""),
    (b"", b"\xff\x00\x55"),
    (ECHO[:5], ECHO[:3]),
    (b"\x01\x02", b"\x01\x05"),
]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "relay0")
    yield bench
    bench.close()


@pytest.mark.parametrize(("before", "after"), GARBAGE)
@pytest.mark.parametrize("split_s", [None, SPLIT_S])
def test_a_whole_frame_counts_whatever_surrounds_and_parts_it(
    bench: Bench, before: bytes, after: bytes, split_s: float | None
) -> None:
    faults = bench.port.faults
    faults.before, faults.after, faults.split_s = before, after, split_s
    bench.board.set_input(2, True)
    bench.start()  # a probe is a question as well, and all-off an order

    ack = pulse(bench.link).result(LIMIT_S)
    inputs = poll(bench.link).result(LIMIT_S)

    assert ack.kind is AckKind.CONFIRMED
    assert [number for number, is_on in enumerate(inputs, start=1) if is_on] == [2]


def test_a_lane_works_over_a_line_that_delivers_in_batches_and_with_noise(tmp_path: Path) -> None:
    bench = FaultBench(tmp_path)
    bench.pty.faults.batch_s = 0.016  # as an FTDI adapter does
    bench.pty.faults.before, bench.pty.faults.after = b"\x00", b"\xff"
    bench.rest()
    bench.car_arrives()
    bench.lane.grant("g")
    bench.arm_is(open_=True, closed=False)
    heard = bench.ear.reports.until(Phase.OPEN)
    sent = bench.sent()
    bench.close()

    assert sent.count(OPEN_PULSE) == 1
    assert ("alarm", "pulse_unconfirmed", "raised") not in heard


@pytest.mark.parametrize("cut", range(1, len(ECHO)))
def test_it_counts_wherever_it_is_cut(monkeypatch: pytest.MonkeyPatch, cut: int) -> None:
    line = virtual_line(monkeypatch, [(0.01, ECHO[:cut]), (0.01 + SPLIT_S, ECHO[cut:])])

    assert WaveshareRelay().pulse(line, 1, 500).kind is AckKind.CONFIRMED


def test_a_frame_that_is_whole_only_after_the_deadline_is_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch, [(0.099, ECHO[:4]), (0.099 + SPLIT_S, ECHO[4:])])

    with pytest.raises(BadReply):
        WaveshareRelay().pulse(line, 1, 500)


def test_two_halves_with_garbage_between_are_no_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.01, ECHO[:4]), (0.02, b"\x00"), (0.03, ECHO[4:])])

    with pytest.raises(BadReply):
        WaveshareRelay().pulse(line, 1, 500)
