"""The USB boards of software, byte by byte: LCUS, KMTronic and Numato."""

from __future__ import annotations

import pytest

from hardware.sim.kmtronic_board import KmtronicBoard
from hardware.sim.lcus_board import LcusBoard, LcusReply
from hardware.sim.numato_board import NumatoBoard
from hardware.sim.relay_board import BoardFault

LCUS_ON = bytes.fromhex("A0 01 01 A2")
LCUS_OFF = bytes.fromhex("A0 01 00 A1")
LCUS_ASK = b"\xff"
KM_ON = bytes.fromhex("FF 01 01")
KM_OFF = bytes.fromhex("FF 01 00")
KM_ASK_ONE = bytes.fromhex("FF 01 03")
KM_ASK_ALL = bytes.fromhex("FF 09 00")


# -- LCUS


def test_an_lcus_board_obeys_and_says_nothing() -> None:
    board = LcusBoard()

    assert board.received(LCUS_ON, 1.0) == []
    assert board.outputs == (True, False, False, False)

    assert board.received(LCUS_OFF, 2.0) == []
    assert not any(board.outputs)


@pytest.mark.parametrize(
    ("flavour", "answer"),
    [
        (LcusReply.TEXT, [b"CH1: ON\r\nCH2: OFF\r\n"]),
        (LcusReply.RAW, [b"\x01\x00"]),
        (LcusReply.NONE, []),
    ],
)
def test_the_flavours_differ_in_what_they_say_to_the_query(
    flavour: LcusReply, answer: list[bytes]
) -> None:
    board = LcusBoard(outputs=2, reply=flavour)
    board.received(LCUS_ON, 0.0)

    assert board.received(LCUS_ASK, 1.0) == answer


def test_an_order_that_comes_too_soon_is_lost() -> None:
    board = LcusBoard()
    board.received(LCUS_ON, 1.0)

    board.received(LCUS_OFF, 1.049)
    assert board.outputs[0]
    assert board.received(LCUS_ASK, 1.049) == []

    board.received(LCUS_OFF, 1.051)  # what was lost does not count
    assert not board.outputs[0]


def test_of_two_orders_in_one_breath_only_the_first_is_taken() -> None:
    board = LcusBoard()

    board.received(LCUS_ON + LCUS_OFF, 0.0)

    assert board.outputs[0]


def test_a_board_may_need_no_gap() -> None:
    board = LcusBoard(gap_s=0.0)

    board.received(LCUS_ON + LCUS_OFF, 0.0)

    assert not board.outputs[0]


@pytest.mark.parametrize(
    "order",
    ["A0 01 01 A3", "A0 03 01 A4", "A0 00 00 A0", "A0 01 02 A3", "A1 01 01 A3"],
)
def test_an_lcus_board_takes_no_order_that_is_damaged_or_beyond_it(order: str) -> None:
    board = LcusBoard(outputs=2)
    board.received(bytes.fromhex("A0 02 01 A3"), 0.0)

    for second, relay_1 in enumerate((LCUS_ON, LCUS_OFF), start=1):
        board.received(relay_1, second)
        before = board.outputs

        assert board.received(bytes.fromhex(order), second + 0.5) == []

        assert board.outputs == before


def test_an_lcus_order_is_found_after_noise_and_in_pieces() -> None:
    board = LcusBoard()

    board.received(b"\x00\xa0" + LCUS_ON[:2], 0.0)
    board.received(LCUS_ON[2:], 0.01)

    assert board.outputs[0]


def test_an_lcus_order_that_broke_off_long_ago_is_forgotten() -> None:
    board = LcusBoard()
    board.received(LCUS_ON[:2], 0.0)

    board.received(LCUS_ON[2:], 1.0)

    assert not any(board.outputs)


@pytest.mark.parametrize(
    ("flavour", "answer"),
    [(LcusReply.TEXT, b"CH1: ??\r\n"), (LcusReply.RAW, b"\x55")],
)
def test_an_lcus_board_may_answer_with_what_is_no_state(flavour: LcusReply, answer: bytes) -> None:
    board = LcusBoard(outputs=1, reply=flavour)
    board.fault = BoardFault.WRONG_VALUE

    assert board.received(LCUS_ASK, 0.0) == [answer]


def test_an_lcus_board_may_be_one_answer_behind() -> None:
    board = LcusBoard(outputs=1, reply=LcusReply.RAW, gap_s=0.0)
    board.fault = BoardFault.STALE_REPLY

    assert board.received(LCUS_ASK, 0.0) == []
    assert board.received(LCUS_ON + LCUS_ASK, 0.1) == [b"\x00"]


