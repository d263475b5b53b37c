"""Fault 4: the echo names a wrong coil, value or function, has a bad CRC, or is an exception.

Expected: "BadReply/DeviceRefused, not success; read back outputs; 3 -> BLIND".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.boards.waveshare import WaveshareRelay, encode_read_inputs, encode_set
from hardware.errors import BadReply, DeviceRefused, HardwareError
from hardware.lane_control import Output, OutputWire
from hardware.lane_words import Phase
from hardware.orders import Priority
from hardware.port import PortState
from hardware.sim.relay_board import BoardFault
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.fault_bench import OPEN_PULSE, READ_OUTPUTS, FaultBench
from tests.hardware.port_bench import Bench, soon
from tests.hardware.waiting import LIMIT_S

HASTY_MS = 30
WRONG = [
    (BoardFault.WRONG_COIL, BadReply),
    (BoardFault.WRONG_VALUE, BadReply),
    (BoardFault.WRONG_FUNCTION, BadReply),
    (BoardFault.BAD_CRC, BadReply),
    (BoardFault.EXCEPTION, DeviceRefused),
]
EVERY = pytest.mark.parametrize(("fault", "error"), WRONG)
FAULTS = pytest.mark.parametrize("fault", [fault for fault, _ in WRONG])


class OtherRelay(WaveshareBoard):
    """Once, it closes another relay than the one it was told to, and says so."""

    def __init__(self) -> None:
        super().__init__()
        self.is_wrong_next = False

    def _write_coil(self, address: int, value: int, now_s: float) -> None:
        if self.is_wrong_next and address == 0x0200:
            self.is_wrong_next = False
            self._switch(1, is_on=True)
            return
        super()._write_coil(address, value, now_s)


def made(folder: Path, *, board: WaveshareBoard | None = None) -> FaultBench:
    """A lane with a lamp and a car before its arm, on a driver that does not wait for long."""
    bench = FaultBench(
        folder,
        board=board,
        driver=WaveshareRelay(timeout_ms=HASTY_MS),
        more_outputs={Output.GREEN: OutputWire(3)},
    )
    bench.rest()
    bench.car_arrives()
    return bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[FaultBench]:
    bench = made(tmp_path)
    yield bench
    bench.close()


@EVERY
def test_no_wrong_reply_is_taken_for_success_and_the_pulse_goes_out_once(
    tmp_path: Path, fault: BoardFault, error: type[HardwareError]
) -> None:
    bench = Bench(tmp_path / "relay0", timeout_ms=HASTY_MS)
    bench.start()
    bench.board.fault = fault
    order = bench.link.pulse(1, 500, priority=Priority.OPEN, deadline_s=soon())
    failure = order.exception(LIMIT_S)
    sent = [each.content for each in bench.worker.blackbox() if each.direction == "sent"]
    bench.close()

    assert isinstance(failure, error)
    assert sent.count(OPEN_PULSE) == 1


@FAULTS
def test_a_pulse_that_was_not_confirmed_is_an_alarm_and_is_not_repeated(
    bench: FaultBench, fault: BoardFault
) -> None:
    bench.board.fault = fault
    bench.lane.grant("g")
    bench.ear.reports.until(("alarm", "pulse_unconfirmed", "raised"))
    bench.board.fault = BoardFault.NONE
    bench.until_sent(READ_OUTPUTS, bench.sent().count(READ_OUTPUTS) + 2)

    assert bench.sent().count(OPEN_PULSE) == 1


def test_after_a_wrong_reply_the_outputs_are_read_back_at_once(bench: FaultBench) -> None:
    bench.until_sent(READ_OUTPUTS)  # the next one would come two seconds later by itself
    before = bench.sent().count(READ_OUTPUTS)
    bench.board.fault = BoardFault.WRONG_COIL
    bench.lane.grant("g")
    bench.ear.reports.until(("alarm", "pulse_unconfirmed", "raised"))
    bench.board.fault = BoardFault.NONE
    bench.until_sent(READ_OUTPUTS, before + 1)
    sent = bench.sent()

    since = sent[sent.index(OPEN_PULSE) :]
    polls = since[: since.index(READ_OUTPUTS)].count(encode_read_inputs(1))
    assert polls <= 3, "two seconds would be forty polls"


def test_after_the_look_at_once_it_is_looked_again_when_the_pulse_is_over(
    bench: FaultBench,
) -> None:
    bench.board.fault = BoardFault.WRONG_COIL
    bench.lane.grant("g")
    bench.ear.reports.until(("alarm", "pulse_unconfirmed", "raised"))
    bench.board.fault = BoardFault.NONE
    sent = bench.sent()
    bench.until_sent(READ_OUTPUTS, sent.count(READ_OUTPUTS) + 1)
    before = len(bench.sent())
    bench.clock.pass_s(1.0)  # the pulse, and the time that its relay may take to drop
    bench.until_sent(READ_OUTPUTS, bench.sent().count(READ_OUTPUTS) + 1)
    since = bench.sent()[before:]

    assert since[: since.index(READ_OUTPUTS)].count(encode_read_inputs(1)) <= 8


def test_a_lamp_that_was_not_confirmed_is_read_back_at_once_too(bench: FaultBench) -> None:
    bench.until_sent(READ_OUTPUTS)
    lamp_on = encode_set(1, 3, is_on=True)
    bench.lane.grant("g")
    bench.ear.reports.until(Phase.OPENING)
    bench.until_sent(OPEN_PULSE)
    bench.board.fault = BoardFault.WRONG_COIL  # its inputs are read as ever
    bench.arm_is(open_=True, closed=False)
    bench.until_sent(lamp_on)
    bench.until_sent(READ_OUTPUTS, bench.sent().count(READ_OUTPUTS) + 1)
    sent = bench.sent()

    since = sent[sent.index(lamp_on) :]
    assert since[: since.index(READ_OUTPUTS)].count(encode_read_inputs(1)) <= 3


def test_a_board_that_closed_another_relay_is_found_and_switched_off(tmp_path: Path) -> None:
    board = OtherRelay()
    bench = made(tmp_path, board=board)
    board.is_wrong_next = True
    board.fault = BoardFault.WRONG_COIL
    bench.lane.grant("g")
    bench.outputs.until((2, True))
    bench.ear.reports.until(("alarm", "pulse_unconfirmed", "raised"))
    board.fault = BoardFault.NONE
    heard = bench.ear.reports.until(("alarm", "output_stuck", "raised"))
    bench.outputs.until((2, False))
    sent = bench.sent()
    bench.close()

    since = sent[sent.index(OPEN_PULSE) :]
    until_off = since[: since.index(encode_set(1, 2, is_on=False))]
    assert until_off.count(encode_read_inputs(1)) <= 8, "two looks in a row"
    assert ("voided", "g", "locked") in heard
    assert bench.sent().count(OPEN_PULSE) == 1


@pytest.mark.parametrize(
    "fault",
    [
        BoardFault.WRONG_VALUE,
        BoardFault.WRONG_FUNCTION,
        BoardFault.WRONG_UNIT,
        BoardFault.BAD_CRC,
        BoardFault.EXCEPTION,
    ],
)
def test_three_wrong_replies_to_polls_blind_the_lane(bench: FaultBench, fault: BoardFault) -> None:
    bench.board.fault = fault
    heard = bench.ear.reports.until(Phase.BLIND)
    bench.board.fault = BoardFault.NONE
    healed = bench.ear.reports.until(Phase.PRESENT)

    assert heard.count(("alarm", "io_lost", "raised")) == 1
    assert Phase.BOOT in healed
    assert OPEN_PULSE not in bench.sent()


def test_a_board_that_confirms_orders_alone_wrongly_blinds_the_lane_as_well(
    bench: FaultBench,
) -> None:
    bench.states.rest()
    bench.board.fault = BoardFault.WRONG_COIL  # its inputs are read as ever
    for _ in range(3):
        bench.link.pulse(1, 500, priority=Priority.OPEN, deadline_s=soon()).exception(LIMIT_S)
    heard = bench.ear.reports.until(Phase.BLIND)
    lost = bench.states.next()
    bench.board.fault = BoardFault.NONE

    assert heard.count(("alarm", "io_lost", "raised")) == 1
    assert lost is PortState.LOST
    assert Phase.BOOT in bench.ear.reports.until(Phase.PRESENT)
