"""The Modbus boards of software against the examples of the standard, and what they do wrong."""

from __future__ import annotations

import pytest

from hardware.sim.coil_board import CoilBoard
from hardware.sim.relay_board import BoardFault
from hardware.sim.rtu_board import RtuBoard, checksum
from hardware.sim.waveshare_board import WaveshareBoard

ON = bytes.fromhex("01 05 00 00 FF 00 8C 3A")
OFF = bytes.fromhex("01 05 00 00 00 00 CD CA")
READ_OUTPUTS = bytes.fromhex("01 01 00 00 00 08 3D CC")
READ_INPUTS = bytes.fromhex("01 02 00 00 00 08 79 CC")


@pytest.fixture(params=[CoilBoard, WaveshareBoard])
def board(request: pytest.FixtureRequest) -> RtuBoard:
    """Each Modbus board with 8 relays and 8 inputs at unit 1."""
    made = request.param()
    assert isinstance(made, RtuBoard)
    return made


def framed(text: str) -> bytes:
    """A frame with its checksum; only where no published example exists."""
    content = bytes.fromhex(text)
    return content + checksum(content)


def switched(board: RtuBoard) -> list[int]:
    """The channels that are on."""
    return [channel for channel, is_on in enumerate(board.outputs, start=1) if is_on]


def test_many_relays_are_written_at_once_as_in_the_standard() -> None:
    board = CoilBoard(outputs=32, unit=0x11)

    replies = board.received(bytes.fromhex("11 0F 00 13 00 0A 02 CD 01 BF 0B"), 0.0)

    assert replies == [bytes.fromhex("11 0F 00 13 00 0A 26 99")]
    assert switched(board) == [20, 22, 23, 26, 27, 28]


def test_many_relays_are_read_as_in_the_standard() -> None:
    board = CoilBoard(outputs=64, unit=0x11)
    board.received(framed("11 0F 00 13 00 25 05 CD 6B B2 0E 1B"), 0.0)

    replies = board.received(bytes.fromhex("11 01 00 13 00 25 0E 84"), 0.1)

    assert replies == [bytes.fromhex("11 01 05 CD 6B B2 0E 1B 45 E6")]


def test_inputs_are_read_as_in_the_standard() -> None:
    board = CoilBoard(inputs=256, unit=0x11)
    bits = int.from_bytes(bytes.fromhex("AC DB 35"), "little")
    for index in range(22):
        board.set_input(0xC4 + 1 + index, bool(bits >> index & 1))

    replies = board.received(bytes.fromhex("11 02 00 C4 00 16 BA A9"), 0.0)

    assert replies == [bytes.fromhex("11 02 03 AC DB 35 20 18")]


def test_a_relay_goes_on_and_off_with_the_golden_echo(board: RtuBoard) -> None:
    assert board.received(ON, 0.0) == [ON]
    assert switched(board) == [1]

    assert board.received(OFF, 0.1) == [OFF]

    assert switched(board) == []


def test_a_refusal_is_that_of_the_standard() -> None:
    board = CoilBoard(unit=0x0A)

    replies = board.received(bytes.fromhex("0A 01 04 A1 00 01 AC 63"), 0.0)

    assert replies == [bytes.fromhex("0A 81 02 B0 53")]


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        ("01 0F 00 00 00 00 00", "01 8F 03"),  # no relay at all
        ("01 0F 00 00 00 08 02 FF FF", "01 8F 03"),  # too much content
        ("01 0F 00 01 00 08 01 FF", "01 8F 02"),  # up to a ninth relay
        ("01 01 00 00 00 00", "01 81 03"),  # no bit at all
        ("01 01 00 00 07 D1", "01 81 03"),  # more bits than one answer carries
        ("01 02 00 01 00 08", "01 82 02"),  # up to a ninth input
        ("01 05 02 00 00 07", "01 85 02"),  # the flash of another maker
        ("01 03 10 00 00 08", "01 83 01"),  # registers
    ],
)
def test_what_plain_coils_cannot_do_is_refused(request_: str, answer: str) -> None:
    board = CoilBoard()

    replies = board.received(framed(request_), 0.0)

    assert replies == [framed(answer)]
    assert switched(board) == []