# -- KMTronic


@pytest.mark.parametrize("outputs", [1, 2, 4, 8])
def test_a_kmtronic_board_obeys_and_says_nothing(outputs: int) -> None:
    board = KmtronicBoard(outputs=outputs)

    assert board.received(KM_ON, 0.0) == []
    assert board.outputs == (True, *[False] * (outputs - 1))

    assert board.received(KM_OFF, 0.1) == []
    assert not any(board.outputs)


def test_a_small_kmtronic_board_is_asked_relay_by_relay() -> None:
    board = KmtronicBoard(outputs=2)
    board.received(bytes.fromhex("FF 02 01"), 0.0)

    assert board.received(KM_ASK_ONE, 0.1) == [bytes.fromhex("FF 01 00")]
    assert board.received(bytes.fromhex("FF 02 03"), 0.2) == [bytes.fromhex("FF 02 01")]
    assert board.received(KM_ASK_ALL, 0.3) == []


@pytest.mark.parametrize("outputs", [4, 8])
def test_a_large_kmtronic_board_is_asked_for_all_at_once(outputs: int) -> None:
    board = KmtronicBoard(outputs=outputs)
    board.received(bytes.fromhex("FF 03 01"), 0.0)

    assert board.received(KM_ASK_ALL, 0.1) == [bytes((0, 0, 1, *[0] * (outputs - 3)))]
    assert board.received(KM_ASK_ONE, 0.2) == []


def test_a_kmtronic_board_has_no_other_size() -> None:
    with pytest.raises(ValueError, match="1, 2, 4 or 8"):
        KmtronicBoard(outputs=3)


@pytest.mark.parametrize("order", ["FF 09 01", "FF 00 01", "FF 01 02", "FE 01 01"])
def test_a_kmtronic_board_takes_no_order_beyond_it(order: str) -> None:
    board = KmtronicBoard()

    for second, relay_1 in enumerate((KM_ON, KM_OFF)):
        board.received(relay_1, second)
        before = board.outputs

        assert board.received(bytes.fromhex(order), second + 0.5) == []

        assert board.outputs == before


def test_a_kmtronic_order_is_found_after_noise_and_in_pieces() -> None:
    board = KmtronicBoard()

    board.received(b"\x00\xff" + KM_ON[:1], 0.0)
    board.received(KM_ON[1:], 0.01)

    assert board.outputs[0]


@pytest.mark.parametrize(
    ("fault", "answer"),
    [(BoardFault.WRONG_COIL, "FF 02 00"), (BoardFault.WRONG_VALUE, "FF 01 55")],
)
def test_a_small_kmtronic_board_may_answer_wrongly(fault: BoardFault, answer: str) -> None:
    board = KmtronicBoard(outputs=2)
    board.fault = fault

    assert board.received(KM_ASK_ONE, 0.0) == [bytes.fromhex(answer)]


def test_a_large_kmtronic_board_may_answer_with_what_is_no_state() -> None:
    board = KmtronicBoard(outputs=4)
    board.fault = BoardFault.WRONG_VALUE

    assert board.received(KM_ASK_ALL, 0.0) == [b"\x55" * 4]


def test_a_kmtronic_board_may_be_one_answer_behind() -> None:
    board = KmtronicBoard(outputs=2)
    board.received(KM_ASK_ONE, 0.0)
    board.fault = BoardFault.STALE_REPLY

    assert board.received(bytes.fromhex("FF 02 03"), 0.1) == [bytes.fromhex("FF 01 00")]


# -- Numato


def test_a_numato_board_echoes_each_character_as_it_comes() -> None:
    board = NumatoBoard()

    echo = [board.received(bytes((byte,)), 0.0) for byte in b"relay on 0\r"]

    assert echo == [*([bytes((byte,))] for byte in b"relay on 0"), [b"\n\r>"]]
    assert board.outputs[0]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (b"\r", b"\n\r>"),
        (b"relay off 0\r", b"relay off 0\n\r>"),
        (b"relay read 0\r", b"relay read 0\n\roff\n\r>"),
        (b"relay read 7\r", b"relay read 7\n\ron\n\r>"),
        (b"relay readall\r", b"relay readall\n\r80\n\r>"),
        (b"relay writeall 01\r", b"relay writeall 01\n\r>"),
        (b"gpio read 0\r", b"gpio read 0\n\r0\n\r>"),
        (b"gpio read 3\r", b"gpio read 3\n\r1\n\r>"),
        (b"nonsense\r", b"nonsense\n\r>"),
    ],
)
def test_a_numato_board_answers_line_by_line(line: bytes, answer: bytes) -> None:
    board = NumatoBoard()
    board.received(b"relay on 7\r", 0.0)
    board.set_input(4, True)

    assert b"".join(board.received(line, 0.1)) == answer


