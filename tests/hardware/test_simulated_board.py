"""The board of software against golden bytes of its own: it is the judge of the driver."""

from __future__ import annotations

import pytest

from hardware.sim.waveshare_board import WaveshareBoard

ON = bytes.fromhex("01 05 00 00 FF 00 8C 3A")
OFF = bytes.fromhex("01 05 00 00 00 00 CD CA")
FLASH_700_MS = bytes.fromhex("01 05 02 00 00 07 8D B0")
READ_OUTPUTS = bytes.fromhex("01 01 00 00 00 08 3D CC")
READ_INPUTS = bytes.fromhex("01 02 00 00 00 08 79 CC")
READ_LINKAGE = bytes.fromhex("01 03 10 00 00 08 40 CC")
UNLINK = bytes.fromhex("01 10 10 00 00 08 10" + "00" * 16 + "0B 5C")


@pytest.fixture
def board() -> WaveshareBoard:
    return WaveshareBoard()


def test_a_relay_goes_on_and_off_with_an_exact_echo(board: WaveshareBoard) -> None:
    assert board.received(ON, 0.0) == [ON]
    assert board.outputs[0]

    assert board.received(OFF, 0.1) == [OFF]

    assert not any(board.outputs)


def test_a_flash_ends_by_the_boards_own_clock(board: WaveshareBoard) -> None:
    board.received(FLASH_700_MS, 10.0)
    assert board.next_change_s() == pytest.approx(10.7)
    board.advance(10.69)
    assert board.outputs[0]

    board.advance(10.7)

    assert not board.outputs[0]
    assert board.next_change_s() is None


def test_a_second_flash_starts_the_time_anew(board: WaveshareBoard) -> None:
    board.received(FLASH_700_MS, 10.0)

    board.received(FLASH_700_MS, 10.5)

    assert board.next_change_s() == pytest.approx(11.2)


def test_off_ends_a_flash(board: WaveshareBoard) -> None:
    board.received(FLASH_700_MS, 10.0)

    board.received(OFF, 10.1)

    assert not board.outputs[0]
    assert board.next_change_s() is None


def test_relays_and_inputs_are_read_as_bits(board: WaveshareBoard) -> None:
    board.received(ON, 0.0)
    board.set_input(8, True)

    assert board.received(READ_OUTPUTS, 0.1)[0][:4] == bytes.fromhex("01 01 01 01")
    assert board.received(READ_INPUTS, 0.2)[0][:4] == bytes.fromhex("01 02 01 80")


def test_a_board_from_the_factory_lets_an_input_switch_a_relay_until_it_is_unlinked() -> None:
    board = WaveshareBoard(is_linked=True)
    board.set_input(1, True)
    assert board.outputs[0]
    assert any(board.received(READ_LINKAGE, 0.0)[0][3:-2])

    assert board.received(UNLINK, 0.1)[0][:6] == UNLINK[:6]

    board.set_input(2, True)
    assert not board.outputs[1]
    assert not any(board.received(READ_LINKAGE, 0.2)[0][3:-2])


def test_a_request_in_pieces_is_understood(board: WaveshareBoard) -> None:
    assert board.received(ON[:3], 0.0) == []

    assert board.received(ON[3:], 0.01) == [ON]


def test_a_request_that_broke_off_long_ago_is_forgotten(board: WaveshareBoard) -> None:
    board.received(ON[:3], 0.0)

    assert board.received(OFF, 1.0) == [OFF]


def test_noise_before_a_request_is_passed_over(board: WaveshareBoard) -> None:
    assert board.received(b"\x00\x13" + ON, 0.0) == [ON]


@pytest.mark.parametrize(
    "request_",
    [
        bytes.fromhex("02 05 00 00 FF 00 8C 09"),  # another unit
        ON[:-1] + b"\x00",
    ],
)
def test_what_is_not_for_the_board_is_not_obeyed(board: WaveshareBoard, request_: bytes) -> None:
    assert board.received(request_, 0.0) == []
    assert not any(board.outputs)


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        ("01 07 00 00 00 00 B4 0A", "01 87 01"),  # a function it does not have
        ("01 05 00 08 FF 00 0D F8", "01 85 02"),  # a ninth relay
        ("01 05 00 00 12 34 C0 BD", "01 85 03"),  # neither on nor off
    ],
)
def test_what_it_cannot_do_is_refused(board: WaveshareBoard, request_: str, answer: str) -> None:
    replies = board.received(bytes.fromhex(request_), 0.0)

    assert [reply[:3] for reply in replies] == [bytes.fromhex(answer)]


def test_each_change_of_a_relay_is_reported_once() -> None:
    changes: list[tuple[int, bool]] = []
    board = WaveshareBoard(on_output=lambda channel, is_on: changes.append((channel, is_on)))

    board.received(ON + ON + OFF, 0.0)

    assert changes == [(1, True), (1, False)]


def test_without_power_every_relay_drops(board: WaveshareBoard) -> None:
    board.received(FLASH_700_MS, 0.0)

    board.power_off()

    assert not any(board.outputs)
    assert board.next_change_s() is None