def test_noise_that_looks_like_the_start_of_a_long_request_blocks_nothing(
    board: RtuBoard,
) -> None:
    assert board.received(bytes.fromhex("01 10 FF 01 0F") + ON, 0.0) == [ON]


def test_a_long_request_in_pieces_is_understood() -> None:
    board = CoilBoard()
    request = framed("01 0F 00 00 00 08 01 05")

    assert board.received(request[:4], 0.0) == []
    assert board.received(request[4:9], 0.01) == []

    assert board.received(request[9:], 0.02) == [framed("01 0F 00 00 00 08")]


# -- what goes wrong


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        (BoardFault.WRONG_COIL, framed("01 05 00 01 FF 00")),
        (BoardFault.WRONG_VALUE, OFF),
        (BoardFault.WRONG_UNIT, framed("03 05 00 00 FF 00")),
        (BoardFault.WRONG_FUNCTION, framed("01 02 00 00 FF 00")),
        (BoardFault.BAD_CRC, bytes.fromhex("01 05 00 00 FF 00 73 3A")),
    ],
)
def test_a_wrong_answer_to_an_order_that_was_carried_out(
    board: RtuBoard, fault: BoardFault, answer: bytes
) -> None:
    board.fault = fault

    replies = board.received(ON, 0.0)

    assert replies == [answer]
    assert switched(board) == [1]


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        (BoardFault.WRONG_COIL, framed("01 02 01 80")),  # a read names no relay
        (BoardFault.WRONG_VALUE, framed("01 02 02 80 00")),
        (BoardFault.WRONG_UNIT, framed("03 02 01 80")),
        (BoardFault.WRONG_FUNCTION, framed("01 05 01 80")),
    ],
)
def test_a_wrong_answer_to_a_read(board: RtuBoard, fault: BoardFault, answer: bytes) -> None:
    board.set_input(8, True)
    board.fault = fault

    assert board.received(READ_INPUTS, 0.0) == [answer]


@pytest.mark.parametrize("fault", [BoardFault.WRONG_COIL, BoardFault.WRONG_VALUE])
def test_a_refusal_has_no_coil_and_no_value_to_be_wrong(
    board: RtuBoard, fault: BoardFault
) -> None:
    board.fault = fault

    assert board.received(framed("01 05 00 08 FF 00"), 0.0) == [framed("01 85 02")]


def test_an_exception_is_answered_and_nothing_is_done(board: RtuBoard) -> None:
    board.fault, board.exception_number = BoardFault.EXCEPTION, 6

    assert board.received(ON, 0.0) == [framed("01 85 06")]

    assert switched(board) == []


def test_a_board_that_is_one_behind_answers_the_request_before(board: RtuBoard) -> None:
    board.received(READ_OUTPUTS, 0.0)
    board.fault = BoardFault.STALE_REPLY

    assert board.received(ON, 0.1) == [framed("01 01 01 00")]
    assert board.received(OFF, 0.2) == [ON]


def test_a_board_that_is_one_behind_from_the_start_has_nothing_to_say(board: RtuBoard) -> None:
    board.fault = BoardFault.STALE_REPLY

    assert board.received(ON, 0.0) == []

    assert switched(board) == [1]


def test_a_flash_of_the_whole_board_is_refused() -> None:
    board = WaveshareBoard()

    assert board.received(framed("01 05 02 FF 00 07"), 0.0) == [framed("01 85 02")]


def test_a_reboot_keeps_the_linkage_and_drops_the_relays() -> None:
    board = WaveshareBoard(is_linked=True)
    board.received(ON, 0.0)

    board.reboot(2.0, now_s=1.0)

    assert switched(board) == []
    assert board.received(ON, 2.9) == []
    assert board.received(framed("01 03 10 00 00 01"), 3.0) == [framed("01 03 02 00 01")]