def test_all_relays_of_a_numato_board_are_written_at_once() -> None:
    board = NumatoBoard(outputs=16)

    board.received(b"relay writeall 8001\r", 0.0)

    assert [index for index, is_on in enumerate(board.outputs) if is_on] == [0, 15]
    assert b"".join(board.received(b"relay readall\r", 0.1)).endswith(b"\n\r8001\n\r>")


@pytest.mark.parametrize(
    ("outputs", "name", "index"),
    [(8, b"7", 7), (16, b"A", 10), (16, b"F", 15), (32, b"00", 0), (64, b"63", 63)],
)
def test_a_numato_relay_is_named_as_the_size_of_its_board_wants(
    outputs: int, name: bytes, index: int
) -> None:
    board = NumatoBoard(outputs=outputs)

    board.received(b"relay on " + name + b"\r", 0.0)

    assert [each for each, is_on in enumerate(board.outputs) if is_on] == [index]


@pytest.mark.parametrize(
    ("outputs", "line"),
    [
        (8, b"relay on 8\r"),
        (8, b"relay on 00\r"),
        (8, b"relay on 01\r"),
        (16, b"relay on a\r"),
        (32, b"relay on 1\r"),
        (32, b"relay on 1x\r"),
        (32, b"relay on 32\r"),
        (8, b"relay writeall 1\r"),
        (8, b"relay writeall -1\r"),
        (8, b"relay writeall 001\r"),
    ],
)
def test_a_numato_board_does_nothing_with_a_name_it_does_not_know(
    outputs: int, line: bytes
) -> None:
    board = NumatoBoard(outputs=outputs)

    assert b"".join(board.received(line, 0.0)) == line[:-1] + b"\n\r>"

    assert not any(board.outputs)


def test_a_small_numato_board_tells_all_its_relays_in_two_digits() -> None:
    board = NumatoBoard(outputs=4)
    board.received(b"relay on 1\r", 0.0)

    assert b"".join(board.received(b"relay readall\r", 0.1)).endswith(b"\n\r02\n\r>")


def test_a_new_line_between_commands_does_no_harm() -> None:
    board = NumatoBoard()

    board.received(b"relay on 0\r\nrelay on 1\r\n", 0.0)

    assert board.outputs[:2] == (True, True)


def test_half_a_line_waits_for_its_end_however_long() -> None:
    board = NumatoBoard()
    board.received(b"relay ", 0.0)

    board.received(b"on 0\r", 60.0)

    assert board.outputs[0]


def test_a_numato_board_without_power_forgets_half_a_line() -> None:
    board = NumatoBoard()
    board.received(b"relay ", 0.0)
    board.power_off()

    board.received(b"on 0\r", 1.0)

    assert not any(board.outputs)


def test_a_line_without_end_fills_no_memory() -> None:
    board = NumatoBoard()

    for _ in range(100):
        board.received(b"x" * 1000, 0.0)

    assert len(board._typed) == 64


@pytest.mark.parametrize(
    ("fault", "line", "answer"),
    [
        (BoardFault.WRONG_COIL, b"relay on 0\r", b"relay on 1\n\r>"),
        (BoardFault.WRONG_VALUE, b"relay on 0\r", b"relay off 0\n\r>"),
        (BoardFault.WRONG_VALUE, b"relay read 0\r", b"relay read 0\n\r?\n\r>"),
        (BoardFault.WRONG_VALUE, b"gpio read 0\r", b"gpio read 0\n\r?\n\r>"),
    ],
)
def test_a_numato_board_may_answer_wrongly(fault: BoardFault, line: bytes, answer: bytes) -> None:
    board = NumatoBoard()
    board.fault = fault

    early = board.received(line[:4], 0.0)

    assert early == []  # a spoilt echo comes with the end of the line
    assert b"".join(board.received(line[4:], 0.0)) == answer


def test_a_numato_board_may_be_one_answer_behind() -> None:
    board = NumatoBoard()
    board.received(b"relay read 0\r", 0.0)
    board.fault = BoardFault.STALE_REPLY

    assert board.received(b"relay on 0\r", 0.1) == [b"relay read 0\n\roff\n\r>"]
    assert board.outputs[0]
