"""What every board of software shares, and the words with which a person lets it fail."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from hardware.sim.coil_board import CoilBoard
from hardware.sim.faults import apply_fault, fault_names
from hardware.sim.kmtronic_board import KmtronicBoard
from hardware.sim.lcus_board import LcusBoard, LcusReply
from hardware.sim.numato_board import NumatoBoard
from hardware.sim.relay_board import BoardFault, SimBoard
from hardware.sim.waveshare_board import WaveshareBoard

COIL_ON = bytes.fromhex("01 05 00 00 FF 00 8C 3A")
COIL_OFF = bytes.fromhex("01 05 00 00 00 00 CD CA")

# Each family: how it is made, relay 1 on, relay 1 off, and whether it answers an order.
FAMILIES: dict[str, tuple[Callable[..., SimBoard], bytes, bytes, bool]] = {
    "waveshare": (WaveshareBoard, COIL_ON, COIL_OFF, True),
    "coils": (CoilBoard, COIL_ON, COIL_OFF, True),
    "lcus": (LcusBoard, bytes.fromhex("A0 01 01 A2"), bytes.fromhex("A0 01 00 A1"), False),
    "kmtronic": (KmtronicBoard, bytes.fromhex("FF 01 01"), bytes.fromhex("FF 01 00"), False),
    "numato": (NumatoBoard, b"relay on 0\r", b"relay off 0\r", True),
}
EVERY = pytest.mark.parametrize("family", FAMILIES)


@EVERY
def test_each_change_of_a_relay_is_reported_once(family: str) -> None:
    make, on, off, _ = FAMILIES[family]
    changes: list[tuple[int, bool]] = []
    board = make(on_output=lambda channel, is_on: changes.append((channel, is_on)))

    for second, order in enumerate((on, on, off, off)):
        board.received(order, float(second))

    assert changes == [(1, True), (1, False)]


@EVERY
def test_a_deaf_board_neither_acts_nor_answers(family: str) -> None:
    make, on, _, _ = FAMILIES[family]
    board = make()
    apply_fault(board, "deaf")

    assert board.received(on, 0.0) == []

    assert not any(board.outputs)


@EVERY
def test_a_mute_board_acts_and_says_nothing(family: str) -> None:
    make, on, _, _ = FAMILIES[family]
    board = make()
    apply_fault(board, "mute")

    assert board.received(on, 0.0) == []

    assert board.outputs[0]


@EVERY
def test_a_stuck_relay_stays_as_it_is_until_it_is_freed(family: str) -> None:
    make, on, off, _ = FAMILIES[family]
    changes: list[tuple[int, bool]] = []
    board = make(on_output=lambda channel, is_on: changes.append((channel, is_on)))
    board.received(on, 0.0)
    apply_fault(board, "stuck_relay 1")

    board.received(off, 1.0)
    board.power_off()
    assert board.outputs[0]

    apply_fault(board, "none")
    assert changes == [(1, True), (1, False)]


@EVERY
def test_a_rebooting_board_drops_its_relays_and_hears_nothing_for_a_while(family: str) -> None:
    make, on, _, answers = FAMILIES[family]
    board = make()
    board.received(on, 0.0)

    apply_fault(board, "reboot 2", now_s=1.0)
    assert not any(board.outputs)

    assert board.received(on, 2.9) == []
    assert not any(board.outputs)
    assert bool(board.received(on, 3.0)) is answers
    assert board.outputs[0]


def test_half_a_request_does_not_outlive_a_reboot() -> None:
    board = CoilBoard()
    board.received(COIL_ON[:4], 0.0)
    board.reboot(0.0, now_s=0.1)

    board.received(COIL_ON[4:], 0.1)

    assert not any(board.outputs)


def test_a_reboot_counts_from_now_unless_told_otherwise() -> None:
    board = CoilBoard()

    apply_fault(board, "reboot 3600")

    assert board.received(COIL_ON, time.monotonic()) == []


@EVERY
def test_without_power_every_relay_drops(family: str) -> None:
    make, on, _, _ = FAMILIES[family]
    board = make()
    board.received(on, 0.0)

    board.power_off()

    assert not any(board.outputs)


def test_a_stuck_relay_shows_when_it_is_read_back() -> None:
    board = CoilBoard()
    board.received(COIL_ON, 0.0)
    board.stick(1)

    assert board.received(COIL_OFF, 0.1) == [COIL_OFF]

    reply = board.received(bytes.fromhex("01 01 00 00 00 08 3D CC"), 0.2)[0]
    assert reply[:4] == bytes.fromhex("01 01 01 01")


def test_a_relay_can_stick_open_too() -> None:
    board = CoilBoard()
    board.stick(1)

    board.received(COIL_ON, 0.0)

    assert not any(board.outputs)


def test_an_exception_takes_its_number() -> None:
    board = CoilBoard()
    apply_fault(board, "exception 2")

    assert [reply[:3] for reply in board.received(COIL_ON, 0.0)] == [b"\x01\x85\x02"]


EVERYWHERE = {"none", "deaf", "stuck_relay", "reboot"}
ASKED = EVERYWHERE | {"mute", "wrong_value", "stale_reply"}
MODBUS = ASKED | {"wrong_coil", "wrong_unit", "wrong_function", "bad_crc", "exception"}


@pytest.mark.parametrize(
    ("board", "names"),
    [
        (WaveshareBoard(), MODBUS),
        (CoilBoard(), MODBUS),
        (LcusBoard(reply=LcusReply.TEXT), ASKED),
        (LcusBoard(reply=LcusReply.RAW), ASKED),
        (LcusBoard(reply=LcusReply.NONE), EVERYWHERE),
        (KmtronicBoard(outputs=2), ASKED | {"wrong_coil"}),
        (KmtronicBoard(outputs=8), ASKED),
        (NumatoBoard(), ASKED | {"wrong_coil"}),
    ],
)
def test_each_board_has_the_faults_of_its_kind_and_takes_no_other(
    board: SimBoard, names: set[str]
) -> None:
    assert set(fault_names(board)) == names

    for name in sorted(MODBUS - names):
        with pytest.raises(ValueError, match=name):
            apply_fault(board, name)
    for fault in BoardFault:
        if fault.value not in names:
            with pytest.raises(ValueError, match=f"cannot do {fault.value}"):
                board.fault = fault


@pytest.mark.parametrize(
    "text",
    [
        "",
        "late",
        "deaf 1",
        "stuck_relay",
        "stuck_relay 0",
        "stuck_relay 9",
        "stuck_relay 1 2",
        "stuck_relay one",
        "exception 0",
        "exception 256",
        "reboot soon",
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(text: str) -> None:
    board = CoilBoard()
    board.received(COIL_ON, 0.0)

    with pytest.raises(ValueError):
        apply_fault(board, text)

    assert board.fault is BoardFault.NONE
    assert board.received(COIL_OFF, 0.1) == [COIL_OFF]
    assert not any(board.outputs)
