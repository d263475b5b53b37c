"""Fault 5: the reply to an old request comes late.

Expected: "drained before send; mismatching reply ignored until deadline".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.boards.base import AckKind
from hardware.boards.waveshare import (
    WaveshareRelay,
    encode_all_off,
    encode_pulse,
    encode_read_inputs,
)
from hardware.errors import BadReply, DeviceTimeout
from hardware.sim.relay_board import BoardFault
from tests.hardware.port_bench import Bench, poll, pulse, soon
from tests.hardware.sim_benches import KITS, SimBench
from tests.hardware.virtual_line import virtual_line
from tests.hardware.waiting import LIMIT_S

ALL_INPUTS_ON = bytes.fromhex("01 02 01 FF E1 C8")
OTHER_ECHO = encode_pulse(1, 2, 200)


@pytest.fixture
def direct(tmp_path: Path) -> Iterator[SimBench]:
    """A driver on a line that nobody else reads."""
    bench = SimBench(KITS["waveshare"], tmp_path / "relay0")
    yield bench
    bench.close()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "relay0")
    yield bench
    bench.close()


def test_what_came_before_the_question_is_no_answer_to_it(direct: SimBench) -> None:
    direct.port.push(b"\x00" + ALL_INPUTS_ON)
    direct.line.read_exact(1, soon())  # so the rest of it is there as well

    inputs = direct.patient.read_inputs(direct.line)

    assert not any(inputs)


def test_what_came_before_the_order_does_not_confirm_it(direct: SimBench) -> None:
    direct.port.push(b"\x00" + encode_pulse(1, 1, 200))
    direct.line.read_exact(1, soon())
    direct.board.fault = BoardFault.DEAF

    with pytest.raises(DeviceTimeout):
        direct.hasty.pulse(direct.line, 1, 200)


@pytest.mark.parametrize("late", [OTHER_ECHO, encode_all_off(1), ALL_INPUTS_ON])
def test_a_reply_to_something_else_is_passed_over_and_the_right_one_awaited(
    bench: Bench, late: bytes
) -> None:
    bench.start()
    bench.port.faults.before = late

    assert pulse(bench.link).result(LIMIT_S).kind is AckKind.CONFIRMED


def test_a_reply_to_an_order_is_no_reading(bench: Bench) -> None:
    bench.start()
    bench.board.set_input(3, True)
    bench.port.faults.before = OTHER_ECHO

    inputs = poll(bench.link).result(LIMIT_S)

    assert [number for number, is_on in enumerate(inputs, start=1) if is_on] == [3]


def test_a_board_that_is_one_reply_behind_confirms_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "relay0", timeout_ms=30)
    bench.start()
    bench.board.fault = BoardFault.STALE_REPLY
    failures = [pulse(bench.link, channel).exception(LIMIT_S) for channel in (1, 2)]
    seen = bench.outputs.until((2, True))
    bench.close()

    assert [type(failure) for failure in failures] == [BadReply, BadReply]
    assert (1, True) in seen


def test_the_wrong_reply_is_passed_over_to_the_very_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = encode_pulse(1, 1, 500)
    line = virtual_line(monkeypatch, [(0.01, OTHER_ECHO), (0.099, right)])

    assert WaveshareRelay().pulse(line, 1, 500).kind is AckKind.CONFIRMED


def test_after_the_deadline_the_wrong_reply_is_the_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.01, OTHER_ECHO), (0.101, encode_pulse(1, 1, 500))])
    asked_at_s = line.now_s

    with pytest.raises(BadReply):
        WaveshareRelay().pulse(line, 1, 500)

    assert line.now_s - asked_at_s == pytest.approx(0.1)


def test_a_late_reading_never_answers_the_next_question(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_on = bytes.fromhex("01 02 01 00 A1 88")
    line = virtual_line(monkeypatch, [(0.12, ALL_INPUTS_ON)], [(0.05, nothing_on)])
    board = WaveshareRelay()
    with pytest.raises(DeviceTimeout):
        board.read_inputs(line)

    inputs = board.read_inputs(line)

    assert not any(inputs)
    assert line.sent == [encode_read_inputs(1)] * 2
